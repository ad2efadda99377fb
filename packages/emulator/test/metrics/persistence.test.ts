import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { expect, it, onTestFinished } from 'vitest';
import { cloudwatchClientOf, emulatorWith } from '../running-emulator.ts';

it('loses no sample that was acknowledged when the emulator is killed', async () => {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'voice-metrics-'));
  onTestFinished(() => rmSync(dataDirectory, { recursive: true, force: true }));
  const program = new URL('./emulator-with-metrics.ts', import.meta.url).pathname;
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', '--conditions=@voice-campaign/source', program, dataDirectory],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const exited = once(child, 'exit');
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  const client = cloudwatchClientOf({ url: String(line).trim() });
  const MetricData = [1, 2].map((Value) => ({ MetricName: 'Calls', Value }));
  let acknowledged = 0;
  const sending = Array.from({ length: 4 }, async () => {
    for (;;) {
      await client.send(new PutMetricDataCommand({ Namespace: 'voice/test', MetricData }));
      acknowledged += 1;
      if (acknowledged === 100) child.kill('SIGKILL');
    }
  });
  await Promise.allSettled(sending);
  await exited;
  const { metrics } = await emulatorWith({ dataDirectory });
  const { count, sum, minimum, maximum } = metrics.total('voice/test', 'Calls');
  // What was under way may have been written too: whole requests.
  expect([0, 1, 2, 3, 4]).toContain(count / 2 - acknowledged);
  expect({ sum, minimum, maximum }).toEqual({ sum: (count / 2) * 3, minimum: 1, maximum: 2 });
});
