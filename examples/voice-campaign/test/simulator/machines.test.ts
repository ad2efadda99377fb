import { startEmulator } from '@voice-campaign/emulator';
import { expect, it } from 'vitest';
import { MACHINES, machineMetrics, reportMachines } from '../../src/simulator/machines.ts';

const measured = (activeCalls: number, namespace: string, name: string): number | undefined =>
  machineMetrics({ activeCalls, calls: 100 }, MACHINES)
    .find(({ Namespace }) => Namespace === namespace)
    ?.MetricData.find(({ MetricName }) => MetricName === name)?.Value;

it('a machine is busier with more calls, and never more than busy', () => {
  const cpu = [0, 200, 400, 4000].map((calls) => measured(calls, 'AWS/EC2', 'CPUUtilization') ?? Number.NaN);
  expect(cpu).toEqual([3, 49, 95, 95]);
  expect(measured(0, 'AWS/EC2', 'StatusCheckFailed')).toBe(0);
  expect(measured(200, 'AWS/RDS', 'DatabaseConnections')).toBe(25);
});

it('its metrics reach the emulator under the names and dimensions of EC2 and RDS', async () => {
  const emulator = await startEmulator({ functions: [] });
  try {
    const report = reportMachines({ url: emulator.url, load: () => ({ activeCalls: 8, calls: 0 }), everyMs: 60_000 });
    await report.stop();
    const cpu = emulator.metrics.total('AWS/EC2', 'CPUUtilization', { InstanceId: MACHINES.instanceId });
    expect(cpu).toMatchObject({ count: 1, sum: 3 + (92 * 8) / 400 });
    const storage = { DBInstanceIdentifier: MACHINES.dbInstanceIdentifier };
    expect(emulator.metrics.total('AWS/RDS', 'FreeStorageSpace', storage).sum).toBe(12 * 1024 ** 3);
  } finally {
    await emulator.stop();
  }
});
