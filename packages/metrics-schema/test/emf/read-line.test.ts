import { parseEmf } from '@voice-campaign/metrics-schema';
import { describe, expect, it } from 'vitest';
import { issuesOf, line, TIMESTAMP, taken, written } from './emf-line.ts';

describe('a line that is no EMF', () => {
  it.each([
    'START RequestId: 8f507cfc Version: $LATEST',
    '',
    '{"level":"INFO","message":"dialled"}',
    '{"level":"INFO","message":"CloudWatchMetrics are fine"}',
    'the _aws member holds CloudWatchMetrics',
    '2023-11-14T22:13:20.000Z\t8f507cfc\tINFO\tno CloudWatchMetrics {here}',
    '{"CloudWatchMetrics": 7}',
    '[{"_aws":{}}]',
  ])('is told apart: %s', (text) => {
    expect(parseEmf(text)).toEqual({ ok: false, kind: 'not-emf', issues: [] });
  });
});

describe('the whole line is rejected', () => {
  it.each([
    ['a line cut off', line().slice(0, -1), 'not-json'],
    ['two documents in one line', line() + line(), 'not-json'],
    ['an envelope replaced by a metric called _aws', '{"_aws":1,"Calls":1}', 'wrong-type'],
    ['an envelope without a timestamp', line({ timestamp: null }), 'wrong-type'],
    ['a timestamp in text', line({ timestamp: '1700000000000' }), 'wrong-type'],
    ['a timestamp with a fraction', line({ timestamp: 1.5 }), 'wrong-type'],
    ['no directives', JSON.stringify({ _aws: { Timestamp: 1 } }), 'wrong-type'],
    ['a directive that is text', JSON.stringify({ _aws: { Timestamp: 1, CloudWatchMetrics: ['x'] } }), 'wrong-type'],
    ['no namespace', line({ namespace: null }), 'wrong-type'],
    ['dimensions that are no list', line({ dimensions: 'Provider' }), 'wrong-type'],
    ['a dimension set that is no list', line({ dimensions: ['Provider'] }), 'wrong-type'],
    ['an empty list of dimension sets', line({ dimensions: [] }), 'no-dimension-set'],
    ['metrics that are no list', line({ metrics: {} }), 'wrong-type'],
    ['a metric without a name', line({ metrics: [{ Unit: 'Count' }] }), 'wrong-type'],
    ['EMF given to console.log in JSON log format', JSON.stringify({ level: 'INFO', message: line() }), 'wrapped'],
  ])('for %s', (_, text, code) => {
    expect(parseEmf(text)).toMatchObject({ ok: false, kind: 'rejected', issues: [{ effect: 'rejected', code }] });
  });

  it('for 101 metrics in a directive, and takes 100 and one in two directives', () => {
    const metrics = Array.from({ length: 101 }, (_, index) => ({ Name: `M${index}` }));
    const members = Object.fromEntries(metrics.map(({ Name }) => [Name, 1]));
    expect(issuesOf(line({ metrics, members }))).toMatchObject([{ code: 'too-many-metrics', count: 101, limit: 100 }]);
    const directive = (some: object[]) => ({ Namespace: 'n', Dimensions: [[]], Metrics: some });
    const CloudWatchMetrics = [directive(metrics.slice(0, 100)), directive(metrics.slice(100))];
    expect(taken(JSON.stringify({ _aws: { Timestamp: 1, CloudWatchMetrics }, ...members })).datapoints).toHaveLength(
      101,
    );
  });

  it('for 31 keys in a dimension set', () => {
    const keys = Array.from({ length: 31 }, (_, index) => `D${index}`);
    const members = Object.fromEntries(keys.map((key) => [key, 'v']));
    expect(issuesOf(line({ dimensions: [keys], members }))).toMatchObject([
      { code: 'too-many-dimensions', count: 31, limit: 30 },
    ]);
  });

  it('over 1 MB, with a warning over 256 kB, counted in bytes of UTF-8', () => {
    const padded = (bytes: number, character = 'x') => {
      const size = new TextEncoder().encode(character).length;
      const empty = line({ members: { pad: '' } }).length;
      return line({ members: { pad: character.repeat((bytes - empty) / size) } });
    };
    expect(written(padded(262_144))).toEqual([]);
    expect(written(padded(262_145))).toEqual(['accepted document-size']);
    expect(written(padded(1_048_576))).toEqual(['accepted document-size']);
    expect(issuesOf(padded(1_048_577))).toMatchObject([
      { effect: 'rejected', code: 'document-size', bytes: 1_048_577, limit: 1_048_576 },
    ]);
    expect(written(padded(600_000, '📞'))).toEqual(['accepted document-size']);
    expect(written(padded(1_200_000, 'é'))).toEqual(['rejected document-size']);
  });

  it('more than 14 days back or 2 hours ahead, where the time is known', () => {
    const day = 86_400_000;
    expect(written(line(), TIMESTAMP + 14 * day)).toEqual([]);
    expect(written(line(), TIMESTAMP + 14 * day + 1)).toEqual(['rejected timestamp-window']);
    expect(written(line(), TIMESTAMP - day / 12)).toEqual([]);
    expect(written(line(), TIMESTAMP - day / 12 - 1)).toEqual(['rejected timestamp-window']);
    expect(written(line({ timestamp: TIMESTAMP / 1000 }))).toEqual([]);
  });
});
