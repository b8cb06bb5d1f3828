import type { Locator } from '@playwright/test';

export type Box = { x: number; y: number; width: number; height: number };

/** Its box in the window; throws if it is not visible. */
export async function boxOf(one: Locator): Promise<Box> {
  const box = await one.boundingBox();
  if (!box) throw new Error(`${one} is not in sight`);
  return box;
}

/** Whether two boxes overlap by more than a hairline. */
export const overlap = (a: Box, b: Box) =>
  Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x) > 0.5 &&
  Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y) > 0.5;
