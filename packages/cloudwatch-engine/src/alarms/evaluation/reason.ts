import type { ComparisonOperator, MetricAlarm } from '../config/alarm.ts';
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
  if (evaluated.real.length === 0) {
    return `Threshold Crossed: no datapoints were received for ${count(n, 'period')} and ${treated(alarm, n)}.`;
  }
  const list = (limit: number) =>
    evaluated.decisive
      .slice(0, limit)
      .map((index) => describe(alarm, datapoints, index))
      .join(', ');
  const fill = evaluated.filled > 0 && ['breaching', 'notBreaching'].includes(alarm.missingData);
  const missing = fill ? ` and ${treated(alarm, evaluated.filled)}` : '';
  const minimum = minimumText(alarm, value);
  const verdict = compare(alarm, value, datapoints, evaluated.decisive.slice(0, NEWEST));
  const head = `Threshold${isBand(alarm.operator) ? 's' : ''} Crossed: ${counted(alarm, evaluated.decisive.length)}`;
  const verb = were(evaluated.decisive.length);
  if (evaluated.decisive.length <= LISTED_IN_FULL) {
    return `${head} [${list(LISTED_IN_FULL)}] ${verb} ${verdict}${missing}${minimum}.`;
  }
  return `${head} ${verb} ${verdict}${missing}. The most recent datapoints which ${value === 'OK' ? 'not ' : ''}crossed the threshold: [${list(NEWEST)}]${minimum}.`;
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
  const verdict = `${were(decisive.length)} ${compare(alarm, value, datapoints, [])}`;
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
  const as = missingData === 'breaching' ? 'Breaching' : 'NonBreaching';
  return `${missing} missing ${plural(missing, 'datapoint')} ${were(missing)} treated as [${as}]`;
}

function describe(alarm: MetricAlarm, { start, values }: Datapoints, index: number): string {
  return `${javaDouble(values[index] as number)} (${shortUtc(start + index * alarm.periodSeconds)})`;
}

function compare(
  alarm: MetricAlarm,
  value: StateValue,
  { lower, upper }: Datapoints,
  places: readonly number[],
): string {
  const not = value === 'OK' ? 'not ' : '';
  const list = (band: Float64Array | undefined) =>
    places.map((index) => javaDouble(band?.[index] ?? Number.NaN)).join(', ');
  const below = `${not}less than the lower thresholds [${list(lower)}]`;
  const above = `${not}greater than the upper thresholds [${list(upper)}]`;
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
