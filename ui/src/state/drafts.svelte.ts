import * as ipc from '../ipc';
import { nav, type Screen } from './navigation.svelte';

/** Both lists; what has the same name comes once, where it came first. */
function together<Item>(some: readonly Item[], more: readonly Item[], name: (item: Item) => string): Item[] {
  const named = new Map<string, Item>();
  for (const item of [...some, ...more]) if (!named.has(name(item))) named.set(name(item), item);
  return [...named.values()];
}

/** What was read and is not saved yet: metadata only, the secrets stay in the core. */
/** How many parts of a text were read is said once: as it is now. */
export const withoutParts = (refused: readonly ipc.WireError[]) => refused.filter(({ code }) => code !== 'partOfCode');

class Drafts {
  list = $state.raw<readonly ipc.Draft[]>([]);
  refused = $state.raw<readonly ipc.WireError[]>([]);
  /** The series of transfer codes that some of them come from. */
  series = $state.raw<readonly ipc.Series[]>([]);

  find = (draftId: string) => this.list.find((draft) => draft.draftId === draftId) ?? null;

  /** Codes of a series in hand are missing. */
  get incomplete(): boolean {
    return this.series.some(({ missing }) => missing.length > 0);
  }

  /** How many codes of all series were read. */
  get codesRead(): number {
    return this.series.reduce((sum, { read }) => sum + read, 0);
  }

  /** Takes what a source read and goes on to the screen that it needs. Empty answers change nothing. */
  take(answer: ipc.ScanAnswer): void {
    if (answer.drafts.length === 0 && answer.refused.length === 0) return;
    this.gather(answer);
    this.show();
  }

  /** Takes what was read, in place of what was there; amid a series beside it, so that none of it is lost. */
  gather(answer: ipc.ScanAnswer): void {
    if (this.series.length === 0) this.discardAll(answer.drafts);
    this.list = together(this.list, answer.drafts, ({ draftId }) => draftId);
    this.refused = together(withoutParts(this.refused), answer.refused, (error) => JSON.stringify(error));
    if (answer.series.length > 0) this.series = answer.series;
  }

  /** The screen that they need. */
  show(): void {
    const [first, ...others] = this.list;
    if (!first) return;
    const alone = others.length === 0 && this.refused.length === 0 && !this.incomplete;
    const next: Screen = alone ? { name: 'confirmEntry', draftId: first.draftId } : { name: 'reviewImport' };
    if (nav.top?.name === 'scanner') nav.replace(next);
    else nav.push(next);
  }

  /** Saved, or left: no longer here. */
  settle(draftIds: readonly string[]): void {
    const gone = new Set(draftIds);
    this.list = this.list.filter(({ draftId }) => !gone.has(draftId));
    if (this.list.length === 0) this.clear();
  }

  async discard(draftId: string): Promise<void> {
    this.settle([draftId]);
    await ipc.discardDraft(draftId).catch(() => undefined);
  }

  /** Back at the list: what was not saved is not wanted. What is read again stays. */
  discardAll(but: readonly ipc.Draft[] = []): void {
    const kept = new Set(but.map(({ draftId }) => draftId));
    for (const { draftId } of this.list) if (!kept.has(draftId)) void this.discard(draftId);
    this.clear();
  }

  clear(): void {
    this.list = [];
    this.refused = [];
    this.series = [];
  }
}

export const drafts = new Drafts();
