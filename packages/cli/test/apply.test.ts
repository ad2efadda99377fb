import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmulator } from '@voice-campaign/emulator';
import { expect, it, onTestFinished } from 'vitest';
import { runCommand } from '../src/run-command.ts';

const provisioning = new URL('../../provisioning/src/index.ts', import.meta.url).href;
const config = `
  import { voiceCampaignMonitoring } from ${JSON.stringify(provisioning)};
  export const monitoring = voiceCampaignMonitoring;
  export const inputs = { projectName: 'voice-campaign', environment: 'test', sqsQueueNames: ['voice-campaign-test-dial'] };`;

const run = async (...args: readonly string[]) => {
  const folder = mkdtempSync(join(tmpdir(), 'apply-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'voice-campaign.config.ts');
  writeFileSync(file, config);
  const out: string[] = [];
  const streams = { out: (text: string) => void out.push(text), err: (text: string) => void out.push(text) };
  const code = await runCommand(['--config', file, 'apply', ...args], streams, () => new AbortController().signal);
  return { code, out: out.join('') };
};

it('brings the plan about in an emulator, once, and says what it would do', async () => {
  const emulator = await startEmulator({ functions: [], warn: () => {} });
  onTestFinished(() => emulator.stop());
  const endpoint = ['--endpoint', emulator.url];
  const looked = await run(...endpoint, '--dry-run');
  expect([looked.code, emulator.alarms().length]).toEqual([0, 0]);
  const first = await run(...endpoint);
  expect(first.code).toBe(0);
  expect(first.out).toContain('created  AWS::CloudWatch::Alarm voice-campaign-test-critical-queue-depth-dial\n');
  expect(first.out).toMatch(/\n\d+ resources changed or wanting, 0 as they were\n$/);
  expect(emulator.alarms().map(({ name }) => name)).toContain('voice-campaign-test-warning-answer-rate');
  expect((await run(...endpoint)).out).toMatch(/^0 resources changed or wanting, \d+ as they were\n$/);
  const { resources, complete } = JSON.parse((await run(...endpoint, '--format', 'json')).out);
  expect([complete, new Set(resources.map(({ outcome }: { outcome: string }) => outcome))]).toEqual([
    true,
    new Set(['unchanged']),
  ]);
});

it('ends with 1 where nobody answers, and changes no account', async () => {
  const nobody = await run('--endpoint', 'http://127.0.0.1:9');
  expect(nobody.code).toBe(1);
  expect(nobody.out).toMatch(/^failed {3}AWS::SNS::Topic voice-campaign-test-alarms: .*ECONNREFUSED/);
  const account = await run('--endpoint', 'https://monitoring.us-east-1.amazonaws.com');
  expect([account.code, account.out]).toEqual([2, expect.stringContaining('is not on this machine')]);
});

it('knows the machine by its host, and an address from anything else', async () => {
  for (const elsewhere of [
    'http://localhost.example.com:1',
    'http://localhost:1@example.com',
    'http://127.example.com',
  ]) {
    const { code, out } = await run('--endpoint', elsewhere);
    expect([code, out]).toEqual([2, expect.stringContaining('is not on this machine')]);
  }
  for (const text of ['localhost:4580', 'nonsense']) {
    const { code, out } = await run('--endpoint', text);
    expect([code, out]).toEqual([2, expect.stringContaining('Give an address, such as http://127.0.0.1:4580.')]);
  }
});
