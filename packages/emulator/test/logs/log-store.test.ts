import { describe, expect, it } from 'vitest';
import type { LogEvent } from '../../src/lambda/events.ts';
import { createLogStore } from '../../src/logs/log-store.ts';
import { createMetricStore } from '../../src/metrics/metric-store.ts';

const now = 1_795_000_000_000;
const event = (message: string, change: Partial<LogEvent> = {}): LogEvent => ({
  functionName: 'dialer-worker',
  logGroup: '/aws/lambda/dialer-worker',
  logStream: 'stream-1',
  timestamp: now,
  message,
  source: 'stdout',
  ...change,
});

const emf = (change: object = {}, metrics = [{ Name: 'TotalCalls', Unit: 'Count' }]): string =>
  JSON.stringify({
    _aws: { Timestamp: now, CloudWatchMetrics: [{ Namespace: 'voice/test', Dimensions: [[]], Metrics: metrics }] },
    TotalCalls: 3,
    campaignId: 'c-1',
    ...change,
  });

const stores = (characterLimit?: number) => {
  const metrics = createMetricStore();
  const limit = characterLimit === undefined ? {} : { characterLimit };
  return { metrics, logs: createLogStore({ metrics, now: () => now, ...limit }) };
};

describe('the log store', () => {
  it('makes metrics of EMF lines, with their properties and the log group they came from', () => {
    const { logs, metrics } = stores();
    logs.add(event(emf()));
    expect(metrics.total('voice/test', 'TotalCalls').sum).toBe(3);
    expect(metrics.samples()).toMatchObject([
      { name: 'TotalCalls', value: 3, properties: { campaignId: 'c-1' }, source: '/aws/lambda/dialer-worker' },
    ]);
    expect(logs.rejected()).toEqual([]);
  });

  it('takes lines that are no EMF for what they are', () => {
    const { logs, metrics } = stores();
    for (const line of ['hello', '{"level":"INFO","message":"dialled"}', '']) logs.add(event(line));
    expect(metrics.series()).toEqual([]);
    expect(logs.errorCounts()).toEqual({ EMFParsingErrors: 0, EMFValidationErrors: 0 });
  });

  it('finds events by group, stream and request', () => {
    const { logs } = stores();
    logs.add(event('a', { requestId: 'r-1' }));
    logs.add(event('b', { logStream: 'stream-2' }));
    logs.add(event('c', { logGroup: '/aws/lambda/dispatcher' }));
    const messages = (filter: Parameters<typeof logs.events>[0]) => logs.events(filter).map(({ message }) => message);
    expect(messages({ requestId: 'r-1' })).toEqual(['a']);
    expect(messages({ logStream: 'stream-2' })).toEqual(['b']);
    expect(messages({ logGroup: '/aws/lambda/dialer-worker' })).toEqual(['a', 'b']);
    expect(messages({})).toEqual(['a', 'b', 'c']);
    expect(logs.groups()).toEqual(['/aws/lambda/dialer-worker', '/aws/lambda/dispatcher']);
    expect(logs.streams('/aws/lambda/dialer-worker')).toEqual(['stream-1', 'stream-2']);
  });

  it('counts a document that breaks a rule as a validation error, and says which', () => {
    const { logs, metrics } = stores();
    logs.add(event(emf({ _aws: { Timestamp: 'today', CloudWatchMetrics: [] } })));
    expect(metrics.series()).toEqual([]);
    expect(logs.errorCounts()).toEqual({ EMFParsingErrors: 0, EMFValidationErrors: 1 });
    expect(logs.rejected()).toMatchObject([{ effect: 'rejected', reasons: [expect.stringContaining('Timestamp')] }]);
  });

  it('counts a metric that is dropped from an otherwise good document', () => {
    const { logs, metrics } = stores();
    const two = [
      { Name: 'TotalCalls', Unit: 'Count' },
      { Name: 'BadCalls', Unit: 'Count' },
    ];
    logs.add(event(emf({ BadCalls: null }, two)));
    expect(metrics.total('voice/test', 'TotalCalls').sum).toBe(3);
    expect(logs.rejected()).toMatchObject([
      { counter: 'EMFValidationErrors', effect: 'dropped', reasons: [expect.stringContaining('BadCalls')] },
    ]);
  });

  it('counts EMF that the JSON log format or a prefix spoils as a parsing error', () => {
    const { logs, metrics } = stores();
    const wrapped = JSON.stringify({ level: 'INFO', message: emf() });
    logs.add(event(wrapped));
    logs.add(event(emf().slice(0, -1)));
    expect(metrics.series()).toEqual([]);
    expect(logs.errorCounts().EMFParsingErrors).toBe(2);
  });

  it('keeps the newest lines within its limit, and says how many it dropped', () => {
    const { logs } = stores(1000);
    for (let index = 0; index < 500; index += 1) logs.add(event(`line ${String(index).padStart(5, '0')}`));
    const kept = logs.events();
    expect(kept.length + logs.droppedEvents()).toBe(500);
    expect(kept.reduce((sum, { message }) => sum + message.length, 0)).toBeLessThanOrEqual(1000);
    expect(kept.at(-1)?.message).toBe('line 00499');
  });

  it('leaves the lines of the platform alone', () => {
    const { logs, metrics } = stores();
    logs.add(event(emf(), { source: 'platform' }));
    expect(metrics.series()).toEqual([]);
  });
});
