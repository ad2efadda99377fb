import type { StateValue } from '@voice-campaign/cloudwatch-engine/alarms';
import type { AlarmStatus } from '../alarms/alarm-status.ts';
import type { Emulator } from '../emulator.ts';
import type { Series, Totals } from '../metrics/metrics.ts';

type Outcome = { readonly pass: boolean; message(): string };
type Dimensions = Readonly<Record<string, string>>;

/** What a metric is to add up to: its sum, or any of sum, count, minimum and maximum. */
export type ExpectedTotals = number | Partial<Totals>;

/** `expect.closeTo(0.3)`, `expect.any(Number)`: they may stand for any value. */
type AsymmetricMatcher = { asymmetricMatch(actual: unknown): boolean; toAsymmetricMatcher?(): string };

const isAsymmetric = (value: unknown): value is AsymmetricMatcher =>
  typeof value === 'object' && value !== null && 'asymmetricMatch' in value;

const isEqual = (actual: unknown, expected: unknown): boolean =>
  isAsymmetric(expected) ? expected.asymmetricMatch(actual) : Object.is(actual, expected);

const print = (value: unknown): string =>
  JSON.stringify(value, (_, each) => (isAsymmetric(each) ? (each.toAsymmetricMatcher?.() ?? String(each)) : each));

const fits = (actual: Series, expected: ExpectedTotals | undefined): boolean =>
  typeof expected === 'number' || isAsymmetric(expected)
    ? isEqual(actual.sum, expected)
    : Object.entries(expected ?? {}).every(([key, value]) => isEqual(Reflect.get(actual, key), value));

const sameDimensions = (actual: Dimensions, expected: Dimensions): boolean =>
  Object.keys(actual).length === Object.keys(expected).length &&
  Object.entries(expected).every(([name, value]) => actual[name] === value);

const printSeries = ({ namespace, name, dimensions, ...totals }: Series): string =>
  `${namespace} ${name} ${JSON.stringify(dimensions)} ${JSON.stringify(totals)}`;

/** Of most use where a name is wrong: the metric in other namespaces, else others of the namespace, else all, AWS's last. */
const beside = (all: readonly Series[], asked: string): readonly Series[] => {
  const lists = [
    all.filter(({ name }) => asked.endsWith(` ${name}`)),
    all.filter(({ namespace }) => asked.startsWith(`${namespace} `)),
  ];
  const isOfAws = ({ namespace }: Series): number => Number(namespace.startsWith('AWS/'));
  return lists.find((list) => list.length > 0) ?? all.toSorted((one, other) => isOfAws(one) - isOfAws(other));
};

const refuse = (matcher: string, asked: unknown, instead: string): never => {
  if (asked instanceof Promise) throw new TypeError(`${matcher} is asked of a promise: await it`);
  const what = typeof asked === 'object' && asked !== null ? 'another object' : JSON.stringify(asked);
  throw new TypeError(`${matcher} is asked of ${what}: give it ${instead}`);
};

const stateOutcome = (matcher: string, alarm: Partial<AlarmStatus> | undefined, expected: StateValue): Outcome => {
  const { value, reason } = alarm?.state ?? refuse(matcher, alarm, "an alarm, as in cloud.alarm('answer-rate-low')");
  const pass = value === expected;
  return {
    pass,
    message: () =>
      `expected alarm ${alarm?.name} ${pass ? 'not ' : ''}to be in ${expected}, it is in ${value}: ${reason}`,
  };
};

/** Matchers over an emulator and its alarms, for `expect.extend`; `@voice-campaign/emulator/vitest` registers them. */
export const cloudMatchers = {
  /**
   * A metric with exactly these dimensions (default: none), named `TotalCalls` or `voice-campaign/local TotalCalls`, whose
   * samples add up to `expected`; without it, that there is any sample.
   */
  toHaveMetric(
    emulator: Partial<Pick<Emulator, 'metrics'>>,
    name: string,
    expected?: ExpectedTotals,
    dimensions: Dimensions = {},
  ): Outcome {
    const all = emulator?.metrics?.series?.() ?? refuse('toHaveMetric', emulator, 'an emulator or cloud');
    const named = all.filter((each) => name === each.name || name === `${each.namespace} ${each.name}`);
    const pass = named.some((each) => sameDimensions(each.dimensions, dimensions) && fits(each, expected));
    const what = `${name} ${JSON.stringify(dimensions)}${expected === undefined ? '' : ` with ${print(expected)}`}`;
    const there = (named.length > 0 ? named : beside(all, name)).map(printSeries).join('\n') || 'no metric at all';
    return { pass, message: () => `expected ${pass ? 'no ' : ''}metric ${what}; there is:\n${there}` };
  },
  toBeInAlarm: (alarm: AlarmStatus): Outcome => stateOutcome('toBeInAlarm', alarm, 'ALARM'),
  toBeInState: (alarm: AlarmStatus, state: StateValue): Outcome => stateOutcome('toBeInState', alarm, state),
};
