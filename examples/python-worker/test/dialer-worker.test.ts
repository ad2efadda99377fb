import { execFile, spawnSync } from 'node:child_process';
import { createSocket, type Socket } from 'node:dgram';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type ParsedEmf, parseEmf, validateSegment, voiceCampaign } from '@voice-campaign/metrics-schema';
import { describe, expect, it, onTestFinished } from 'vitest';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const imports = 'from aws_lambda_powertools import Logger, Metrics, Tracer';
const hasPowertools = spawnSync('python3', ['-c', `${imports}; import aws_xray_sdk`]).status === 0;
const suite = 'the example in Python';

const TRACE = 'Root=1-6b050c54-88aee2768d7f23b8ed6ff32e;Parent=c3e7a228a1b1238e;Sampled=1';

/** Where Lambda's X-Ray daemon listens, and what it was sent. */
async function daemon(): Promise<{ readonly address: string; readonly documents: string[] }> {
  const documents: string[] = [];
  const socket: Socket = createSocket('udp4', (message) => documents.push(String(message).split('\n')[1] ?? ''));
  await new Promise<void>((resolve) => void socket.bind(0, '127.0.0.1', resolve));
  onTestFinished(() => void socket.close());
  return { address: `127.0.0.1:${socket.address().port}`, documents };
}

async function invoke(event: object, address: string): Promise<readonly string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'python-worker-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  cpSync(here('../dialer_worker.py'), join(folder, 'dialer_worker.py'));
  cpSync(here('../../../terraform/modules/monitoring/contract.json'), join(folder, 'contract.json'));
  const env = {
    ...process.env,
    PROJECT_NAME: 'voice-campaign',
    ENVIRONMENT: 'test',
    AWS_LAMBDA_FUNCTION_NAME: 'voice-campaign-test-dialer-worker',
    LAMBDA_TASK_ROOT: folder,
    AWS_XRAY_DAEMON_ADDRESS: address,
    _X_AMZN_TRACE_ID: TRACE,
    PYTHONDONTWRITEBYTECODE: '1',
  };
  const { stdout } = await promisify(execFile)('python3', [here('./invoke.py'), folder, JSON.stringify(event)], {
    env,
  });
  return stdout.trim().split('\n');
}

it('is what the page on tracing shows', () => {
  const page = readFileSync(here('../../../terraform/modules/monitoring/XRAY_LAMBDA_SETUP.md'), 'utf8');
  const code = readFileSync(here('../dialer_worker.py'), 'utf8');
  expect(page).toContain(`\`\`\`python\n${code}\`\`\``);
});

const title = hasPowertools ? suite : `${suite} (needs: pip install "aws-lambda-powertools[tracer]")`;
describe.skipIf(!hasPowertools)(title, () => {
  it('emits the series of the contract, and a trace that X-Ray takes', async () => {
    const { address, documents } = await daemon();
    const lines = await invoke({ callId: 'spring-42' }, address);
    const parsed = lines.filter((line) => line.includes('"_aws"')).map((line) => parseEmf(line, { now: Date.now() }));
    expect(parsed.every(({ ok }) => ok)).toBe(true);
    const points = parsed.flatMap((each: ParsedEmf) => (each.ok ? each.datapoints : []));
    expect(
      points.map(({ namespace, name, unit, dimensions, values }) => [namespace, name, unit, dimensions, values]),
    ).toEqual(
      (['TotalCalls', 'AnsweredCalls'] as const).map((name) => {
        expect(voiceCampaign.emitters['dialer-worker'].emits).toContain(name);
        return ['voice-campaign/test', name, voiceCampaign.metrics[name].unit, {}, [1]];
      }),
    );
    expect(lines.some((line) => line.includes('"callId":"spring-42"') || line.includes('"callId": "spring-42"'))).toBe(
      true,
    );
    expect(lines).toContain('{"response": {"outcome": "answered"}}');
    await expect.poll(() => documents.length).toBeGreaterThan(0);
    for (const document of documents) expect(validateSegment(JSON.parse(document))).toEqual([]);
    const text = documents.join();
    expect(text).toContain('## handler');
    expect(text).toMatch(/"annotations": ?\{[^}]*"callId": ?"spring-42"/);
  });

  it('refuses a metric that the contract does not let it emit', async () => {
    const { address } = await daemon();
    await expect(invoke({ add: 'OptOuts' }, address)).rejects.toThrow('dialer-worker is not declared to emit OptOuts');
  });
});
