import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { voiceCampaign } from '@voice-campaign/metrics-schema';
import { build } from 'esbuild';
import { expect, it } from 'vitest';
import { bufferLogs, instrument, type TelemetryIssue, type Tools } from '../../src/index.ts';
import { eachRecord } from '../../src/sqs.ts';
import { fakeContext, memorySink } from '../../src/testing.ts';

const broken = (): never => {
  throw new Error('EPIPE');
};
const { traceHeader = '' } = memorySink();
const batch = { Records: [{ messageId: 'm-1', attributes: {}, messageAttributes: {} }] } as never;
const answer = { batchItemFailures: [{ itemIdentifier: 'm-1' }] };

it.each<[string, (tools: Tools<typeof voiceCampaign, 'dialer-worker'>) => unknown, unknown]>([
  ['samples and spans', ({ metrics, trace }) => trace.span('dial', () => metrics.add('TotalCalls', 1)), undefined],
  ['log lines', ({ log }) => log.info('dialled'), undefined],
  ['issues', ({ metrics }) => metrics.add('TotalCalls', Number.NaN), undefined],
  ['records that fail', () => eachRecord(batch, broken), answer],
])('a sink that throws fails no handler, and onError hears of it: %s', async (_what, work, response) => {
  const issues: TelemetryIssue[] = [];
  const options = {
    sink: { write: broken, send: broken, traceHeader },
    namespace: 'voice-campaign/test',
    logBuffer: bufferLogs(),
    onError: (issue: TelemetryIssue) => issues.push(issue),
  };
  const handler = instrument(voiceCampaign, 'dialer-worker', (_event: object, tools) => work(tools), options);
  await expect(handler({}, fakeContext())).resolves.toEqual(response);
  expect(issues).toContainEqual({
    code: 'write-failed',
    message: 'a document of a trace could not be written: Error: EPIPE',
    error: expect.any(Error),
  });
});

it('a failing handler with lines that wait keeps its own error', async () => {
  const sink = { write: broken, send: broken };
  const work = (_event: object, { log }: Tools<typeof voiceCampaign, 'dialer-worker'>) => {
    log.debug('dialling');
    throw new Error('no trunk');
  };
  const options = { sink, namespace: 'voice-campaign/test', logBuffer: bufferLogs() };
  await expect(instrument(voiceCampaign, 'dialer-worker', work, options)({}, fakeContext())).rejects.toThrow(
    'no trunk',
  );
});

it('a process whose stdout is closed lives on, and hears of each line', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'closed-stdout-'));
  const outfile = join(folder, 'worker.mjs');
  const entry = fileURLToPath(new URL('./closed-stdout-worker.ts', import.meta.url));
  const banner = { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" };
  const conditions = ['@voice-campaign/source'];
  await build({ entryPoints: [entry], outfile, bundle: true, platform: 'node', format: 'esm', banner, conditions });
  const child = spawn(process.execPath, [outfile], { stdio: ['pipe', 'pipe', 'pipe'] });
  child.stdout.destroy();
  await once(child.stdout, 'close');
  child.stdin.end('go');
  let text = '';
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  await once(child, 'close');
  rmSync(folder, { recursive: true });
  expect(text).toBe('["done",["write-failed EPIPE"]]');
});
