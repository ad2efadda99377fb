import { describe, expect, it } from 'vitest';
import { testClock } from '../../src/core/clock.ts';
import type { LogEvent } from '../../src/lambda/events.ts';
import { createLogs } from '../../src/logs/logs.ts';
import { createMetrics } from '../../src/metrics/metrics.ts';
import { memoryJournal } from '../../src/state/journal.ts';

const now = 1_795_000_000_000;
const event = (message: string, change: Partial<LogEvent> = {}): LogEvent => ({
  functionName: 'dialer-worker',
  logGroup: '/aws/lambda/dialer-worker',
  logStream: 'stream-1',
  timestamp: now,
  message,
  source: 'stdout',
  writerBeganAt: now,
  ...change,
});

const emf = (change: object = {}, metrics = [{ Name: 'TotalCalls', Unit: 'Count' }]): string =>
  JSON.stringify({
    _aws: { Timestamp: now, CloudWatchMetrics: [{ Namespace: 'voice/test', Dimensions: [[]], Metrics: metrics }] },
    TotalCalls: 3,
    campaignId: 'c-1',
    ...change,
  });

const stores = (byteLimit?: number) => {
  const limit = byteLimit === undefined ? {} : { byteLimit };
  const clock = testClock(now);
  const metrics = createMetrics({ now: clock.now, record: () => {} });
  return {
    metrics,
    clock,
    logs: createLogs({
      metrics,
      journal: memoryJournal,
      clock,
      now: () => now,
      accountId: '123456789012',
      region: 'us-east-1',
      ...limit,
    }),
  };
};

