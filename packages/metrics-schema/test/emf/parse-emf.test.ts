import { readFileSync } from 'node:fs';
import { type EmfIssue, parseEmf } from '@voice-campaign/metrics-schema';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const TIMESTAMP = 1_700_000_000_000;

type Parts = { namespace?: unknown; dimensions?: unknown; metrics?: unknown; timestamp?: unknown; members?: object };

/** A line with one directive of one metric, Calls = 1, but for these parts. */
function line({
  namespace = 'voice/test',
  dimensions = [[]],
  metrics = [{ Name: 'Calls', Unit: 'Count' }],
  timestamp = TIMESTAMP,
  members = {},
}: Parts = {}): string {
  const CloudWatchMetrics = [{ Namespace: namespace, Dimensions: dimensions, Metrics: metrics }];
  return JSON.stringify({ _aws: { Timestamp: timestamp, CloudWatchMetrics }, Calls: 1, ...members });
}

const fixture = (file: string) =>
  JSON.stringify(JSON.parse(readFileSync(new URL(`../fixtures/emf/${file}`, import.meta.url), 'utf8')));

function taken(text: string, now?: number) {
  const parsed = parseEmf(text, now === undefined ? {} : { now });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed));
  return parsed;
}

function issuesOf(text: string, now?: number): readonly EmfIssue[] {
  const parsed = parseEmf(text, now === undefined ? {} : { now });
  return parsed.ok ? parsed.warnings : parsed.issues;
}

const written = (text: string, now?: number) => issuesOf(text, now).map(({ effect, code }) => `${effect} ${code}`);

describe('a legal document', () => {
  it('gives one datapoint for each directive, dimension set and metric', () => {
    const text = JSON.stringify({
      _aws: {
        Timestamp: TIMESTAMP,
        CloudWatchMetrics: [
          {
            Namespace: 'voice/test',
            Dimensions: [[], ['Provider']],
            Metrics: [{ Name: 'TtsRequests', Unit: 'Count' }],
          },
          { Namespace: 'voice/test', Dimensions: [[]], Metrics: [{ Name: 'Latency', StorageResolution: 1 }] },
        ],
      },
      Provider: 'polly',
      TtsRequests: [2, 3],
      Latency: { Values: [10, 20], Counts: [5, 1] },
      campaignId: 'spring',
    });
    const parsed = taken(text);
    expect(parsed.datapoints).toEqual([
      point({ name: 'TtsRequests', unit: 'Count', values: [2, 3] }),
      point({ name: 'TtsRequests', unit: 'Count', values: [2, 3], dimensions: { Provider: 'polly' } }),
      point({ name: 'Latency', unit: 'None', resolution: 1, values: [10, 20], counts: [5, 1] }),
    ]);
    expect(parsed.properties).toEqual({ campaignId: 'spring' });
    expect(parsed.warnings).toEqual([]);
  });

  const point = (members: object) => ({
    namespace: 'voice/test',
    resolution: 60,
    dimensions: {},
    timestamp: TIMESTAMP,
    ...members,
  });

  it('may have no directives, or more than one sample, or a number without a unit', () => {
    expect(taken(JSON.stringify({ _aws: { Timestamp: 1, CloudWatchMetrics: [] } })).datapoints).toEqual([]);
    expect(taken(line({ metrics: [{ Name: 'Calls' }] })).datapoints).toMatchObject([{ unit: 'None', values: [1] }]);
    expect(taken(line({ members: { Calls: { Values: [1, 2] } } })).datapoints[0]).not.toHaveProperty('counts');
  });

  it('may have exactly as much of everything as CloudWatch allows', () => {
    const keys = Array.from({ length: 30 }, (_, index) => `D${index}`);
    const names = Array.from({ length: 100 }, (_, index) => `M${index}`);
    const members = Object.fromEntries([
      ...keys.map((key) => [key, 'v'.repeat(1024)]),
      ...names.map((name) => [name, Array.from({ length: 100 }, (_, index) => index)]),
    ]);
    const parsed = taken(line({ dimensions: [keys], metrics: names.map((Name) => ({ Name })), members }));
    expect(parsed.warnings).toEqual([]);
    expect(parsed.datapoints).toHaveLength(100);
  });

  it.each([
    ['03-powertools-lambda-python-add_multi_value_metrics_output.json', 1, []],
    ['07-powertools-lambda-python-test_metrics_cloudwatch_emf.json', 1, []],
    ['11-powertools-lambda-typescript-createMetricsLog.json', 1, []],
    ['31-aws-embedded-metrics-node-README.json', 1, []],
    ['21-amazon-cloudwatch-user-guide-Container-Insights-reference-performance-logs-ECS.json', 5, ['root-form']],
    ['23-amazon-cloudwatch-user-guide-Container-Insights-reference-performance-logs-EKS.json', 18, ['root-form']],
    ['29-amazon-cloudwatch-user-guide-ContainerInsights-Prometheus-Setup-configure.json', 1, ['root-form']],
    ['33-middy-page.json', 0, ['dimension-missing']],
  ])('is read out of %s', (file, datapoints, codes) => {
    const parsed = taken(fixture(file));
    expect(parsed.datapoints).toHaveLength(datapoints);
    expect(parsed.warnings.map(({ code }) => code)).toEqual(codes);
  });
});

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

