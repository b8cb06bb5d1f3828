import type { CommandError, ScanResult } from '../ipc';
import type { Controls } from './controls';

/** The events of a camera. */
export type Listener = {
  /** The camera is on. Sent also if the window is hidden, so that the camera is released. */
  opened: (controls: Controls) => void;
  /** Codes were read or refused. */
  read: (answer: ScanResult) => void;
  failed: (error: CommandError) => void;
};

/** A camera of the web view or of the core. It shows its preview in the given element. */
export type FrameSource = {
  start: (place: HTMLElement, listener: Listener) => Promise<void>;
  /** Whether the camera was granted; false during the request. */
  readonly given: boolean;
  /** Releases the camera. May be called at any time, also twice. */
  stop: () => void;
};