describe('logs', () => {
  it('makes metrics of EMF lines, with their properties and the log group they came from', () => {
    const { logs, metrics } = stores();
    logs.addLine(event(emf()));
    expect(metrics.total('voice/test', 'TotalCalls').sum).toBe(3);
    expect(metrics.samples()).toMatchObject([
      { name: 'TotalCalls', value: 3, properties: { campaignId: 'c-1' }, source: '/aws/lambda/dialer-worker' },
    ]);
    expect(logs.rejected()).toEqual([]);
  });

  it('takes lines that are no EMF for what they are', () => {
    const { logs, metrics } = stores();
    for (const line of ['hello', '{"level":"INFO","message":"dialled"}', '']) logs.addLine(event(line));
    expect(metrics.series()).toEqual([]);
    expect(logs.errorCounts()).toEqual({ EMFParsingErrors: 0, EMFValidationErrors: 0 });
  });

  it('finds events by group, stream and request', () => {
    const { logs } = stores();
    logs.addLine(event('a', { requestId: 'r-1' }));
    logs.addLine(event('b', { logStream: 'stream-2' }));
    logs.addLine(event('c', { logGroup: '/aws/lambda/dispatcher' }));
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
    logs.addLine(event(emf({ _aws: { Timestamp: 'today', CloudWatchMetrics: [] } })));
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
    logs.addLine(event(emf({ BadCalls: null }, two)));
    expect(metrics.total('voice/test', 'TotalCalls').sum).toBe(3);
    expect(logs.rejected()).toMatchObject([
      { counter: 'EMFValidationErrors', effect: 'dropped', reasons: [expect.stringContaining('BadCalls')] },
    ]);
  });

  it('counts EMF that the JSON log format or a prefix spoils as a parsing error', () => {
    const { logs, metrics } = stores();
    const wrapped = JSON.stringify({ level: 'INFO', message: emf() });
    logs.addLine(event(wrapped));
    logs.addLine(event(emf().slice(0, -1)));
    expect(metrics.series()).toEqual([]);
    expect(logs.errorCounts().EMFParsingErrors).toBe(2);
  });

  it('keeps the newest lines within its limit, and says how many it dropped', () => {
    const { logs } = stores(100_000);
    for (let index = 0; index < 1000; index += 1) logs.addLine(event(`line ${String(index).padStart(5, '0')}`));
    const kept = logs.events();
    expect(kept.length + logs.droppedEvents()).toBe(1000);
    expect(logs.size().maxBytes).toBe(100_000);
    expect(logs.size().bytes).toBeLessThanOrEqual(100_000);
    expect(kept.at(-1)?.message).toBe('line 00999');
  });

  it('counts what an event takes beside its message, and the two bytes a character of some', () => {
    const sizeOf = (message: string): number => {
      const { logs } = stores();
      logs.addLine(event(message));
      return logs.size().bytes;
    };
    expect(sizeOf('x')).toBe(257);
    expect(sizeOf('é'.repeat(100))).toBe(356);
    expect(sizeOf(`${'x'.repeat(99)}→`)).toBe(456);
    const { logs } = stores();
    for (const line of ['one', 'two']) logs.addLine(event(line));
    logs.deleteGroup('/aws/lambda/dialer-worker');
    expect(logs.size().bytes).toBe(0);
  });

  it('leaves the lines of the platform alone', () => {
    const { logs, metrics } = stores();
    logs.addLine(event(emf(), { source: 'platform' }));
    expect(metrics.series()).toEqual([]);
  });

  it("puts lines and their EMF on the emulator's clock, which may be far from real time", async () => {
    const { logs, metrics, clock } = stores();
    await clock.advance('10d');
    logs.addLine(event(emf()));
    expect(logs.events()).toMatchObject([{ timestamp: now + 10 * 86_400_000, ingestedAt: now + 10 * 86_400_000 }]);
    expect(metrics.samples()).toMatchObject([{ timestamp: now + 10 * 86_400_000, value: 3 }]);
  });

  it('puts what an invocation has just measured at the moment that the clock shows, not in the minute before', () => {
    const { logs, metrics } = stores();
    const sampledAt = (change: Partial<LogEvent>) => {
      logs.addLine(event(emf(), change));
      return (metrics.samples().at(-1)?.timestamp ?? 0) - now;
    };
    expect(sampledAt({ timestamp: now + 3, writerBeganAt: now - 20 })).toBe(0);
    expect(sampledAt({ timestamp: now + 4000, writerBeganAt: now })).toBe(0);
    // What a handler says to be older than its invocation, or yet to come, is as far off on the clock.
    expect(sampledAt({ timestamp: now + 300_000, writerBeganAt: now + 299_000 })).toBe(-300_000);
    expect(sampledAt({ timestamp: now - 60_000, writerBeganAt: now - 61_000 })).toBe(60_000);
    expect(logs.events().map(({ timestamp }) => timestamp - now)).toEqual([0, 0, 0, 0]);
  });

  it("forgets what is past its group's retention", async () => {
    const { logs, clock } = stores();
    logs.addLine(event('old'));
    const group = logs.state.groups.get('/aws/lambda/dialer-worker');
    if (group === undefined) throw new Error('no group');
    logs.commit({ kind: 'group', group: { ...group, retentionDays: 1 } });
    await clock.advance('23h');
    expect(logs.events()).toHaveLength(1);
    await clock.advance('1h');
    expect(logs.events()).toEqual([]);
  });

  it('counts what AWS/Logs publishes, by group and in all', () => {
    const { logs } = stores();
    logs.addLine(event('hello'));
    logs.addLine(event(emf().slice(0, -1)));
    logs.addLine(event('hello', { logGroup: '/aws/lambda/dispatcher' }));
    const data = logs
      .takeMinute(now)
      .map((datum) => [datum.dimensions.LogGroupName, datum.name, 'values' in datum && datum.values]);
    expect(data).toContainEqual(['/aws/lambda/dialer-worker', 'IncomingLogEvents', [2]]);
    expect(data).toContainEqual(['/aws/lambda/dialer-worker', 'EMFParsingErrors', [1]]);
    expect(data).toContainEqual(['/aws/lambda/dispatcher', 'IncomingBytes', [31]]);
    expect(data).toContainEqual([undefined, 'IncomingLogEvents', [3]]);
    expect(logs.takeMinute(now)).toEqual([]);
  });
});
