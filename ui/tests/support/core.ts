import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Biometric, Haptic, CoreEvent, Platform, WireError } from '../../src/ipc/wire';
import { BUILT } from './places';

/** A command as the page sends it: values, or bytes as base64. */
export type Call = { cmd: string; args?: unknown; raw?: string };
export type Answer = { ok: unknown } | { err: unknown };
/** How the device behaves from now on; omitted fields stay as they are. */
export type Behaviour = {
  absent?: boolean;
  biometric?: Biometric;
  /** How the biometric dialog ends. */
  dialog?: 'yes' | 'cancelled' | 'notRecognised' | 'changed';
  /** Loses all stored secrets. */
  forget?: boolean;
};
type Line = { id: number } & Answer;

const BRIDGE = process.env.TROUSSEAU_BRIDGE ?? join(BUILT, 'debug/examples/bridge');

/** The app's real core on a folder, in a process of its own. */
export class Core {
  /** Every command that the page sent, with the shape of its arguments but not their values. */
  readonly asked: { cmd: string; as: 'bytes' | 'numbers' | 'values' }[] = [];
  onNotice: (notice: CoreEvent) => void = () => {};
  #process: ChildProcessWithoutNullStreams;
  #waiting = new Map<number, (answer: Answer) => void>();
  #answered = new Set<string>();
  #refusing = new Map<string, { error: WireError; once: boolean }>();
  #last = 0;

  constructor(
    readonly folder: string,
    readonly encoding: 'raw' | 'base64' = 'raw',
    /** A wrapper that runs the program. */
    wrapper: string[] = [],
    platform: Platform = 'desktop',
  ) {
    const [program = BRIDGE, ...words] = [...wrapper, BRIDGE, folder, encoding, platform];
    this.#process = spawn(program, words, { stdio: 'pipe' });
    this.#process.stderr.pipe(process.stderr);
    this.#process.stdin.on('error', () => undefined);
    this.#process.on('error', (error) => this.#hangUp(error.message));
    this.#process.on('exit', () => this.#hangUp('the core has ended'));
    createInterface(this.#process.stdout).on('line', (text) => this.#hear(JSON.parse(text)));
  }

  get pid(): number {
    return this.#process.pid ?? 0;
  }

  send(call: Call): Promise<Answer> {
    const as = call.raw !== undefined ? 'bytes' : Array.isArray(call.args) ? 'numbers' : 'values';
    this.asked.push({ cmd: call.cmd, as });
    const refused = this.#refusing.get(call.cmd);
    if (refused) {
      if (refused.once) this.#refusing.delete(call.cmd);
      return Promise.resolve({ err: refused.error });
    }
    const id = ++this.#last;
    return new Promise((resolve) => {
      this.#waiting.set(id, (answer) => {
        this.#answered.add(call.cmd);
        resolve(answer);
      });
      this.#process.stdin.write(`${JSON.stringify({ id, ...call })}\n`);
    });
  }

  /** Runs a command for the test; throws if it fails. */
  async call<T>(cmd: string, args: object = {}): Promise<T> {
    const answer = await this.send({ cmd, args });
    if ('err' in answer) throw new Error(`${cmd}: ${JSON.stringify(answer.err)}`);
    return answer.ok as T;
  }

  /** Whether the command was answered since the last call. */
  take = (cmd: string) => this.#answered.delete(cmd);

  /** From now on this command fails with this error, which cannot be provoked otherwise. */
  refuse(cmd: string, code: WireError['code'], params: WireError['params'] = {}): void {
    this.#refusing.set(cmd, { error: { code, params }, once: false });
  }

  /** The command fails once with this error, for example to ask for a proof. */
  refuseOnce(cmd: string, code: WireError['code']): void {
    this.#refusing.set(cmd, { error: { code, params: {} }, once: true });
  }

  /** Changes the device; returns how often its dialog was shown, and the generation that it remembers. */
  device = (behaviour: Behaviour = {}) =>
    this.call<{ asked: number; generation: number | null }>('test:device', behaviour);

  /** Changes the state of the phone; returns the state of its window, and the vibrations. */
  phone = (changes: { setsClockItself?: boolean; recorded?: boolean } = {}) =>
    this.call<{ hidden: boolean; awake: boolean; vibrations: Haptic[] }>('test:phone', changes);

  /** Replaces a text in the locked vault. */
  replace = (passphrase: string, from: string, to: string) =>
    this.call<null>('test:replace', { passphrase, from, to });

  /** Advances the core's clock. */
  pass = (ms: number) => this.call<null>('test:pass', { ms });

  /** Another app opens this URL with ours. */
  handOver = (address: string) => this.call<null>('test:handOver', { address });

  clipboard = () => this.call<string | null>('test:clipboard');

  async end(): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    const ended = once(this.#process, 'exit');
    this.#process.kill('SIGKILL');
    await ended;
  }

  #hear(line: Line | { notice: CoreEvent }): void {
    if ('notice' in line) return this.onNotice(line.notice);
    this.#waiting.get(line.id)?.(line);
    this.#waiting.delete(line.id);
  }

  #hangUp(why: string): void {
    for (const resolve of this.#waiting.values()) resolve({ err: why });
    this.#waiting.clear();
  }
}
