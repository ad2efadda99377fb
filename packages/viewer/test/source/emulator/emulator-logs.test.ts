import { type Emulator, startEmulator } from '@voice-campaign/emulator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { emulatorSource, startViewer, type Viewer } from '../../../src/index.ts';

const now = Date.UTC(2026, 10, 24, 12);
const group = '/voice/asterisk';

describe('a query over the logs of an emulator', () => {
  let emulator: Emulator;
  let viewer: Viewer;
  const faults: unknown[] = [];

  const logs = async (operation: string, input: Readonly<Record<string, unknown>>): Promise<void> => {
    const headers = { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': `Logs_20140328.${operation}` };
    const body = JSON.stringify({ logGroupName: group, ...input });
    expect((await fetch(emulator.url, { method: 'POST', headers, body })).status).toBe(200);
  };

  beforeAll(async () => {
    emulator = await startEmulator({
      functions: [],
      stopOnSignals: false,
      now: () => now,
      runningQueryByteLimit: 100_000,
    });
    await logs('CreateLogGroup', {});
    await logs('CreateLogStream', { logStreamName: 's' });
    const logEvents = Array.from({ length: 10 }, () => ({ timestamp: now - 1000, message: 'z'.repeat(1000) }));
    await logs('PutLogEvents', { logStreamName: 's', logEvents });
    viewer = await startViewer({
      source: emulatorSource(emulator, { now: () => now }),
      onError: (error) => faults.push(error),
    });
  });
  afterAll(async () => {
    await viewer?.stop();
    await emulator?.stop();
  });

  const ask = async (query: string) => {
    const asked = new URLSearchParams({ query: `SOURCE '${group}' | ${query}`, start: '-PT1H' });
    const response = await fetch(`${viewer.url}/api/logs/query?${asked}`);
    return { status: response.status, body: await response.json() };
  };

  it('has no more memory than one that StartQuery runs, and says so to whoever asked', async () => {
    expect(await ask('stats count(*) as n')).toMatchObject({ status: 200, body: { rows: [['10']] } });
    const doublings = 'fields concat(@message, @message) as a | fields concat(a, a) as b | fields concat(b, b) as c';
    expect(await ask(doublings)).toEqual({
      status: 400,
      body: { message: expect.stringContaining('the query takes more than 100000 bytes of memory while it runs') },
    });
    expect(faults).toEqual([]);
  });
});
