import { createMetricStore } from '@voice-campaign/cloudwatch-engine';
import { evaluateQueries } from '@voice-campaign/cloudwatch-engine/math';
import { voiceCampaign } from '@voice-campaign/metrics-schema';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { mathOf } from '../../src/document/compile-series.ts';

const start = Date.UTC(2026, 0, 1);

/** Minute by minute how often something was counted; `null` where nothing was emitted. */
const counts = fc.array(
  fc.record({
    part: fc.option(fc.integer({ min: 0, max: 9 })),
    whole: fc.option(fc.integer({ min: 0, max: 9 })),
  }),
  { minLength: 1, maxLength: 20 },
);

it('divides no part by nothing in a widget, however the minutes fall, and so has nothing to warn of', () => {
  const { expression, of } = mathOf(voiceCampaign, { kind: 'unguarded-rate', rate: 'OptOutRate' });
  expect(Object.values(of).map(({ metricName }) => metricName)).toEqual(['OptOuts', 'AnsweredCalls']);
  fc.assert(
    fc.property(counts, (minutes) => {
      const store = createMetricStore();
      const expected: number[] = [];
      for (const [minute, counted] of minutes.entries()) {
        const timestamp = start + minute * 60_000;
        for (const [name, value] of Object.entries(counted)) {
          if (value === null) continue;
          const datum = { namespace: 'n', name, dimensions: {}, unit: 'Count', resolution: 60, timestamp } as const;
          store.add([{ ...datum, values: [value] }], timestamp);
        }
        const { part, whole } = counted;
        if (whole !== null && whole > 0) expected.push((100 * (part ?? 0)) / whole);
      }
      const metrics = Object.keys(of).map((Id) => ({
        ...{ Id, ReturnData: false },
        MetricStat: { Metric: { Namespace: 'n', MetricName: Id }, Period: 60, Stat: 'Sum' },
      }));
      const end = start / 1000 + minutes.length * 60;
      const span = { source: store, start: start / 1000, end };
      const evaluated = evaluateQueries([...metrics, { Id: 'rate', Expression: expression }], span);
      if (!evaluated.ok) throw new Error(evaluated.issues[0]?.message);
      const [rate] = evaluated.results;
      expect(rate?.messages).toEqual([]);
      expect(rate?.values).toEqual(expected);
    }),
  );
});