describe('one metric is dropped', () => {
  const others = { Other: 2 };
  const both = (definition: object) => [{ Name: 'Other' }, { Name: 'Calls', ...definition }];

  it.each([
    ['an unknown unit', { metrics: both({ Unit: 'count' }) }, 'unit'],
    ['a resolution of 10', { metrics: both({ StorageResolution: 10 }) }, 'resolution'],
    ['no target', { metrics: both({ Name: 'Nope' }) }, 'metric-missing'],
    ['the name of an inherited member', { metrics: both({ Name: 'toString' }) }, 'metric-missing'],
    ['a name over 255 characters', { metrics: both({ Name: 'n'.repeat(256) }) }, 'metric-name'],
    ['an empty name', { metrics: both({ Name: '' }) }, 'metric-name'],
    ['NaN', { metrics: both({}), members: { Calls: Number.NaN } }, 'metric-not-numeric'],
    ['NaN among its values', { metrics: both({}), members: { Calls: [1, Number.NaN] } }, 'metric-not-numeric'],
    ['text', { metrics: both({}), members: { Calls: '1' } }, 'metric-not-numeric'],
    ['a nested target', { metrics: both({}), members: { Calls: { count: 1 } } }, 'metric-not-numeric'],
    ['no values', { metrics: both({}), members: { Calls: [] } }, 'no-values'],
    ['a value out of range', { metrics: both({}), members: { Calls: -1e200 } }, 'value-range'],
    ['too few Counts', { metrics: both({}), members: { Calls: { Values: [1, 2], Counts: [1] } } }, 'counts'],
    ['a Count of 0', { metrics: both({}), members: { Calls: { Values: [1], Counts: [0] } } }, 'counts'],
    ['a second definition', { metrics: [{ Name: 'Other' }, { Name: 'Other' }] }, 'duplicate-metric'],
  ])('for %s', (_, parts, code) => {
    const parsed = taken(line({ ...parts, members: { ...others, ...('members' in parts ? parts.members : {}) } }));
    expect(parsed.warnings).toMatchObject([{ effect: 'dropped', code }]);
    expect(parsed.datapoints).toMatchObject([{ name: 'Other', values: [2] }]);
  });

  it('for 101 values', () => {
    const values = Array.from({ length: 101 }, () => 1);
    expect(issuesOf(line({ members: { Calls: values } }))).toMatchObject([
      { effect: 'dropped', code: 'too-many-values', count: 101, limit: 100 },
    ]);
  });

  it('for a number too large for JavaScript', () => {
    expect(written(line().replace('"Calls":1', '"Calls":1e999'))).toEqual(['dropped value-range']);
  });
});

