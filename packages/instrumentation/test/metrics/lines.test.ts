import { type CompleteMetric, type EmfDatapoint, parseEmf, withDefaults } from '@voice-campaign/metrics-schema';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { packLines } from '../../src/metrics/pack-lines.ts';
import { createLineRenderer } from '../../src/metrics/render-line.ts';
import { addSample, type Sample, type Samples } from '../../src/metrics/samples.ts';

const NOW = Date.now();
const latency: CompleteMetric = withDefaults({
  kind: 'distribution',
  unit: 'Milliseconds',
  description: 'Time to answer',
  dimensions: [[], ['Provider']],
  resolution: 1,
});

function written(samples: readonly Sample[]): EmfDatapoint[] {
  const kept: Samples = new Map();
  const properties = {};
  for (const sample of samples) addSample(kept, properties, sample);
  const render = createLineRenderer('voice-campaign/test');
  return [...kept.values()].flatMap(packLines).flatMap((line) => {
    const parsed = parseEmf(render(line, NOW), { now: NOW });
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues));
    expect(parsed.warnings).toEqual([]);
    return parsed.datapoints;
  });
}

/** All values of each series, in an order of their own. */
function bySeries(points: readonly (readonly [name: string, dimensions: object, values: readonly number[]])[]) {
  const series: Record<string, number[]> = {};
  for (const [name, dimensions, values] of points) {
    const key = `${name} ${JSON.stringify(dimensions)}`;
    series[key] = [...(series[key] ?? []), ...values].sort((a, b) => a - b);
  }
  return series;
}

const sample = fc.record({
  name: fc.oneof(
    fc.constantFrom('a', 'b', '_x'),
    fc.nat(150).map((n) => `m${n}`),
  ),
  Provider: fc.constantFrom('polly', 'google', 'recorded'),
  value: fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 }).map((value) => value + 0),
});

it('loses no sample and moves none to another series, however many metrics, values and dimension values there are', () => {
  fc.assert(
    fc.property(fc.array(sample, { maxLength: 600, size: 'max' }), (given) => {
      const samples = given.map(({ name, Provider, value }) => ({
        name,
        value,
        metric: latency,
        dimensions: { Provider },
        dimensionSets: latency.dimensions,
      }));
      const expected = bySeries(
        given.flatMap(({ name, Provider, value }) => [
          [name, {}, [value]] as const,
          [name, { Provider }, [value]] as const,
        ]),
      );
      const actual = bySeries(written(samples).map((point) => [point.name, point.dimensions, point.values]));
      expect(actual).toEqual(expected);
    }),
    { numRuns: 60 },
  );
});

it('keeps resolution and unit across the split at a hundred values', () => {
  const samples = Array.from({ length: 250 }, (_, value) => ({
    name: 'AnswerTime',
    value,
    metric: latency,
    dimensions: { Provider: 'polly' },
    dimensionSets: latency.dimensions,
  }));
  const points = written(samples).filter(({ dimensions }) => dimensions.Provider === 'polly');
  expect(points.map(({ values }) => values.length)).toEqual([99, 99, 52]);
  expect(points.every(({ resolution, unit }) => resolution === 1 && unit === 'Milliseconds')).toBe(true);
});

/** Two metrics of as many series each, in lines: of each series both share one. */
function packed(series: number) {
  const kept: Samples = new Map();
  const properties = {};
  for (const name of ['Calls', 'Answers']) {
    for (let n = 0; n < series; n += 1) {
      const dimensions = { Provider: `p${n}` };
      addSample(kept, properties, { name, value: 1, metric: latency, dimensions, dimensionSets: latency.dimensions });
    }
  }
  const begun = performance.now();
  const lines = [...kept.values()].flatMap(packLines);
  return { lines: lines.length, ms: performance.now() - begun };
}

// All must be written in the moment between the deadline guard and the timeout.
it('packs ten times as many series in about ten times as long, as tightly', () => {
  packed(2000);
  const few = packed(2000);
  const many = packed(20_000);
  expect([few.lines, many.lines]).toEqual([2000, 20_000]);
  expect(many.ms).toBeLessThan(40 * Math.max(few.ms, 5));
});

it('writes a set of 30 dimensions, as many as CloudWatch allows', () => {
  const keys = Array.from({ length: 30 }, (_, index) => `D${index}`);
  const dimensions = Object.fromEntries(keys.map((key) => [key, 'x']));
  const [point] = written([{ name: 'Wide', value: 1, metric: latency, dimensions, dimensionSets: [keys] }]);
  expect(point?.dimensions).toEqual(dimensions);
});

it('declares each metric as it is, whatever lines came before', () => {
  const render = createLineRenderer('voice-campaign/test');
  const lineOf = (name: string, metric: CompleteMetric) => {
    const kept: Samples = new Map();
    addSample(kept, {}, { name, value: 1, metric, dimensions: {}, dimensionSets: [[]] });
    const parsed = parseEmf(render([...kept.values()].flatMap(packLines)[0]!, NOW), { now: NOW });
    return parsed.ok && parsed.datapoints.map(({ name, unit, resolution }) => [name, unit, resolution]);
  };
  const count: CompleteMetric = { ...latency, unit: 'Count' };
  expect(lineOf('a', latency)).toEqual([['a', 'Milliseconds', 1]]);
  expect(lineOf('a', count)).toEqual([['a', 'Count', 1]]);
  expect(lineOf('b', count)).toEqual([['b', 'Count', 1]]);
  expect(lineOf('a', { ...latency, resolution: 60 })).toEqual([['a', 'Milliseconds', 60]]);
});
