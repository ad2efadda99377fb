import { voiceCampaign } from '@voice-campaign/metrics-schema';
import type { SQSEvent, SQSRecord } from 'aws-lambda';
import { describe, expect, it, vi } from 'vitest';
import { bufferLogs, type HandlerTools, instrument, type LogBufferOptions } from '../../src/index.ts';
import { eachRecord } from '../../src/sqs.ts';
import { fakeContext, memorySink } from '../../src/testing.ts';

type Log = HandlerTools<typeof voiceCampaign, 'dialer-worker'>['log'];

function setUp(buffer?: LogBufferOptions) {
  const sink = memorySink();
  const options = { sink, namespace: 'voice-campaign/test', logBuffer: bufferLogs(buffer), deadlineGuardMs: 50 };
  const messages = () => sink.logs().map(({ message }) => message);
  const handlerOf = (work: (log: Log, event: string, signal: AbortSignal) => unknown) =>
    instrument(voiceCampaign, 'dialer-worker', (event: string, { log, signal }) => work(log, event, signal), options);
  return { sink, messages, handlerOf, options };
}

describe('lines of a low level', () => {
  it('are dropped when all is well, and the others are written at once', async () => {
    const { messages, handlerOf } = setUp({ level: 'info' });
    const handler = handlerOf((log) => {
      log.debug('a detail');
      log.info('a step');
      log.warn('odd');
    });
    await handler('', fakeContext());
    expect(messages()).toEqual(['odd']);
  });

  it('are written, in order and as they were, when the handler throws', async () => {
    const { sink, messages, handlerOf } = setUp();
    const task = { outcome: 'ringing' };
    const handler = handlerOf((log) => {
      log.debug('dialling', { task, to: '+15551234567' });
      task.outcome = 'lost';
      log.info('dialled');
      throw new Error('no trunk');
    });
    await expect(handler('', fakeContext())).rejects.toThrow('no trunk');
    expect(messages()).toEqual(['dialled', 'dialling']);
    expect(sink.logs()[1]).toMatchObject({ level: 'DEBUG', task: { outcome: 'ringing' }, to: '+1********67' });
  });

  it('are written before a line of level error, and wait again after it', async () => {
    const { messages, handlerOf } = setUp();
    const handler = handlerOf((log) => {
      log.debug('before');
      log.error('no trunk');
      log.debug('after');
    });
    await handler('', fakeContext());
    expect(messages()).toEqual(['before', 'no trunk']);
  });

  it('wait on where a line of level error is not to write them', async () => {
    const { messages, handlerOf } = setUp({ flushOnErrorLog: false });
    const handler = handlerOf((log) => {
      log.debug('before');
      log.error('no trunk');
    });
    await handler('', fakeContext());
    expect(messages()).toEqual(['no trunk']);
  });

  it('are written before the timeout', async () => {
    const { messages, handlerOf } = setUp();
    const handler = handlerOf(async (log, _event, signal) => {
      log.debug('waiting for an answer');
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
    });
    await handler('', fakeContext({ remainingMs: 60 }));
    expect(messages()).toEqual(['waiting for an answer']);
  });

  it('are written on SIGTERM', async () => {
    vi.resetModules();
    const { instrument: fresh } = await import('../../src/instrument.ts');
    const { messages, options } = setUp();
    const stay = () => {};
    process.on('SIGTERM', stay);
    const handler = fresh(
      voiceCampaign,
      'dialer-worker',
      (_event: string, { log }) => {
        log.debug('half way');
        process.emit('SIGTERM');
      },
      options,
    );
    await handler('', fakeContext());
    process.off('SIGTERM', stay);
    expect(messages()).toEqual(['half way']);
  });

  it('of one invocation are not written by the failure of another', async () => {
    const { messages, handlerOf } = setUp();
    const handler = handlerOf(async (log, event) => {
      log.debug(`of ${event}`);
      await new Promise((resolve) => setImmediate(resolve));
      if (event === 'b') throw new Error('down');
    });
    await Promise.allSettled(['a', 'b', 'c'].map((event) => handler(event, fakeContext())));
    expect(messages()).toEqual(['of b']);
  });

  it('of one record are not written by the failure of another, but those around them are', async () => {
    const { messages, options } = setUp();
    const handler = instrument(
      voiceCampaign,
      'dialer-worker',
      (event: SQSEvent, { log }) => {
        log.debug('the batch');
        return eachRecord(event, async ({ messageId }) => {
          log.debug(`dialling ${messageId}`);
          await new Promise((resolve) => setImmediate(resolve));
          if (messageId === 'b') throw new Error('down');
        });
      },
      options,
    );
    const record = (messageId: string) => ({ messageId, attributes: {}, messageAttributes: {} }) as SQSRecord;
    await handler({ Records: ['a', 'b', 'c'].map(record) }, fakeContext());
    expect(messages()).toEqual(['the batch', 'dialling b', 'record failed']);
  });
});

it('holds no more than maxBytes, drops the oldest and says how many', async () => {
  const { messages, handlerOf } = setUp({ maxBytes: 2000 });
  const handler = handlerOf((log) => {
    for (let i = 0; i < 50; i += 1) log.debug(`line ${i}`);
    log.debug('x'.repeat(3000));
    throw new Error('down');
  });
  await expect(handler('', fakeContext())).rejects.toThrow();
  const [large, ...kept] = messages();
  expect(large).toBe('x'.repeat(3000));
  const count = kept.length - 1;
  expect(count).toBeGreaterThan(2);
  expect(kept).toEqual([
    ...Array.from({ length: count }, (_, index) => `line ${50 - count + index}`),
    `${50 - count} log lines did not fit: raise maxBytes of logBuffer`,
  ]);
});
