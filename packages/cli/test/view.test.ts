import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startEmulator } from '@voice-campaign/emulator';
import { describe, expect, it, onTestFinished, vi } from 'vitest';

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));
const example = fileURLToPath(new URL('../../../examples/voice-campaign/voice-campaign.config.ts', import.meta.url));
const tsx = createRequire(import.meta.url).resolve('tsx');
const chromium = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';

const folder = (): string => {
  const made = mkdtempSync(join(tmpdir(), 'voice-campaign-view-'));
  onTestFinished(() => rmSync(made, { recursive: true }));
  return made;
};

/** Starts the command, and waits until it says where its page is, or ends. */
const start = async (...args: readonly string[]) => {
  const all = ['--import', tsx, '--conditions=@voice-campaign/source', main, ...args];
  const env = { ...process.env, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' };
  const child = spawn(process.execPath, all, { cwd: folder(), env });
  onTestFinished(() => void child.kill('SIGKILL'));
  let stdout = '';
  let stderr = '';
  const ended = new Promise<number | null>((resolve) => void child.once('close', resolve));
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  const url = await new Promise<string>((resolve) => {
    child.stdout.on('data', (chunk) => {
      stdout += chunk;
      const found = /Open (\S+) in/.exec(stdout)?.[1];
      if (found !== undefined) resolve(found);
    });
    child.once('close', () => resolve(''));
  });
  const get = async (path: string): Promise<unknown> => (await fetch(url + path)).json();
  return { url, get, stop: () => child.kill('SIGINT'), ended, stdout: () => stdout, stderr: () => stderr };
};

const body = { widgets: [{ type: 'text', x: 0, y: 0, width: 24, height: 3, properties: { markdown: '# Calls' } }] };

type PlanPage = {
  readonly cost: { readonly total: number };
  readonly drift: { readonly items: readonly { state: string }[] };
};

describe('voice-campaign view', { timeout: 90_000 }, () => {
  it('says that a port is taken, and that there is no browser for a picture', async () => {
    const emulator = await startEmulator({ functions: [], stopOnSignals: false });
    onTestFinished(() => emulator.stop());
    const { port } = new URL(emulator.url);
    const file = join(folder(), 'body.json');
    writeFileSync(file, JSON.stringify(body));
    const taken = await start('view', '--file', file, '--port', port);
    expect([await taken.ended, taken.stderr()]).toEqual([
      2,
      `port ${port} is taken: give another with --port, or none for a free one\n`,
    ]);
    vi.stubEnv('CHROMIUM_PATH', join(folder(), 'none'));
    onTestFinished(() => void vi.unstubAllEnvs());
    const pictured = await start('view', '--file', file, '--png', join(folder(), 'body.png'));
    expect(await pictured.ended).toBe(2);
    expect(pictured.stderr()).toContain('none');
    expect(pictured.stderr()).not.toContain('    at ');
  });

  it('watches an emulator by the definition, and ends when it is told to', async () => {
    const run = await start('--config', example, 'view');
    const { dashboards } = (await run.get('/api/dashboards')) as { dashboards: { name: string }[] };
    expect(run.stderr()).toBe('');
    expect(dashboards.map(({ name }) => name)).toContain('voice-campaign-production-campaign-overview');
    const { alarms } = (await run.get('/api/alarms')) as { alarms: { name: string }[] };
    expect(alarms.length).toBeGreaterThan(10);
    const { cost, drift } = (await run.get('/api/plan')) as PlanPage;
    expect(cost.total).toBeGreaterThan(10);
    expect(new Set(drift.items.map(({ state }) => state))).toEqual(new Set(['same']));
    run.stop();
    expect(await run.ended).toBe(0);
  });

  it('shows what answers at an endpoint, with a body of a file in place of its dashboards', async () => {
    const emulator = await startEmulator({ functions: [], stopOnSignals: false });
    onTestFinished(() => emulator.stop());
    const file = join(folder(), 'calls.json');
    writeFileSync(file, JSON.stringify({ DashboardName: 'calls', DashboardBody: JSON.stringify(body) }));
    const run = await start('view', '--endpoint', emulator.url, '--file', file);
    expect(await run.get('/api/meta')).toMatchObject({ kind: 'aws', region: 'us-east-1', endpoint: emulator.url });
    expect(await run.get('/api/dashboards')).toMatchObject({ dashboards: [{ name: 'calls' }] });
    expect(await run.get('/api/dashboards/calls')).toMatchObject({ dashboard: { widgets: [{ kind: 'text' }] } });
    run.stop();
    expect(await run.ended).toBe(0);
  });

  it.skipIf(!existsSync(chromium))(
    `writes a picture with ${chromium} (apt-get install chromium), and ends`,
    async () => {
      const made = folder();
      const [file, png] = [join(made, 'body.json'), join(made, 'body.png')];
      writeFileSync(file, JSON.stringify(body));
      const run = await start('view', '--file', file, '--png', png);
      expect([await run.ended, run.stderr()]).toEqual([0, '']);
      expect(readFileSync(png).subarray(1, 4).toString()).toBe('PNG');
    },
  );

  it('says what is wrong with how it was called', async () => {
    const none = await start('view', '--png', 'x.png');
    expect([await none.ended, none.stderr()]).toEqual([
      2,
      'there is no dashboard to take a picture of: name a body with --file\n',
    ]);
    const missing = await start('view', '--file', 'none.json');
    expect([await missing.ended, missing.stderr()]).toEqual([2, expect.stringContaining('none.json cannot be read')]);
  });
});
