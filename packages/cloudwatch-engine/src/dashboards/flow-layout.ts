import type { Placement } from './dashboard.ts';

const COLUMNS = 24;
const DEFAULT_SIZE = 6;

export type GivenPlacement = {
  readonly x?: number;
  readonly y?: number;
  readonly width?: number;
  readonly height?: number;
};

/**
 * Where each widget is. One without `x` and `y` takes the next available position: as high as it fits below those
 * before it, and there as far left as it fits (the documentation says no more than "the next available position").
 */
export function placeWidgets(given: readonly GivenPlacement[]): readonly Placement[] {
  const depths = new Array<number>(COLUMNS).fill(0);
  return given.map(({ x, y, width = DEFAULT_SIZE, height = DEFAULT_SIZE }) => {
    const placement =
      x === undefined || y === undefined
        ? { ...nextFree(depths, Math.min(width, COLUMNS)), width, height, flows: true }
        : { x, y, width, height, flows: false };
    for (let column = placement.x; column < Math.min(placement.x + width, COLUMNS); column += 1) {
      depths[column] = Math.max(depths[column] ?? 0, placement.y + height);
    }
    return placement;
  });
}

function nextFree(depths: readonly number[], width: number): { readonly x: number; readonly y: number } {
  let best = { x: 0, y: Number.POSITIVE_INFINITY };
  for (let x = 0; x + width <= COLUMNS; x += 1) {
    const y = Math.max(...depths.slice(x, x + width));
    if (y < best.y) best = { x, y };
  }
  return best;
}
