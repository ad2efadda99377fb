import { parseEmf } from '@voice-campaign/metrics-schema';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fixture, issuesOf, line, type Parts, TIMESTAMP, taken, written } from './emf-line.ts';

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
