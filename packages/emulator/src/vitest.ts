import type { StateValue } from '@voice-campaign/cloudwatch-engine/alarms';
import { expect } from 'vitest';
import { cloudMatchers, type ExpectedTotals } from './vitest/matchers.ts';

export { type AlarmTest, assertAlarmTest } from './alarm-tests.ts';
export { type Cloud, type CloudOptions, startCloud } from './vitest/cloud.ts';
export { describeAlarmTests } from './vitest/describe-alarm-tests.ts';
export { cloudMatchers, type ExpectedTotals } from './vitest/matchers.ts';

expect.extend(cloudMatchers);

declare module 'vitest' {
  // biome-ignore lint/suspicious/noExplicitAny: the declaration that vitest asks to be merged with has `any` here
  interface Matchers<T = any> {
    toHaveMetric(name: string, expected?: ExpectedTotals, dimensions?: Readonly<Record<string, string>>): T;
    toBeInAlarm(): T;
    toBeInState(state: StateValue): T;
  }
}
