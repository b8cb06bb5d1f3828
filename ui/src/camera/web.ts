import { CommandError, scanFrame, toCommandError, type ErrorCode, type FrameEncoding } from '../ipc';
import { whileAutoLockHeld } from '../state/auto-lock-hold';
import { controlsOf, NO_CONTROLS } from './controls';
import { centreSquare, toFrame } from './luma';
import type { FrameSource, Listener } from './source';

/** The longest side of a frame: enough for a dense code, little enough for every bridge. */
const LONGEST = 640;
const BETWEEN_MS = 60;

const REASONS: Record<string, ErrorCode> = {
  NotAllowedError: 'cameraDenied',
  SecurityError: 'cameraDenied',
  NotFoundError: 'cameraAbsent',
  OverconstrainedError: 'cameraAbsent',
  NotReadableError: 'cameraBusy',
  AbortError: 'cameraBusy',
};

/** The error code for a camera that the web view did not give. */
export function cameraError(reason: unknown): CommandError {
  const name = reason instanceof Error || reason instanceof DOMException ? reason.name : '';
  return new CommandError(REASONS[name] ?? 'cameraFailed');
}

/** The camera of the web view. It sends the centre square of one frame at a time to the core. */
export class WebCamera implements FrameSource {
  #encoding: FrameEncoding;
  #stream: MediaStream | null = null;
  #video: HTMLVideoElement | null = null;
  #stopped = false;
  /** The camera that the user chose. */
  #device: string | null = null;

  constructor(encoding: FrameEncoding) {
    this.#encoding = encoding;
  }

  get given(): boolean {
    return this.#stream !== null;
  }

  async start(place: HTMLElement, listener: Listener): Promise<void> {
    try {
      await this.#run(place, listener);
      if (!this.#stopped) void this.#loop(listener);
    } catch (reason) {
      this.#fail(listener, reason);
    }
  }

  /** Opens the camera and shows it. */
  async #run(place: HTMLElement, listener: Listener): Promise<void> {
    const stream = await whileAutoLockHeld(() => this.#open());
    // The screen was left during the permission dialog.
    if (this.#stopped) return endTracks(stream);
    this.#stream = stream;
    // A hidden page does not play video, and would wait here with the camera on.
    if (document.visibilityState === 'hidden') return listener.opened(NO_CONTROLS);
    const [track] = stream.getVideoTracks();
    track?.addEventListener('ended', () => {
      if (!this.#stopped && this.#stream === stream) listener.failed(new CommandError('cameraFailed'));
    });
    await this.#show(place, stream);
    const cameras = await navigator.mediaDevices.enumerateDevices().catch(() => []);
    if (this.#stopped) return;
    const others = cameras.filter(({ kind }) => kind === 'videoinput');
    const next = others.length > 1 ? () => void this.#turn(others, place, listener) : null;
    listener.opened(track ? controlsOf(track, next) : NO_CONTROLS);
  }

  /** Switches to the next camera; the loop continues with its frames. */
  async #turn(cameras: MediaDeviceInfo[], place: HTMLElement, listener: Listener): Promise<void> {
    const now = this.#stream?.getVideoTracks()[0]?.getSettings().deviceId ?? this.#device;
    const at = cameras.findIndex(({ deviceId }) => deviceId === now);
    this.#device = cameras[(at + 1) % cameras.length]?.deviceId ?? null;
    const old = this.#stream;
    this.#stream = null;
    if (old) endTracks(old);
    await this.#run(place, listener).catch((reason: unknown) => this.#fail(listener, reason));
  }

  #fail(listener: Listener, reason: unknown): void {
    if (!this.#stopped) listener.failed(reason instanceof CommandError ? reason : cameraError(reason));
  }

  stop(): void {
    this.#stopped = true;
    if (this.#stream) endTracks(this.#stream);
    this.#stream = null;
    this.#video?.remove();
    this.#video = null;
  }

  async #open(): Promise<MediaStream> {
    // Contrary to its type, this is undefined outside a secure context.
    const devices = navigator.mediaDevices as MediaDevices | undefined;
    if (!devices?.getUserMedia) throw new CommandError('cameraAbsent');
    return devices.getUserMedia({
      audio: false,
      video: {
        ...(this.#device ? { deviceId: { exact: this.#device } } : { facingMode: 'environment' }),
        width: { ideal: 1280 },
        height: { ideal: 720 },
      },
    });
  }

  async #show(place: HTMLElement, stream: MediaStream): Promise<void> {
    const video = document.createElement('video');
    video.muted = true;
    video.playsInline = true;
    video.setAttribute('aria-hidden', 'true');
    video.srcObject = stream;
    place.replaceChildren(video);
    this.#video = video;
    await video.play();
  }

  /** Sends one frame at a time: the next one when the core has answered. */
  async #loop(listener: Listener): Promise<void> {
    const canvas = document.createElement('canvas');
    const context = canvas.getContext('2d', { willReadFrequently: true });
    while (!this.#stopped && context) {
      const frame = this.#video ? grab(this.#video, context) : null;
      if (frame) {
        try {
          const answer = await scanFrame(frame, this.#encoding);
          if (!this.#stopped) listener.read(answer);
        } catch (reason) {
          const error = toCommandError(reason);
          if (this.#stopped) return;
          if (error.code !== 'noCodeInPicture') return listener.failed(error);
        }
      }
      await new Promise((resolve) => setTimeout(resolve, BETWEEN_MS));
    }
  }
}

function grab(video: HTMLVideoElement, context: CanvasRenderingContext2D): Uint8Array | null {
  if (video.videoWidth === 0) return null;
  const { x, y, side, scaled } = centreSquare(video.videoWidth, video.videoHeight, LONGEST);
  if (context.canvas.width !== scaled) {
    context.canvas.width = scaled;
    context.canvas.height = scaled;
  }
  context.drawImage(video, x, y, side, side, 0, 0, scaled, scaled);
  return toFrame(context.getImageData(0, 0, scaled, scaled).data, scaled, scaled);
}

function endTracks(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}
