import { seconds } from '@voice-campaign/metrics-schema';
import { describe, expect, it } from 'vitest';
import { sumOf, testProcess } from './test-process.ts';

/** What a caller without types can do. */
type Untyped = Record<'add' | 'set' | 'record', (...args: readonly unknown[]) => void>;

function untyped(options = {}) {
  const run = testProcess(options);
  return { ...run, loose: run.metrics as unknown as Untyped };
}

describe('a bad sample is dropped with one error, never thrown', () => {
  it.each([
    ['NaN', 'bad-value', ['set', 'ActiveCalls', Number.NaN]],
    ['infinity', 'bad-value', ['set', 'ActiveCalls', Number.POSITIVE_INFINITY]],
    ['out of range', 'bad-value', ['set', 'ActiveCalls', 2 ** 361]],
    ['text', 'bad-value', ['set', 'ActiveCalls', '3']],
    ['nothing', 'bad-value', ['set', 'ActiveCalls', undefined]],
    ['null', 'bad-value', ['set', 'ActiveCalls', null]],
    ['a quantity of NaN', 'bad-value', ['record', 'SetupTime', { unit: 'Milliseconds', value: Number.NaN }]],
    ['another unit', 'wrong-unit', ['record', 'SetupTime', seconds(1)]],
    ['a symbol as unit', 'wrong-unit', ['record', 'SetupTime', { unit: Symbol('s'), value: 1 }]],
    ['add on a gauge', 'wrong-call', ['add', 'ActiveCalls', 1]],
    ['an undeclared metric', 'not-emitted', ['add', 'Nope', 1]],
    ['a member of every object', 'not-emitted', ['add', 'constructor', 1]],
    ["another emitter's metric", 'not-emitted', ['add', 'TotalCalls', 1]],
  ] as const)('%s', async (_name, code, [call, ...args]) => {
    const { loose, flush, puts, issues } = untyped();
    loose[call](...args);
    loose[call](...args);
    await flush();
    expect(puts).toEqual([]);
    expect(issues.map((issue) => issue.code)).toEqual([code]);
    expect(issues[0]?.message).toContain(args[0]);
  });

  it('a counter whose sum would leave the range', async () => {
    const { metrics, flush, data, issues } = testProcess();
    metrics.add('Ringing', 2 ** 360);
    metrics.add('Ringing', 2 ** 360);
    await flush();
    expect(data().map(({ Value }) => Value)).toEqual([2 ** 360]);
    expect(issues.map(({ code }) => code)).toEqual(['bad-value']);
  });

  it('an error handler that throws is ignored', () => {
    const { loose } = untyped({
      onError: () => {
        throw new Error('handler');
      },
    });
    expect(() => loose.set('ActiveCalls', Number.NaN)).not.toThrow();
  });

  it('is a process warning when nobody listens', async () => {
    const warned = new Promise<Error>((resolve) => process.once('warning', resolve));
    untyped({ onError: undefined }).loose.set('ActiveCalls', Number.NaN);
    expect(await warned).toMatchObject({ name: 'VoiceCampaignWarning', code: 'bad-value' });
  });
});

describe('dimensions', () => {
  it.each([
    ['an undeclared value', { Trunk: 'north', Cause: '16' }],
    ['no text', { Trunk: 3, Cause: '16' }],
    ['nothing', undefined],
    ['null', null],
    ['a text', 'east'],
  ])('that are %s cost the sample the sets they are in, not its value', async (_name, dimensions) => {
    const { loose, flush, data, issues } = untyped();
    loose.add('Hangups', 1, dimensions);
    loose.add('Hangups', 1, dimensions);
    await flush();
    expect(data().map(({ Dimensions, Value }) => [Dimensions, Value])).toEqual([[undefined, 2]]);
    expect(issues.map(({ code }) => code)).toContain('bad-dimension');
  });

  it.each(['', '  ', ':a', 'ü', 'x'.repeat(1025)])('refuse the value "%s" as CloudWatch would', async (value) => {
    const { metrics, flush, data, issues } = testProcess();
    metrics.add('CampaignHangups', 1, { CampaignId: value });
    await flush();
    expect(data().map(({ Dimensions }) => Dimensions)).toEqual([undefined]);
    expect(issues).toMatchObject([{ code: 'bad-dimension', dimension: 'CampaignId', value }]);
  });

  it('open as many series as maxValues allows; beyond, one warning and the series without dimensions', async () => {
    const { metrics, flush, data, issues } = testProcess();
    for (const CampaignId of ['a', 'b', 'c', 'd', 'a']) metrics.add('CampaignHangups', 1, { CampaignId });
    await flush();
    for (const CampaignId of ['a', 'c', 'b']) metrics.add('CampaignHangups', 1, { CampaignId });
    await flush();
    expect(sumOf(data(), 'CampaignHangups', { CampaignId: 'a' })).toBe(3);
    expect(sumOf(data(), 'CampaignHangups', { CampaignId: 'b' })).toBe(2);
    expect(sumOf(data(), 'CampaignHangups')).toBe(3);
    expect(issues).toMatchObject([{ code: 'too-many-values', dimension: 'CampaignId', limit: 2 }]);
  });

  it('keep the sets without the one that has too many values', async () => {
    const { metrics, flush, data } = testProcess();
    for (const Cause of ['16', '17', '18']) metrics.add('Hangups', 1, { Trunk: 'west', Cause });
    await flush();
    expect(sumOf(data(), 'Hangups')).toBe(3);
    expect(sumOf(data(), 'Hangups', { Trunk: 'west' })).toBe(3);
    expect(sumOf(data(), 'Hangups', { Trunk: 'west', Cause: '18' })).toBe(0);
  });
});
