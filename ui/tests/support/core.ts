import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Biometric, Feel, Notice, Platform, WireError } from '../../src/ipc/wire';
import { BUILT } from './places';

/** A command as the page sends it: values, or bytes as base64. */
export type Call = { cmd: string; args?: unknown; raw?: string };
export type Answer = { ok: unknown } | { err: unknown };
/** How the device behaves from now on; what is not named stays. */
export type Behaviour = {
  absent?: boolean;
  biometric?: Biometric;
  /** How the dialog of a biometric ends. */
  dialog?: 'yes' | 'cancelled' | 'notRecognised' | 'changed';
  /** Loses all that it kept. */
  forget?: boolean;
};
type Line = { id: number } & Answer;

const BRIDGE = process.env.TROUSSEAU_BRIDGE ?? join(BUILT, 'debug/examples/bridge');

/** The app's real core on a folder, in a process of its own. */
export class Core {
  /** Every command that the page sent, and in what shape; never its values. */
  readonly asked: { cmd: string; as: 'bytes' | 'numbers' | 'values' }[] = [];
  onNotice: (notice: Notice) => void = () => {};
  #process: ChildProcessWithoutNullStreams;
  #waiting = new Map<number, (answer: Answer) => void>();
  #answered = new Set<string>();
  #refusing = new Map<string, { error: WireError; once: boolean }>();
  #last = 0;

  constructor(
    readonly folder: string,
    readonly encoding: 'raw' | 'base64' = 'raw',
    /** What runs it, where that is more than the program alone. */
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

  /** A command asked by the test itself; throws where it is refused. */
  async call<T>(cmd: string, args: object = {}): Promise<T> {
    const answer = await this.send({ cmd, args });
    if ('err' in answer) throw new Error(`${cmd}: ${JSON.stringify(answer.err)}`);
    return answer.ok as T;
  }

  /** Whether the command was answered since this was asked last. */
  take = (cmd: string) => this.#answered.delete(cmd);

  /** From now on this command is refused so: for what no core can be brought to say here. */
  refuse(cmd: string, code: WireError['code'], params: WireError['params'] = {}): void {
    this.#refusing.set(cmd, { error: { code, params }, once: false });
  }

  /** The next time this command is refused so, and not after: as where a proof is asked for. */
  refuseOnce(cmd: string, code: WireError['code']): void {
    this.#refusing.set(cmd, { error: { code, params: {} }, once: true });
  }

  /** Changes the device; answers how often its dialog was shown, and the generation it remembers. */
  device = (behaviour: Behaviour = {}) =>
    this.call<{ asked: number; generation: number | null }>('test:device', behaviour);

  /** Changes what the phone says of itself; answers how its window stands, and what was felt. */
  phone = (changes: { setsClockItself?: boolean; recorded?: boolean } = {}) =>
    this.call<{ hidden: boolean; awake: boolean; felt: Feel[] }>('test:phone', changes);

  /** Puts another text into what the closed vault holds. */
  replace = (passphrase: string, from: string, to: string) =>
    this.call<null>('test:replace', { passphrase, from, to });

  /** So much time passes at once by the core's clock. */
  pass = (ms: number) => this.call<null>('test:pass', { ms });

  /** Another app opens this address with ours. */
  handOver = (address: string) => this.call<null>('test:handOver', { address });

  clipboard = () => this.call<string | null>('test:clipboard');

  async end(): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    const ended = once(this.#process, 'exit');
    this.#process.kill('SIGKILL');
    await ended;
  }

  #hear(line: Line | { notice: Notice }): void {
    if ('notice' in line) return this.onNotice(line.notice);
    this.#waiting.get(line.id)?.(line);
    this.#waiting.delete(line.id);
  }

  #hangUp(why: string): void {
    for (const resolve of this.#waiting.values()) resolve({ err: why });
    this.#waiting.clear();
  }
}
