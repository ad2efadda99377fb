import type { MetricAlarm } from '../config/alarm.ts';
import { isoMillis } from '../messages/utc-text.ts';
import type { QueriedSeries } from './alarm-math.ts';
import type { AlarmState, Contributor, StateValue } from './alarm-state.ts';
import { classify, MISSING } from './datapoint.ts';
import { decide } from './decide.ts';
import { evaluatedDatapoints } from './evaluated-datapoints.ts';
import { placePoints, type Range } from './load-datapoints.ts';
import { contributorReason, TREATED_AS } from './reason.ts';

/** A contributor that went into ALARM or out of it. */
export type ContributorChange = {
  readonly contributor: Contributor;
  readonly from: StateValue;
  readonly to: 'OK' | 'ALARM';
};

export type ContributorEvaluation = { readonly state: AlarmState; readonly changes: readonly ContributorChange[] };

/** At most this many contributors of an alarm can be in ALARM (user guide, "Metrics Insights alarms"). */
const MAX_CONTRIBUTORS = 100;

/**
 * One evaluation of a Metrics Insights alarm with groups: each series by itself, the alarm in ALARM while one of them is.
 * A contributor whose series is no longer selected leaves ALARM. With no series at all the treatment of missing data
 * decides for the alarm (recorded).
 */
export function evaluateContributors(
  alarm: MetricAlarm,
  state: AlarmState,
  series: readonly QueriedSeries[],
  range: Range,
  at: number,
): ContributorEvaluation {
  const before = new Map((state.contributors ?? []).map((each) => [each.id, each]));
  const after = new Map<string, Contributor>();
  const changes: ContributorChange[] = [];
  const verdicts = series.map((each) => judge(alarm, each, range, at, before));
  for (const { contributor, value, changed } of verdicts) {
    if (value === 'ALARM' && after.size < MAX_CONTRIBUTORS) after.set(contributor.id, contributor);
    if (changed && (value === 'ALARM' || value === 'OK')) {
      changes.push({ contributor, from: value === 'ALARM' ? 'OK' : 'ALARM', to: value });
    }
  }
  const judged = new Set(verdicts.map((verdict) => verdict.contributor.id));
  for (const gone of before.values()) {
    if (judged.has(gone.id)) continue;
    const reason = 'The time series is no longer returned by the query.';
    changes.push({ contributor: { ...gone, reason, transitionedAt: at }, from: 'ALARM', to: 'OK' });
  }
  const parent = parentState(
    alarm,
    state,
    verdicts.map((verdict) => verdict.value),
    at,
  );
  return { state: { ...parent, contributors: [...after.values()] }, changes };
}

/** The same id for the same attributes, of 16 hexadecimal digits as the service's (FNV-1a; AWS's own hash is not known). */
function contributorId(attributes: Readonly<Record<string, string>>): string {
  const text = JSON.stringify(Object.entries(attributes).sort(([a], [b]) => (a < b ? -1 : 1)));
  let hash = 0xcbf29ce484222325n;
  for (let index = 0; index < text.length; index += 1) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(text.charCodeAt(index))) * 0x100000001b3n);
  }
  return hash.toString(16).padStart(16, '0');
}

type Verdict = { readonly contributor: Contributor; readonly value: StateValue | undefined; readonly changed: boolean };

function judge(
  alarm: MetricAlarm,
  { attributes = {}, points }: QueriedSeries,
  range: Range,
  at: number,
  before: ReadonlyMap<string, Contributor>,
): Verdict {
  const id = contributorId(attributes);
  const known = before.get(id);
  const datapoints = { start: range.start, values: placePoints(points, alarm.periodSeconds, range) };
  const codes = classify(alarm, datapoints);
  const decision = decide(alarm, codes, 0, codes.length) ?? (known ? 'ALARM' : 'OK');
  const changed = (decision === 'ALARM') !== (known !== undefined);
  if (!changed && known) return { contributor: known, value: decision, changed };
  const value = decision === 'INSUFFICIENT_DATA' && known ? 'OK' : decision;
  const evaluated = evaluatedDatapoints(alarm, value, codes, 0, codes.length);
  const reason = codes.some((code) => code !== MISSING)
    ? contributorReason(alarm, value, datapoints, evaluated)
    : 'The time series has no datapoints.';
  return { contributor: { id, attributes, reason, transitionedAt: at }, value, changed };
}

/** How the contributors add up, in recorded words; no state where missing data are ignored. */
type Summary = readonly [value: StateValue | undefined, reason: string];

function withoutSeries({ missingData }: MetricAlarm): Summary {
  const as = TREATED_AS[missingData];
  const reason = `No time series were returned by the query. Treat missing data is configured as [${as}].`;
  return [STATE_WITHOUT_DATA[missingData], reason];
}

const STATE_WITHOUT_DATA = {
  missing: 'INSUFFICIENT_DATA',
  ignore: undefined,
  breaching: 'ALARM',
  notBreaching: 'OK',
} as const;

function summary(values: readonly (StateValue | undefined)[]): Summary {
  const of = (wanted: StateValue) => values.filter((value) => value === wanted).length;
  const [alarms, silent] = [of('ALARM'), of('INSUFFICIENT_DATA')];
  // "100+ time series evaluated to ALARM" is documented of more than so many, the plain count recorded of OK.
  if (alarms > MAX_CONTRIBUTORS) return ['ALARM', `${MAX_CONTRIBUTORS}+ time series evaluated to ALARM`];
  if (alarms > 0) return ['ALARM', `${alarms} out of ${values.length} time series evaluated to ALARM`];
  const value = silent === values.length ? 'INSUFFICIENT_DATA' : 'OK';
  return [value, `${of(value)} time series evaluated to ${value}`];
}

function parentState(
  alarm: MetricAlarm,
  state: AlarmState,
  values: readonly (StateValue | undefined)[],
  at: number,
): AlarmState {
  const [value, reason] = values.length === 0 ? withoutSeries(alarm) : summary(values);
  if (value === undefined || (value === state.value && reason === state.reason)) return state;
  return {
    value,
    reason,
    reasonData: `{"version":"1.0","queryDate":"${isoMillis(at)}"}`,
    updatedAt: at,
    transitionedAt: value === state.value ? state.transitionedAt : at,
  };
}
