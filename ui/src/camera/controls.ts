/** Controls of a running camera. Each is present only if the camera has it. */
export type Controls = {
  torch: ((on: boolean) => Promise<void>) | null;
  zoom: { min: number; max: number; step: number; value: number; set: (value: number) => Promise<void> } | null;
  /** Switches to the next camera. */
  next: (() => void) | null;
};

export const NO_CONTROLS: Controls = { torch: null, zoom: null, next: null };

/** Missing in the DOM types. */
type Capabilities = { torch?: boolean; zoom?: { min: number; max: number; step?: number } };
type Settings = { zoom?: number };

/** The controls of this video track; none if the browser does not report capabilities. */
export function controlsOf(track: MediaStreamTrack, next: (() => void) | null): Controls {
  const can = (track.getCapabilities?.() ?? {}) as Capabilities;
  const now = track.getSettings() as Settings;
  const tell = (setting: object) => track.applyConstraints({ advanced: [setting] });
  const range = can.zoom;
  return {
    torch: can.torch ? (torch) => tell({ torch }) : null,
    zoom:
      range && range.max > range.min
        ? {
            min: range.min,
            max: range.max,
            step: range.step || (range.max - range.min) / 20,
            value: now.zoom ?? range.min,
            set: (zoom) => tell({ zoom }),
          }
        : null,
    next,
  };
}
