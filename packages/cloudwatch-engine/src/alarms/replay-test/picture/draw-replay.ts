import { createAlarmMath } from '../../../math/alarm-math.ts';
import type { MetricSource } from '../../../series/metric-source.ts';
import type { Alarm, MetricAlarm } from '../../config/alarm.ts';
import { evaluationInterval } from '../../evaluation/evaluation-settings.ts';
import type { Expectation } from '../expectations.ts';
import { printDuration } from '../moments.ts';
import { type ReplayedAlarm, stateAt } from '../replay-alarms.ts';
import { comparedValues } from './compared-values.ts';
import { plotOf } from './plot.ts';

export type DrawingOptions = {
  /** Seconds since 1970 at which the test began, and how long it went on. */
  readonly start: number;
  readonly seconds: number;
  readonly expectations?: readonly Expectation[];
  /** The moment to show where not all of them fit, in seconds since the test began; default the first. */
  readonly focus?: number;
  /** Evaluations side by side; default 60. */
  readonly width?: number;
};

/**
 * A picture for the terminal of what an alarm compared, its threshold, and its states beside those that were expected:
 * one column for each evaluation.
 */
export function drawReplay(replayed: ReplayedAlarm, source: MetricSource, options: DrawingOptions): string {
  const { alarm } = replayed;
  const moments = momentsOf(alarm, options);
  const rows: (readonly [label: string, edge: string, text: string])[] = [];
  if (alarm.kind === 'metric' && alarm.watched.kind !== 'contributors') {
    const at = moments.map((moment) => options.start + moment);
    const values = comparedValues(alarm, source, createAlarmMath(), at);
    const { rows: plot, labels } = plotOf(values, alarm.input.Threshold);
    for (const [index, row] of plot.entries()) rows.push([labels[index] ?? '', labels[index] ? '┤' : '│', row]);
  }
  const [ticks, times] = axisOf(moments);
  rows.push(['', '└', ticks], ['', ' ', times]);
  rows.push(['state', ' ', moments.map((moment) => stateAt(replayed, moment).charAt(0)).join('')]);
  const { expectations = [] } = options;
  if (expectations.length > 0) {
    const wanted = (moment: number) => expectations.find(({ from, to }) => from <= moment && moment <= to)?.state;
    const marks = moments.map((moment) => {
      const state = wanted(moment);
      return state === undefined || state === stateAt(replayed, moment) ? ' ' : '^';
    });
    rows.push(['expected', ' ', moments.map((moment) => wanted(moment)?.charAt(0) ?? '·').join('')]);
    rows.push(['', ' ', marks.join('')]);
  }
  const indent = Math.max(...rows.map(([label]) => label.length));
  const lines = rows.map(([label, edge, text]) => `${label.padStart(indent)} ${edge}${text}`.trimEnd());
  return [describe(alarm), ...lines.filter((line) => line !== '')].join('\n');
}

/** The evaluations to show: all where they fit, else those around the focus. */
function momentsOf(alarm: Alarm, { seconds, focus = 0, width = 60 }: DrawingOptions): readonly number[] {
  const step = alarm.kind === 'metric' ? Math.min(60, evaluationInterval(alarm)) : 60;
  const steps = Math.floor(seconds / step);
  const count = Math.min(steps, width);
  const first = Math.max(0, Math.min(Math.ceil(focus / step) - Math.ceil(count / 2), steps - count));
  return Array.from({ length: count }, (_, index) => (first + index + 1) * step);
}

const EVERY = 10;

/** A tick at every tenth moment, and the moments' names below. */
function axisOf(moments: readonly number[]): readonly [ticks: string, times: string] {
  let ticks = '';
  let times = '';
  for (const [index, moment] of moments.entries()) {
    const marked = index % EVERY === 0;
    ticks += marked ? '┬' : '─';
    if (marked) times = `${times.padEnd(index)}${printDuration(moment)} `;
  }
  return [ticks, times];
}

function describe(alarm: Alarm): string {
  if (alarm.kind === 'composite') return `${alarm.name}: ${alarm.input.AlarmRule}`;
  const { name, datapointsToAlarm: m, evaluationPeriods: n, periodSeconds, missingData } = alarm;
  const missing = missingData === 'ignore' ? 'ignored' : missingData;
  return `${name}: ${watchedText(alarm)} in ${m} of ${n} periods of ${periodSeconds} s, missing data ${missing}`;
}

const SIGNS = {
  GreaterThanOrEqualToThreshold: '>=',
  GreaterThanThreshold: '>',
  LessThanThreshold: '<',
  LessThanOrEqualToThreshold: '<=',
  LessThanLowerOrGreaterThanUpperThreshold: 'outside',
  LessThanLowerThreshold: 'below',
  GreaterThanUpperThreshold: 'above',
} as const;

function watchedText({ watched, operator, input }: MetricAlarm): string {
  const sign = SIGNS[operator];
  if (watched.kind === 'metric') return `${watched.stat} of ${watched.metric.name} ${sign} ${input.Threshold}`;
  const query = watched.queries.find(({ Id }) => Id === watched.id);
  const { Stat, Metric } = query?.MetricStat ?? {};
  const subject = query?.Expression ?? `${Stat} of ${Metric?.MetricName}`;
  if (watched.kind === 'contributors' || watched.band === undefined) return `${subject} ${sign} ${input.Threshold}`;
  return `${subject} ${sign} ${watched.queries.find(({ Id }) => Id === watched.band)?.Expression}`;
}
