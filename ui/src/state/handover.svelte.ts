import * as ipc from '../ipc';
import { drafts } from './drafts.svelte';
import { nav, type Screen } from './navigation.svelte';
import { act } from './report';
import { session } from './session.svelte';

/** What is being filled in there would be lost. */
const BUSY: readonly Screen['name'][] = ['pick', 'confirm', 'byHand', 'edit', 'setWay', 'cost', 'newWords'];

/** Whether something that another app hands over has to wait for what is on the screen. */
export const mustWait = (stack: readonly Screen[]) => stack.some(({ name }) => BUSY.includes(name));

/** Takes it as if it had been scanned: it is shown, and saved only if the person says so. */
export function takeHandedOver(): Promise<void> {
  return act(async () => {
    const answer = await ipc.takeHandedOver().finally(() => void session.refresh());
    if (!answer) return;
    const [refused] = answer.refused;
    if (answer.drafts.length === 0 && refused) throw ipc.toCommandError(refused);
    nav.home();
    drafts.take(answer);
  });
}
