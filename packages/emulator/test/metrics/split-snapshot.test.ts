import { createMetricStore, type MetricDatum } from '@voice-campaign/cloudwatch-engine';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { splitSnapshot } from '../../src/metrics/split-snapshot.ts';

const NOW = 1_795_000_000_000;

const datum = fc
  .record({
    name: fc.constantFrom('Latency', 'Calls'),
    unit: fc.constantFrom('Milliseconds', 'None'),
    resolution: fc.constantFrom(1, 60),
    minute: fc.nat(5),
    content: fc.oneof(
      fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 1, maxLength: 12 }).map((values) => ({ values })),
      fc
        .integer({ min: 1, max: 9 })
        .map((most) => ({ statistics: { sampleCount: 3, sum: most + 2, minimum: 0, maximum: most } })),
    ),
  })
  .map(
    ({ minute, content, ...rest }) =>
      ({
        namespace: 'voice/test',
        dimensions: {},
        timestamp: NOW - minute * 60_000,
        ...rest,
        ...content,
      }) as MetricDatum,
  );

it('makes pieces of few samples that together restore the whole', () => {
  fc.assert(
    fc.property(fc.array(datum, { maxLength: 40 }), fc.integer({ min: 1, max: 5 }), (data, most) => {
      const store = createMetricStore();
      expect(store.add(data, NOW)).toEqual([]);
      const whole = [...store.snapshot()];
      const pieces = whole.flatMap((snapshot) => [...splitSnapshot(snapshot, most)]);
      for (const { series } of pieces) {
        for (const { values, stamps, sets } of series) {
          expect(Math.max(values.length, stamps.length, ...sets.map(([, each]) => each.length))).toBeLessThanOrEqual(
            most,
          );
        }
      }
      const again = createMetricStore();
      // As the journal has them.
      for (const piece of pieces) again.restore(JSON.parse(JSON.stringify(piece)));
      expect([...again.snapshot()]).toEqual(whole);
    }),
  );
});

it('leaves a snapshot of few samples whole, but for its series', () => {
  const store = createMetricStore();
  store.add(
    [{ namespace: 'n', name: 'm', dimensions: {}, unit: 'None', resolution: 60, timestamp: NOW, values: [1] }],
    NOW,
  );
  const [snapshot] = store.snapshot();
  expect(snapshot && [...splitSnapshot(snapshot)]).toEqual(
    snapshot?.series.map((series) => ({ ...snapshot, series: [series] })),
  );
});
