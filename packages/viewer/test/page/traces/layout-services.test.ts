import fc from 'fast-check';
import { expect, it } from 'vitest';
import { layoutServices } from '../../../src/page/traces/layout-services.ts';
import type { ServiceMap } from '../../../src/protocol/trace-view.ts';

/** `Lambda::Function · p95 100 ms` in the type of the page is some 160 wide. */
const HALF_OF_TEXT = 80;
const traffic = { ok: 1, errors: 0, throttles: 0, faults: 0, count: 1 };
const mapOf = (calls: readonly (readonly number[])[]): ServiceMap => ({
  nodes: calls.map((targets, id) => ({
    id,
    name: `s${id}`,
    traffic,
    edges: targets.map((to) => ({ to, traffic })),
  })),
});

it('puts each service right of those that call it', () => {
  const { services } = layoutServices(mapOf([[1, 2], [2], []])); // biome-ignore format: calls
  const x = (id: number): number => services.find(({ node }) => node.id === id)?.x ?? 0;
  expect(x(1)).toBeGreaterThan(x(0));
  expect(x(2)).toBeGreaterThan(x(1));
});

it('gives every service of any map, circles too, a place of its own', () => {
  const maps = fc
    .integer({ min: 1, max: 7 })
    .chain((count) =>
      fc.array(fc.uniqueArray(fc.nat({ max: count - 1 }), { maxLength: 3 }), { minLength: count, maxLength: count }),
    );
  fc.assert(
    fc.property(maps, (calls) => {
      const { services, width, height, calls: drawn } = layoutServices(mapOf(calls));
      expect(new Set(services.map(({ node }) => node.id)).size).toBe(calls.length);
      expect(new Set(services.map(({ x, y }) => `${x} ${y}`)).size).toBe(calls.length);
      expect(services.every(({ x, y }) => Math.min(x, width - x) >= HALF_OF_TEXT && y > 0 && y < height)).toBe(true);
      expect(drawn.length).toBe(calls.flat().length);
    }),
  );
});
