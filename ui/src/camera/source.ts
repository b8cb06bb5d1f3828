import type { CommandError, ScanAnswer } from '../ipc';
import type { Controls } from './controls';

/** What a source of frames has to say. */
export type Listener = {
  /** The camera is on. A window that is hidden meanwhile is told at once, so that it lets go. */
  opened: (controls: Controls) => void;
  /** Something was read: codes, refused codes, or both. */
  read: (answer: ScanAnswer) => void;
  failed: (error: CommandError) => void;
};

/** A camera, wherever it is read. It draws itself into the place it is given. */
export type FrameSource = {
  start: (place: HTMLElement, listener: Listener) => Promise<void>;
  /** A camera was given, whether it shows anything yet or not; false while it is still asked for. */
  readonly given: boolean;
  /** Lets go of the camera. May be called at any time, also twice. */
  stop: () => void;
};
