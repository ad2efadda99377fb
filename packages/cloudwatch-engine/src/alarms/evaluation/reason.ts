import type { ComparisonOperator, MetricAlarm, MissingDataTreatment } from '../config/alarm.ts';
import { javaDouble } from '../messages/java-double.ts';
import { shortUtc } from '../messages/utc-text.ts';
import type { StateValue } from './alarm-state.ts';
import type { Datapoints } from './datapoint.ts';
import type { Evaluated } from './evaluated-datapoints.ts';

/** From so many on the service lists the newest five datapoints alone. Seen: 3 are listed in full, 5 are not. */
const LISTED_IN_FULL = 4;
const NEWEST = 5;

/** Why an alarm is in a state, in the service's words: `Threshold Crossed: 2 out of the last 3 datapoints […]…`. */
export function stateReason(
  alarm: MetricAlarm,
  value: StateValue,
  datapoints: Datapoints,
  evaluated: Evaluated,
): string {
  const n = alarm.evaluationPeriods;
  if (value === 'INSUFFICIENT_DATA') return `Insufficient Data: ${count(n, 'datapoint')} ${were(n)} unknown.`;
  const { real, decisive, filled } = evaluated;
  if (decisive.length === 0) {
    // No real datapoint speaks for the state: those that were filled do.
    const received =
      real.length === 0 ? 'no datapoints were' : `${count(real.length, 'datapoint')} ${were(real.length)}`;
    return `Threshold Crossed: ${received} received for ${count(n, 'period')} and ${treated(alarm, filled)}.`;
  }
  const newest = decisive.slice(0, decisive.length <= LISTED_IN_FULL ? LISTED_IN_FULL : NEWEST);
  const list = newest.map((index) => describe(alarm, datapoints, index)).join(', ');
  const fill = filled > 0 && ['breaching', 'notBreaching'].includes(alarm.missingData);
  const missing = fill ? ` and ${treated(alarm, filled)}` : '';
  const minimum = minimumText(alarm, value);
  const band = isBand(alarm.operator);
  const head = `Threshold${band ? 's' : ''} Crossed: ${counted(alarm, decisive.length)}`;
  const verb = were(decisive.length);
  const thresholds = bandTexts(datapoints, newest);
  if (newest.length === decisive.length) {
    return `${head} [${list}] ${verb} ${compare(alarm, value, thresholds)}${missing}${minimum}.`;
  }
  const crossed = `${value === 'OK' ? 'not ' : ''}crossed`;
  const last = band
    ? `Recent datapoints [${list}] ${crossed} the ${bandsOf(alarm.operator, thresholds)}`
    : `The most recent datapoints which ${crossed} the threshold: [${list}]`;
  return `${head} ${verb} ${compare(alarm, value)}${missing}. ${last}${minimum}.`;
}

/** The reason of one contributor of a Metrics Insights alarm: it names the newest datapoint alone (recorded). */
export function contributorReason(
  alarm: MetricAlarm,
  value: StateValue,
  datapoints: Datapoints,
  evaluated: Evaluated,
): string {
  const { decisive } = evaluated;
  const newest = decisive.length > 0 ? describe(alarm, datapoints, decisive[0] as number) : '';
  const verdict = `${were(decisive.length)} ${compare(alarm, value)}`;
  const which = `${plural(decisive.length, 'datapoint')} which ${value === 'OK' ? 'not ' : ''}crossed the threshold`;
  return `Threshold Crossed: ${counted(alarm, decisive.length)} ${verdict}. The most recent ${which}: [${newest}]${minimumText(alarm, value)}.`;
}

/** `2 out of the last 3 datapoints` of an alarm that says its M, else `2 datapoints`. */
function counted({ input, evaluationPeriods }: MetricAlarm, decisive: number): string {
  if (input.DatapointsToAlarm === undefined) return count(decisive, 'datapoint');
  return `${decisive} out of the last ${evaluationPeriods} datapoints`;
}

function minimumText({ input, evaluationPeriods: n, datapointsToAlarm: m }: MetricAlarm, value: StateValue): string {
  if (input.DatapointsToAlarm === undefined) return '';
  const [needed, transition] = value === 'OK' ? [n - m + 1, 'ALARM -> OK'] : [m, 'OK -> ALARM'];
  return ` (minimum ${count(needed, 'datapoint')} for ${transition} transition)`;
}

function treated({ missingData }: MetricAlarm, missing: number): string {
  return `${missing} missing ${plural(missing, 'datapoint')} ${were(missing)} treated as [${TREATED_AS[missingData]}]`;
}

/** How reasons spell the treatment of missing data. */
export const TREATED_AS: Readonly<Record<MissingDataTreatment, string>> = {
  missing: 'Missing',
  ignore: 'Ignore',
  breaching: 'Breaching',
  notBreaching: 'NonBreaching',
};

function describe(alarm: MetricAlarm, { start, values }: Datapoints, index: number): string {
  return `${javaDouble(values[index] as number)} (${shortUtc(start + index * alarm.periodSeconds)})`;
}

/** ` [1.0, 2.0]`: the edges of a band at some datapoints. */
type BandTexts = { readonly lower: string; readonly upper: string };

function bandTexts({ lower, upper }: Datapoints, places: readonly number[]): BandTexts {
  const list = (band: Float64Array | undefined) =>
    ` [${places.map((index) => javaDouble(band?.[index] ?? Number.NaN)).join(', ')}]`;
  return { lower: list(lower), upper: list(upper) };
}

/** Which edges an operator asks of. */
function bandsOf(operator: ComparisonOperator, { lower, upper }: BandTexts): string {
  if (operator === 'LessThanLowerThreshold') return `lower thresholds${lower}`;
  if (operator === 'GreaterThanUpperThreshold') return `upper thresholds${upper}`;
  return `lower thresholds${lower} or upper thresholds${upper}`;
}

function compare(
  alarm: MetricAlarm,
  value: StateValue,
  { lower, upper }: BandTexts = { lower: '', upper: '' },
): string {
  const not = value === 'OK' ? 'not ' : '';
  const below = `${not}less than the lower thresholds${lower}`;
  const above = `${not}greater than the upper thresholds${upper}`;
  switch (alarm.operator) {
    case 'LessThanLowerThreshold':
      return below;
    case 'GreaterThanUpperThreshold':
      return above;
    case 'LessThanLowerOrGreaterThanUpperThreshold':
      return `${below} or ${above}`;
    case 'GreaterThanOrEqualToThreshold':
    case 'GreaterThanThreshold':
    case 'LessThanThreshold':
    case 'LessThanOrEqualToThreshold':
      return `${not}${WORDS[alarm.operator]} the threshold (${javaDouble(alarm.threshold)})`;
  }
}

const WORDS = {
  GreaterThanOrEqualToThreshold: 'greater than or equal to',
  GreaterThanThreshold: 'greater than',
  LessThanThreshold: 'less than',
  LessThanOrEqualToThreshold: 'less than or equal to',
} as const;

function isBand(operator: ComparisonOperator): boolean {
  return !(operator in WORDS);
}

function count(number: number, word: string): string {
  return `${number} ${plural(number, word)}`;
}

function plural(number: number, word: string): string {
  return number === 1 ? word : `${word}s`;
}

function were(number: number): string {
  return number === 1 ? 'was' : 'were';
}
