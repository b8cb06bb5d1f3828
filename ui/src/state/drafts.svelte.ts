import * as ipc from '../ipc';
import { nav, type Screen } from './navigation.svelte';

/** Joins both lists without duplicates, by the name of an item. */
function joined<Item>(some: readonly Item[], more: readonly Item[], name: (item: Item) => string): Item[] {
  const named = new Map<string, Item>();
  for (const item of [...some, ...more]) if (!named.has(name(item))) named.set(name(item), item);
  return [...named.values()];
}

/** Without the progress of a multi-part text, of which only the latest is shown. */
export const withoutParts = (errors: readonly ipc.WireError[]) => errors.filter(({ code }) => code !== 'partsMissing');

/** Entries that were read and not saved yet. Metadata only: the secrets stay in the core. */
class Drafts {
  list = $state.raw<readonly ipc.Draft[]>([]);
  errors = $state.raw<readonly ipc.WireError[]>([]);
  /** The transfers of several codes that are in progress. */
  batches = $state.raw<readonly ipc.Batch[]>([]);

  find = (draftId: string) => this.list.find((draft) => draft.draftId === draftId) ?? null;

  /** Codes of a transfer are still missing. */
  get incomplete(): boolean {
    return this.batches.some(({ missing }) => missing.length > 0);
  }

  /** How many codes of all transfers were read. */
  get codesRead(): number {
    return this.batches.reduce((sum, { read }) => sum + read, 0);
  }

  /** Adds the result of an import and shows the next screen. An empty result changes nothing. */
  take(answer: ipc.ScanResult): void {
    if (answer.drafts.length === 0 && answer.errors.length === 0) return;
    this.gather(answer);
    this.show();
  }

  /** Replaces the drafts with a result. During a transfer it adds to them, so that nothing is lost. */
  gather(answer: ipc.ScanResult): void {
    if (this.batches.length === 0) this.discardAll(answer.drafts);
    this.list = joined(this.list, answer.drafts, ({ draftId }) => draftId);
    this.errors = joined(withoutParts(this.errors), answer.errors, (error) => JSON.stringify(error));
    if (answer.batches.length > 0) this.batches = answer.batches;
  }

  /** Shows the next screen for the drafts. */
  show(): void {
    const [first, ...others] = this.list;
    if (!first) return;
    const alone = others.length === 0 && this.errors.length === 0 && !this.incomplete;
    const next: Screen = alone ? { name: 'confirmEntry', draftId: first.draftId } : { name: 'reviewImport' };
    if (nav.top?.name === 'scanner') nav.replace(next);
    else nav.push(next);
  }

  /** Removes drafts that were saved or discarded. */
  remove(draftIds: readonly string[]): void {
    const gone = new Set(draftIds);
    this.list = this.list.filter(({ draftId }) => !gone.has(draftId));
    if (this.list.length === 0) this.clear();
  }

  async discard(draftId: string): Promise<void> {
    this.remove([draftId]);
    await ipc.discardDraft(draftId).catch(() => undefined);
  }

  /** Discards all drafts, except these. */
  discardAll(but: readonly ipc.Draft[] = []): void {
    const kept = new Set(but.map(({ draftId }) => draftId));
    for (const { draftId } of this.list) if (!kept.has(draftId)) void this.discard(draftId);
    this.clear();
  }

  clear(): void {
    this.list = [];
    this.errors = [];
    this.batches = [];
  }
}

export const drafts = new Drafts();
