import { describe, expect, it, vi } from 'vitest';
import { controlsOf, NO_CONTROLS } from './controls';

function track(capabilities: unknown, settings: object = {}) {
  const applyConstraints = vi.fn(() => Promise.resolve());
  const getCapabilities = capabilities === undefined ? undefined : () => capabilities;
  return { getCapabilities, getSettings: () => settings, applyConstraints } as unknown as MediaStreamTrack & {
    applyConstraints: typeof applyConstraints;
  };
}

describe('what a camera can be told', () => {
  it('is nothing where it does not say', () => {
    expect(controlsOf(track(undefined), null)).toEqual(NO_CONTROLS);
    expect(controlsOf(track({}), null)).toEqual(NO_CONTROLS);
    expect(controlsOf(track({ torch: false, zoom: { min: 1, max: 1 } }), null)).toEqual(NO_CONTROLS);
  });

  it('is its light and its zoom where it has them', async () => {
    const camera = track({ torch: true, zoom: { min: 1, max: 5 } }, { zoom: 2 });
    const { torch, zoom } = controlsOf(camera, null);
    await torch?.(true);
    await zoom?.set(3);
    expect(zoom).toMatchObject({ min: 1, max: 5, step: 0.2, value: 2 });
    expect(camera.applyConstraints.mock.calls).toEqual([
      [{ advanced: [{ torch: true }] }],
      [{ advanced: [{ zoom: 3 }] }],
    ]);
  });
});
