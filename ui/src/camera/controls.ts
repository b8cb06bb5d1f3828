/** What a running camera can be told. Every part is there only where this camera has it. */
export type Controls = {
  torch: ((on: boolean) => Promise<void>) | null;
  zoom: { min: number; max: number; step: number; value: number; set: (value: number) => Promise<void> } | null;
  /** On to the next camera of several. */
  next: (() => void) | null;
};

export const NO_CONTROLS: Controls = { torch: null, zoom: null, next: null };

/** The types of the DOM know neither. */
type Capabilities = { torch?: boolean; zoom?: { min: number; max: number; step?: number } };
type Settings = { zoom?: number };

/** What this track of a camera can be told; a browser that does not say can be told nothing. */
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
