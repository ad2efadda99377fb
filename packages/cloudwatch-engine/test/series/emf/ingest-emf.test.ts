import { parseEmf } from '@voice-campaign/metrics-schema';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMetricStore, type IngestedEmf, type MetricStore } from '../../../src/index.ts';
import { DAY, HOUR, NOW } from '../store/model.ts';
import { lines, SOUND, soundLine } from './lines.ts';

/** What ingestEmf promises to be the same as. */
function addParsed(store: MetricStore, line: string, now: number): IngestedEmf {
  const parsed = parseEmf(line, { now });
  if (!parsed.ok) return parsed;
  const { datapoints, warnings } = parsed;
  expect(store.add(datapoints, now)).toEqual([]);
  return { ok: true, datapoints: datapoints.length, warnings };
}

describe('EMF lines', () => {
  it('become what parseEmf makes of them, whether their like was met before or not', () => {
    fc.assert(
      fc.property(fc.array(lines, { minLength: 1, maxLength: 30 }), (all) => {
        const [short, long] = [createMetricStore(), createMetricStore()];
        for (const line of all) expect(short.ingestEmf(line, NOW), line).toEqual(addParsed(long, line, NOW));
        long.advance(NOW);
        expect([...short.snapshot()]).toEqual([...long.snapshot()]);
      }),
      { numRuns: 1500 },
    );
  });

  it.each([
    ...[
      '01',
      '-',
      '1.',
      '.5',
      '1e',
      '1e+',
      '+1',
      '0x1',
      '1 ',
      ' 1',
      'NaN',
      '-0',
      '1e999',
      '1E-7',
      '[01]',
      '[1,]',
      '[]',
      '[1',
    ],
    ...[
      '"',
      '"a"b"',
      '"\\x"',
      '"\\u12"',
      '"\t"',
      '"\\""',
      '"\\u0041"',
      '"\u2028\ud800"',
      '"a',
      'nul',
      'true',
      'null',
      '{}',
    ],
    ...[
      '[[1]]',
      '{"Values":[1]}',
      '"a","Calls":3',
      '1,"service":"first"',
      '1,"_aws":{}',
      '1}',
      '1,',
      '',
      ',',
      '"__proto__"',
    ],
  ])('become the same with %s for a value, after their like was met', (value) => {
    const members = { service: 'first', other: 'text' };
    const line = soundLine({ dimensions: [['service']], members });
    for (const before of ['"Calls":2', '"Latency":1.5', '"service":"first"', '"other":"text"']) {
      const [short, long] = [createMetricStore(), createMetricStore()];
      const changed = line.replace(before, `${before.split(':')[0]}:${value}`);
      for (const each of [line, line, line, changed, line, changed]) {
        expect(short.ingestEmf(each, NOW), each).toEqual(addParsed(long, each, NOW));
      }
      long.advance(NOW);
      expect([...short.snapshot()]).toEqual([...long.snapshot()]);
    }
  });

  it('go on to where they belong after everything they wrote was forgotten', () => {
    const store = createMetricStore();
    const at = (now: number) => store.ingestEmf(soundLine({ timestamp: now }), now);
    for (const now of [NOW, NOW, NOW + 456 * 24 * HOUR, NOW + 456 * 24 * HOUR]) expect(at(now)).toMatchObject(SOUND);
    expect(store.size()).toMatchObject({ metrics: 2, datapoints: 2, samples: 2 });
  });

  it('are put onto the clock of the store where that of the writer is another', () => {
    const [shifted, plain] = [createMetricStore(), createMetricStore()];
    for (const timestamp of [NOW, NOW + 1000, NOW + 15 * DAY]) {
      const there = shifted.ingestEmf(soundLine({ timestamp: timestamp - HOUR }), NOW, HOUR);
      const here = plain.ingestEmf(soundLine({ timestamp }), NOW);
      expect(there.ok).toBe(here.ok);
    }
    expect([...shifted.snapshot()]).toEqual([...plain.snapshot()]);
    expect(shifted.size()).toMatchObject({ metrics: 2, datapoints: 2, samples: 2 });
  });

  it('of high resolution are kept in seconds', () => {
    const store = createMetricStore();
    const metrics = [{ Name: 'Calls', Unit: 'Count', StorageResolution: 1 }];
    for (const timestamp of [NOW, NOW, NOW + 1500]) store.ingestEmf(soundLine({ timestamp, metrics }), NOW);
    const metric = { namespace: 'voice/test', name: 'Calls', dimensions: {} };
    const span = { periodSeconds: 1, start: NOW / 1000, end: NOW / 1000 + 60 };
    expect(store.points({ metric, stat: 'Sum', ...span })).toEqual({
      timestamps: [NOW / 1000, NOW / 1000 + 1],
      values: [4, 2],
    });
  });

  it('are taken by a full store, which forgets others', () => {
    const store = createMetricStore({ maxBytes: 40_000 });
    for (let index = 0; index < 300; index += 1) {
      const service = `worker-${index % 100}`;
      const line = soundLine({ dimensions: [['service']], members: { service }, timestamp: NOW });
      expect(store.ingestEmf(line, NOW)).toMatchObject(SOUND);
      expect([...store.metrics()].at(-1)?.dimensions).toEqual({ service });
    }
    expect(store.size().bytes).toBeLessThanOrEqual(40_000);
  });
});
