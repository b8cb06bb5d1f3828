import { t } from '../i18n/index.svelte';
import { restoreEntry, trashEntry } from '../ipc';
import { entryName, shortened } from '../text/names';
import { entries } from './entries.svelte';
import { opened } from './opened.svelte';
import { runAction } from './run-action';
import { session } from './session.svelte';
import { toasts } from './toasts.svelte';

type Named = { id: string; issuer: string; account: string };

const nameOf = (entry: Named) => shortened(entryName(entry)) || t('row.unnamed');

/** To the trash, with ten seconds to take it back at a touch. */
export async function moveToTrash(entry: Named): Promise<void> {
  await trashEntry(entry.id);
  if (opened.id === entry.id) opened.close();
  await entries.refresh();
  toasts.say(t('toast.trashed', { name: nameOf(entry) }), {
    action: { label: t('common.undo'), run: () => void runAction(() => restore(entry)) },
  });
}

/** Out of the trash again. */
export async function restore(entry: Named): Promise<void> {
  await restoreEntry(entry.id);
  await entries.bring([entry.id]);
  toasts.say(t('toast.restored', { name: nameOf(entry) }));
}

/** Chooses the file to go on with; another one may hold other entries. */
export const goOnWith = (choose: () => Promise<unknown>) =>
  runAction(async () => {
    await choose();
    await session.refresh();
    await entries.refresh();
  });