describe('one dimension set is dropped', () => {
  it.each([
    ['a missing member', ['Nope'], 'dimension-missing'],
    ['an inherited member', ['constructor'], 'dimension-missing'],
    ['a number', ['shard'], 'dimension-not-text'],
    ['a nested member', ['nested'], 'dimension-not-text'],
    ['no text', ['empty'], 'dimension-value'],
    ['other characters than ASCII', ['city'], 'dimension-value'],
    ['more than 1,024 characters', ['long'], 'dimension-value'],
    ['a key over 250 characters', ['k'.repeat(251)], 'dimension-name'],
    ['a key that starts with a colon', [':Provider'], 'dimension-name'],
    ['the key of another set', ['Provider'], 'duplicate-set'],
  ])('for %s', (_, set, code) => {
    const members = {
      shard: 7,
      nested: { Provider: 'polly' },
      empty: '',
      city: 'Köln',
      long: 'l'.repeat(1025),
      Provider: 'polly',
      ':Provider': 'polly',
    };
    const parsed = taken(line({ dimensions: [['Provider'], set], members }));
    expect(parsed.warnings).toMatchObject([{ effect: 'dropped', code }]);
    expect(parsed.datapoints).toMatchObject([{ dimensions: { Provider: 'polly' }, values: [1] }]);
  });

  it('and with the last set the directive, whose metric is a property then', () => {
    const parsed = taken(line({ dimensions: [['Nope']] }));
    expect(parsed.document).toMatchObject({ directives: [], values: {}, properties: { Calls: 1 } });
  });
});

describe('one directive is dropped', () => {
  it.each(['AWS/Voice', ':voice', 'voice~campaign', '', ' ', 'n'.repeat(256)])('for the namespace %j', (namespace) => {
    const parsed = taken(line({ namespace }));
    expect(parsed.warnings).toMatchObject([{ effect: 'dropped', code: 'namespace', namespace }]);
    expect(parsed.datapoints).toEqual([]);
  });
});

describe('parseEmf', () => {
  it('skips the prefix of a console.log in Lambda, and says that AWS no longer promises it', () => {
    const prefix = '2023-11-14T22:13:20.000Z\t8f507cfc-1a2b-4c3d-9e8f-001122334455\tINFO\t';
    expect(taken(prefix + line()).datapoints).toHaveLength(1);
    expect(written(prefix + line())).toEqual(['accepted prefix']);
  });

  it('says what is wrong, the limit, and the way out', () => {
    const metrics = [{ Name: 'Calls', Unit: 'Euro' }, { Name: 'Nope' }];
    expect(issuesOf(line({ metrics, dimensions: [[], ['shard']], members: { shard: 7 } }))).toMatchInlineSnapshot(`
      [
        {
          "at": "_aws.CloudWatchMetrics[0].Dimensions[1]",
          "code": "dimension-not-text",
          "effect": "dropped",
          "key": "shard",
          "message": ""shard" is no text: write it as a string",
        },
        {
          "at": "_aws.CloudWatchMetrics[0].Metrics[0].Unit",
          "code": "unit",
          "effect": "dropped",
          "message": ""Euro" is none of CloudWatch's 27 units: use one, or None",
          "name": "Calls",
          "unit": "Euro",
        },
        {
          "at": "_aws.CloudWatchMetrics[0].Metrics[1]",
          "code": "metric-missing",
          "effect": "dropped",
          "message": ""Nope" is no member of the root, so there is nothing to publish: write its value there",
          "name": "Nope",
        },
      ]
    `);
  });

  it('never throws, whatever is printed', () => {
    const anything = fc.oneof(fc.jsonValue(), fc.constant(undefined));
    const parts = fc.record(
      { namespace: anything, dimensions: anything, metrics: anything, timestamp: anything },
      { requiredKeys: [] },
    );
    fc.assert(fc.property(parts, (some) => void parseEmf(line(some as Parts))));
    fc.assert(fc.property(fc.jsonValue(), (_aws) => void parseEmf(JSON.stringify({ _aws }))));
    fc.assert(fc.property(fc.string(), (text) => void parseEmf(`{"_aws"${text}`)));
  });
});
