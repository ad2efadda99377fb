import { metricOf } from '@voice-campaign/cloudwatch-engine';
import type { Alarm, MetricAlarm } from '@voice-campaign/cloudwatch-engine/alarms';
import { alarmsReadBy, childrenOf } from '@voice-campaign/cloudwatch-engine/alarms';
import { expressionReads } from '@voice-campaign/cloudwatch-engine/math';
import { type AskedSeries, isSimple, minuteStatisticsOf } from './history-source.ts';

/** An alarm that is not tested, and why. */
export type SkippedAlarm = { readonly name: string; readonly reason: string };

export type TestableAlarm = {
  readonly alarm: Alarm;
  /** Where the test can differ from what CloudWatch would have done. */
  readonly approximations: readonly string[];
};

/**
 * Alarms that what GetMetricData keeps can be asked about; a composite alarm needs all of its children. `refused` are
 * others that are not tested, by name, and why.
 */
export const testableAlarms = (
  alarms: readonly Alarm[],
  refused: ReadonlyMap<string, string>,
): { readonly testable: readonly TestableAlarm[]; readonly skipped: readonly SkippedAlarm[] } => {
  const skipped = new Map(refused);
  for (const alarm of alarms) {
    const reason = alarm.kind === 'metric' ? refusalOf(alarm) : undefined;
    if (reason !== undefined) skipped.set(alarm.name, reason);
  }
  // Until none is skipped for another: composite alarms are made of composite alarms.
  for (let before = -1; before !== skipped.size; ) {
    before = skipped.size;
    for (const alarm of alarms) {
      if (alarm.kind !== 'composite' || skipped.has(alarm.name)) continue;
      const lacking = alarmsReadBy(alarm).find(
        (name) => skipped.has(name) || !alarms.some((each) => each.name === name),
      );
      if (lacking !== undefined) skipped.set(alarm.name, `is made of ${lacking}, which is not tested`);
    }
  }
  return {
    testable: alarms
      .filter(({ name }) => !skipped.has(name))
      .map((alarm) => ({ alarm, approximations: alarm.kind === 'metric' ? approximationsOf(alarm) : [] })),
    skipped: [...skipped].map(([name, reason]) => ({ name, reason })),
  };
};

const refusalOf = ({ watched, periodSeconds }: MetricAlarm): string | undefined => {
  if (periodSeconds < 60) return `has periods of ${periodSeconds} s, which CloudWatch keeps for three hours`;
  if (watched.kind === 'contributors') return 'is a Metrics Insights query, which CloudWatch answers for now alone';
  if (watched.kind === 'metric') return undefined;
  for (const { Expression: text, AccountId: account } of watched.queries) {
    if (account !== undefined) return `reads metrics of account ${account} by its number, which is not done here`;
    if (text === undefined) continue;
    if (/\bINSIGHT_RULE_METRIC\b/.test(text)) return 'reads a Contributor Insights rule';
    const reads = expressionReads(text);
    if (reads.ok && reads.value.insights) return 'is a Metrics Insights query, which CloudWatch answers for now alone';
  }
  return undefined;
};

const approximationsOf = (alarm: MetricAlarm): readonly string[] => {
  const { watched } = alarm;
  const sliding = seriesOf(alarm).some(({ stat, periodSeconds }) => !isSimple(stat) && periodSeconds > 60);
  return [
    ...(sliding ? ['percentiles of whole periods alone, not of those that begin in between'] : []),
    ...(watched.kind === 'math' && watched.band !== undefined
      ? ['a band by plain statistics, not by CloudWatch’s model']
      : []),
  ];
};

/** The series that an alarm names. */
const seriesOf = (alarm: MetricAlarm): readonly AskedSeries[] => {
  const { watched, periodSeconds } = alarm;
  if (watched.kind === 'metric') {
    const { metric, stat, unit } = watched;
    return [{ metric, stat, periodSeconds, ...(unit !== undefined && { unit }) }];
  }
  return watched.queries.flatMap(({ MetricStat: asked }) => {
    const { Metric: metric, Period = periodSeconds, Stat = '', Unit } = asked ?? {};
    if (metric === undefined) return [];
    return [{ metric: metricOf(metric), stat: Stat, periodSeconds: Period, ...(Unit !== undefined && { unit: Unit }) }];
  });
};

/** What has to be asked for an alarm's series. */
const askedFor = (alarm: MetricAlarm): readonly AskedSeries[] =>
  seriesOf(alarm).flatMap((series) => {
    const isAdded = isSimple(series.stat);
    const samples = alarm.minimumSamples === undefined ? [] : ['SampleCount'];
    const byTheMinute = isAdded ? minuteStatisticsOf(series.stat) : samples;
    return [...(isAdded ? [] : [series]), ...byTheMinute.map((stat) => ({ ...series, stat, periodSeconds: 60 }))];
  });

const metricAlarmsOf = (alarms: readonly Alarm[]): readonly MetricAlarm[] =>
  alarms.filter((alarm) => alarm.kind === 'metric');

/** Every series that has to be asked for, each once. */
export const askedSeries = (alarms: readonly Alarm[]): readonly AskedSeries[] => {
  const asked = new Map<string, AskedSeries>();
  for (const series of metricAlarmsOf(alarms).flatMap(askedFor)) asked.set(JSON.stringify(series), series);
  return [...asked.values()];
};

/** Alarms that read a series which CloudWatch did not give whole, by name, and what it said. */
export const unreadAlarms = (
  alarms: readonly Alarm[],
  lacking: ReadonlyMap<AskedSeries, string>,
): ReadonlyMap<string, string> => {
  const said = new Map([...lacking].map(([series, code]) => [JSON.stringify(series), code]));
  const unread = new Map<string, string>();
  for (const alarm of said.size === 0 ? [] : metricAlarmsOf(alarms)) {
    const series = askedFor(alarm).find((each) => said.has(JSON.stringify(each)));
    if (series === undefined) continue;
    const code = said.get(JSON.stringify(series)) ?? '';
    unread.set(alarm.name, `reads ${series.stat} of ${series.metric.name}, which was not given whole: ${code}`);
  }
  return unread;
};

/** Names of the alarms that read a series which has data; of composite alarms, those that one such alarm is a part of. */
export const alarmsWithData = (
  alarms: readonly Alarm[],
  hasData: (series: AskedSeries) => boolean,
): ReadonlySet<string> => {
  const named = new Set(metricAlarmsOf(alarms).flatMap((alarm) => (askedFor(alarm).some(hasData) ? [alarm.name] : [])));
  for (let before = -1; before !== named.size; ) {
    before = named.size;
    for (const alarm of alarms) {
      if (alarm.kind === 'composite' && childrenOf(alarm.rule).some((child) => named.has(child))) named.add(alarm.name);
    }
  }
  return named;
};
