import { t } from '../i18n/index.svelte';
import { restoreEntry, trashEntry } from '../ipc';
import { entryName, shortened } from '../text/names';
import { entries } from './entries.svelte';
import { expandedRow } from './expanded-row.svelte';
import { runAction } from './run-action';
import { session } from './session.svelte';
import { toasts } from './toasts.svelte';

type Named = { id: string; issuer: string; account: string };

const nameOf = (entry: Named) => shortened(entryName(entry)) || t('row.unnamed');

/** Moves an entry to the trash and offers to undo that. */
export async function moveToTrash(entry: Named): Promise<void> {
  await trashEntry(entry.id);
  if (expandedRow.id === entry.id) expandedRow.close();
  await entries.refresh();
  toasts.say(t('toast.trashed', { name: nameOf(entry) }), {
    action: { label: t('common.undo'), run: () => void runAction(() => restore(entry)) },
  });
}

/** Restores an entry from the trash. */
export async function restore(entry: Named): Promise<void> {
  await restoreEntry(entry.id);
  await entries.bring([entry.id]);
  toasts.say(t('toast.restored', { name: nameOf(entry) }));
}

/** Switches to another file of the vault, which may hold other entries. */
export const switchVaultFile = (choose: () => Promise<unknown>) =>
  runAction(async () => {
    await choose();
    await session.refresh();
    await entries.refresh();
  });
