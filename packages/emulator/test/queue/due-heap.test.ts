import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Due, popDue, pushDue } from '../../src/queue/due-heap.ts';

it('gives back what is due first, and equals in their order', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 20 })), (instants) => {
      const heap: Due[] = [];
      for (const [order, at] of instants.entries()) pushDue(heap, { at, order });
      const popped = instants.map(() => popDue(heap));
      const sorted = instants.map((at, order) => ({ at, order })).sort((a, b) => a.at - b.at || a.order - b.order);
      expect(popped).toEqual(sorted);
      expect(popDue(heap)).toBeUndefined();
    }),
  );
});
