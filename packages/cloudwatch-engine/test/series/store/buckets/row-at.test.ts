import fc from 'fast-check';
import { expect, it } from 'vitest';
import { appendSample, createBucketColumns, rowAt } from '../../../../src/series/store/buckets/bucket-columns.ts';

it('finds the first row at or after a time, wherever it looks first', () => {
  const times = fc.uniqueArray(fc.nat({ max: 300 }), { maxLength: 60 });
  const sought = fc.oneof(fc.integer({ min: -1, max: 301 }), fc.constantFrom(Number.POSITIVE_INFINITY, -1e300));
  fc.assert(
    fc.property(times, sought, fc.option(fc.nat({ max: 70 }), { nil: undefined }), (stamps, stamp, near) => {
      const columns = createBucketColumns({ bytes: 0 });
      const sorted = stamps.toSorted((a, b) => a - b);
      for (const each of sorted) appendSample(columns, each, 1);
      expect(rowAt(columns, stamp, near)).toBe(sorted.filter((each) => each < stamp).length);
    }),
    { numRuns: 1000 },
  );
});
