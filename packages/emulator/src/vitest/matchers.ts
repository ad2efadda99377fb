import type { StateValue } from '@voice-campaign/cloudwatch-engine/alarms';
import type { AlarmStatus } from '../alarms/alarm-status.ts';
import type { Emulator } from '../emulator.ts';
import type { Series, Totals } from '../metrics/metrics.ts';

type Outcome = { readonly pass: boolean; message(): string };
type Dimensions = Readonly<Record<string, string>>;

/** What a metric is to add up to: its sum, or any of sum, count, minimum and maximum. */
export type ExpectedTotals = number | Partial<Totals>;

const fits = (actual: Series, expected: ExpectedTotals | undefined): boolean =>
  typeof expected === 'number'
    ? actual.sum === expected
    : Object.entries(expected ?? {}).every(([key, value]) => Object.is(Reflect.get(actual, key), value));

const sameDimensions = (actual: Dimensions, expected: Dimensions): boolean =>
  Object.keys(actual).length === Object.keys(expected).length &&
  Object.entries(expected).every(([name, value]) => actual[name] === value);

const printSeries = ({ namespace, name, dimensions, ...totals }: Series): string =>
  `${namespace} ${name} ${JSON.stringify(dimensions)} ${JSON.stringify(totals)}`;

const stateOutcome = (alarm: AlarmStatus, expected: StateValue): Outcome => {
  const { value, reason } = alarm.state;
  const pass = value === expected;
  return {
    pass,
    message: () =>
      `expected alarm ${alarm.name} ${pass ? 'not ' : ''}to be in ${expected}, it is in ${value}: ${reason}`,
  };
};

/** Matchers over an emulator and its alarms, for `expect.extend`; `@voice-campaign/emulator/vitest` registers them. */
export const cloudMatchers = {
  /**
   * A metric with exactly these dimensions (default: none), named `TotalCalls` or `voice-campaign/local TotalCalls`, whose
   * samples add up to `expected`; without it, that there is any sample.
   */
  toHaveMetric(
    { metrics }: Pick<Emulator, 'metrics'>,
    name: string,
    expected?: ExpectedTotals,
    dimensions: Dimensions = {},
  ): Outcome {
    const all = metrics.series();
    const named = all.filter((each) => name === each.name || name === `${each.namespace} ${each.name}`);
    const pass = named.some((each) => sameDimensions(each.dimensions, dimensions) && fits(each, expected));
    const what = `${name} ${JSON.stringify(dimensions)}${expected === undefined ? '' : ` with ${JSON.stringify(expected)}`}`;
    const there = (named.length > 0 ? named : all).map(printSeries).join('\n') || 'no metric at all';
    return { pass, message: () => `expected ${pass ? 'no ' : ''}metric ${what}; there is:\n${there}` };
  },
  toBeInAlarm: (alarm: AlarmStatus): Outcome => stateOutcome(alarm, 'ALARM'),
  toBeInState: (alarm: AlarmStatus, state: StateValue): Outcome => stateOutcome(alarm, state),
};
