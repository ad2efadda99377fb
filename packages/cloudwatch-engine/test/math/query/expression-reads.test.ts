import { describe, expect, it } from 'vitest';
import { expressionReads } from '../../../src/math.ts';

const readsOf = (text: string) => {
  const parsed = expressionReads(text);
  if (!parsed.ok) throw new Error(parsed.issue.message);
  return parsed.value;
};

describe('what an expression reads', () => {
  it('names each query once', () => {
    expect(readsOf('IF(m2 >= 20, 100 * m1 / m2)')).toMatchObject({ references: ['m2', 'm1'], usesAll: false });
  });

  it('says that METRICS takes all', () => {
    expect(readsOf('SUM(METRICS())').usesAll).toBe(true);
  });

  it('finds searches with what they match', () => {
    const [search] = readsOf(`100 * SUM(SEARCH('{shop,Provider} MetricName="Sold" polly', 'Maximum', 60))`).searches;
    expect(search).toMatchObject({
      namespace: 'shop',
      statistic: 'Maximum',
      periodSeconds: 60,
      texts: ['Sold', 'polly'],
    });
    expect(search?.matches({ namespace: 'shop', name: 'Sold', dimensions: { Provider: 'polly' } })).toBe(true);
    expect(search?.matches({ namespace: 'shop', name: 'Sold', dimensions: {} })).toBe(false);
  });

  it('reads Metrics Insights', () => {
    const { insights } = readsOf('SELECT MAX(Age) FROM SCHEMA("AWS/SQS", QueueName) GROUP BY QueueName');
    expect(insights).toMatchObject({ select: { metricName: 'Age' }, from: { namespace: 'AWS/SQS' } });
  });

  it('names the place of what it cannot read', () => {
    expect(expressionReads('m1 +')).toMatchObject({ ok: false, issue: { at: 4 } });
    expect(expressionReads(`SEARCH('{shop', 'Sum')`)).toMatchObject({ ok: false });
    expect(expressionReads('SEARCH(m1, m2)')).toMatchObject({ ok: false, issue: { at: 0 } });
  });
});
