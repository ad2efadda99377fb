import { expect, it } from 'vitest';
import { metricInput, metricKey, metricOf } from '../../src/series/metric.ts';

it('is one metric in whatever order its dimensions are named', () => {
  const base = { namespace: 'AWS/SQS', name: 'NumberOfMessagesSent' };
  expect(metricKey({ ...base, dimensions: { a: '1', b: '2' } })).toBe(
    metricKey({ ...base, dimensions: { b: '2', a: '1' } }),
  );
});

it('keeps metrics apart whose parts only join to the same text', () => {
  const keys = [
    { namespace: 'a', name: 'b', dimensions: { c: 'd' } },
    { namespace: 'a', name: 'bc', dimensions: { d: '' } },
    { namespace: 'a', name: 'b', dimensions: { 'c","d': '' } },
  ].map(metricKey);
  expect(new Set(keys).size).toBe(3);
});

it('reads a metric as the API names it, and names it so again', () => {
  const input = { Namespace: 'AWS/SQS', MetricName: 'NumberOfMessagesSent', Dimensions: [{ Name: 'a', Value: '1' }] };
  const metric = { namespace: 'AWS/SQS', name: 'NumberOfMessagesSent', dimensions: { a: '1' } };
  expect(metricOf(input)).toEqual(metric);
  expect(metricInput(metric)).toEqual(input);
  expect(metricOf({})).toEqual({ namespace: '', name: '', dimensions: {} });
});
