import type { AlarmInput } from '@voice-campaign/cloudwatch-engine/alarms';
import { onTestFinished } from 'vitest';
import { getCurrentTest } from 'vitest/suite';
import type { AlarmStatus } from '../alarms/alarm-status.ts';
import { type TestClock, testClock } from '../core/clock.ts';
import type { EmulatorOptions } from '../core/emulator-options.ts';
import { startEmulator } from '../core/start-emulator.ts';
import type { Emulator } from '../emulator.ts';

/** An emulator whose time goes on when the test says so. */
export type Cloud = Emulator & {
  readonly clock: TestClock;
  /** @throws Error for a name that no alarm has, with those there are. */
  readonly alarm: (name: string) => AlarmStatus;
  /** Creates alarms as PutMetricAlarm and PutCompositeAlarm do, in their order. @throws Error with the service's words. */
  readonly putAlarms: (alarms: readonly AlarmInput[]) => Promise<void>;
};

export type CloudOptions = Partial<Omit<EmulatorOptions, 'clock' | 'now'>> & {
  /** Where the clock stands at first; default: the full minute that began last. */
  readonly start?: Date;
  /** That of the context of the test which the cloud is to end with; only a concurrent test has to give it. */
  readonly onTestFinished?: (stop: () => Promise<void>) => void;
};

/**
 * Starts an emulator with a clock of the test's; it stops when the test that started it is over, else by `stop`.
 * @throws Error in a concurrent test that does not give its `onTestFinished`.
 */
export const startCloud = async ({ start, ...given }: CloudOptions = {}): Promise<Cloud> => {
  const { onTestFinished: finished = finishedOf(getCurrentTest()), ...options } = given;
  const startMs = start?.getTime() ?? Math.floor(Date.now() / 60_000) * 60_000;
  if (Number.isNaN(startMs)) throw new RangeError("start is no date: give one, as in new Date('2026-01-05T09:00:00Z')");
  const clock = testClock(startMs);
  const emulator = await startEmulator({ functions: [], stopOnSignals: false, ...options, clock });
  finished?.(() => emulator.stop());
  return {
    ...emulator,
    clock,
    alarm: (name) => alarmOf(emulator, name),
    putAlarms: async (alarms) => {
      for (const alarm of alarms) await putAlarm(emulator, alarm);
    },
  };
};

const finishedOf = (test: ReturnType<typeof getCurrentTest>): CloudOptions['onTestFinished'] => {
  if (test === undefined) return undefined;
  if (!test.concurrent) return onTestFinished;
  // vitest takes the test that began last for the current one: the cloud would be stopped under another.
  const way =
    "it.concurrent('…', async ({ onTestFinished }) => { const cloud = await startCloud({ onTestFinished }) … })";
  throw new Error(`in a concurrent test startCloud cannot tell whose cloud it is: write ${way}`);
};

const alarmOf = (emulator: Emulator, name: string): AlarmStatus => {
  const alarms = emulator.alarms();
  const found = alarms.find((alarm) => alarm.name === name);
  if (found !== undefined) return found;
  throw new Error(`there is no alarm ${name}: there are ${alarms.map((alarm) => alarm.name).join(', ') || 'none'}`);
};

const putAlarm = async (emulator: Emulator, alarm: AlarmInput): Promise<void> => {
  const operation = 'AlarmRule' in alarm ? 'PutCompositeAlarm' : 'PutMetricAlarm';
  const headers = {
    'content-type': 'application/x-amz-json-1.0',
    'x-amz-target': `GraniteServiceVersion20100801.${operation}`,
  };
  const request = new Request(emulator.url, { method: 'POST', headers, body: JSON.stringify(alarm) });
  const response = await emulator.fetch(request);
  if (response.ok) return;
  const { message } = (await response.json()) as { readonly message?: string };
  throw new Error(`${alarm.AlarmName}: ${message ?? response.status}`);
};
