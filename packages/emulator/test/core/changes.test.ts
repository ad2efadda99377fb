import { expect, it } from 'vitest';
import { startEmulator } from '../../src/index.ts';

it('tells of every change while somebody listens, and of none after', async () => {
  const emulator = await startEmulator({ functions: [], stopOnSignals: false });
  const parts = new Set<string>();
  const stop = emulator.onChange((part) => parts.add(part));
  const put = (name: string): Promise<Response> =>
    emulator.fetch(
      new Request(`${emulator.url}/_emulator/metrics`, {
        method: 'POST',
        body: JSON.stringify({ Namespace: 'AWS/EC2', MetricData: [{ MetricName: name, Value: 1 }] }),
      }),
    );
  await put('CPUUtilization');
  expect([...parts]).toEqual(['metrics']);
  emulator.reset();
  expect([...parts]).toContain('reset');
  stop();
  parts.clear();
  await put('NetworkIn');
  expect([...parts]).toEqual([]);
  await emulator.stop();
});
