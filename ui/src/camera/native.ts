import { startCamera, stopCamera, CommandError, toCommandError, type CameraEvent } from '../ipc';
import { NO_CONTROLS } from './controls';
import { fromFrame } from './luma';
import type { FrameSource, Listener } from './source';

/** The core's own camera: the core reads the frames, and sends small grey ones as a preview. */
export class NativeCamera implements FrameSource {
  #stopped = false;
  #started = false;
  #opened = false;

  get given(): boolean {
    return this.#opened && !this.#stopped;
  }

  async start(place: HTMLElement, listener: Listener): Promise<void> {
    const canvas = document.createElement('canvas');
    canvas.setAttribute('aria-hidden', 'true');
    place.replaceChildren(canvas);
    this.#started = true;
    try {
      await startCamera(
        (event) => this.#hear(event, listener),
        (frame) => this.#draw(canvas, frame),
      );
    } catch (reason) {
      if (!this.#stopped) listener.failed(toCommandError(reason));
    }
  }

  stop(): void {
    if (this.#started && !this.#stopped) void stopCamera().catch(() => undefined);
    this.#stopped = true;
  }

  #hear(event: CameraEvent, listener: Listener): void {
    if (this.#stopped) return;
    if (event.event === 'opened') {
      this.#opened = true;
      listener.opened(NO_CONTROLS);
    } else if (event.event === 'read') listener.read(event.data);
    else listener.failed(new CommandError(event.data.code, event.data.params));
  }

  #draw(canvas: HTMLCanvasElement, frame: ArrayBuffer): void {
    const grey = this.#stopped ? null : fromFrame(frame);
    if (!grey) return;
    canvas.width = grey.width;
    canvas.height = grey.height;
    canvas.getContext('2d')?.putImageData(new ImageData(grey.rgba, grey.width, grey.height), 0, 0);
  }
}
