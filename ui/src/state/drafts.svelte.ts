import * as ipc from '../ipc';
import { nav, type Screen } from './navigation.svelte';

/** What was read and is not saved yet: metadata only, the secrets stay in the core. */
class Drafts {
  list = $state.raw<readonly ipc.Draft[]>([]);
  refused = $state.raw<readonly ipc.WireError[]>([]);

  find = (draftId: string) => this.list.find((draft) => draft.draftId === draftId) ?? null;

  /** Takes what a source read and goes on to the screen that it needs. Empty answers change nothing. */
  take(answer: ipc.ScanAnswer): void {
    if (answer.drafts.length === 0 && answer.refused.length === 0) return;
    this.discardAll();
    this.list = answer.drafts;
    this.refused = answer.refused;
    const [first, ...others] = answer.drafts;
    if (!first) return;
    const alone = others.length === 0 && answer.refused.length === 0;
    const next: Screen = alone ? { name: 'confirm', draftId: first.draftId } : { name: 'pick' };
    if (nav.top?.name === 'scanner') nav.replace(next);
    else nav.push(next);
  }

  /** Saved, or left: no longer here. */
  settle(draftId: string): void {
    this.list = this.list.filter((draft) => draft.draftId !== draftId);
    if (this.list.length === 0) this.refused = [];
  }

  async discard(draftId: string): Promise<void> {
    this.settle(draftId);
    await ipc.discardDraft(draftId).catch(() => undefined);
  }

  /** Back at the list: what was not saved is not wanted. */
  discardAll(): void {
    for (const draft of this.list) void this.discard(draft.draftId);
    this.refused = [];
  }

  clear(): void {
    this.list = [];
    this.refused = [];
  }
}

export const drafts = new Drafts();
