import { type AlarmDefinition, compile, type Monitoring } from '@voice-campaign/provisioning';
import { table } from './sections.ts';

/** What a definition has: its dashboards with their widgets, its alarms, its trace groups, rules and queries. */
export const monitoringTables = (monitoring: Monitoring): string =>
  [
    '### Dashboards',
    dashboardsTable(monitoring),
    '### Alarms',
    alarmsTable(monitoring),
    '### Traces and logs',
    tracesTable(monitoring),
  ].join('\n\n');

const dashboardsTable = (monitoring: Monitoring): string =>
  table(
    ['Dashboard', 'Widgets'],
    compile(monitoring).dashboards.map(({ name, rows }) => [
      `\`<project>-<environment>-${name}\``,
      rows.flatMap(({ widgets }) => widgets.flatMap(({ properties }) => properties.title ?? [])).join(' · '),
    ]),
  );

const alarmsTable = ({ alarms }: Monitoring): string =>
  table(
    ['Alarm', 'Severity', 'For each', 'Threshold', 'M of N', 'Missing data', 'Says'],
    Object.entries(alarms).map(([name, alarm]) => [
      `\`${name}\`${alarm.optIn === undefined ? '' : ' (opt-in)'}`,
      alarm.severity,
      ...(alarm.kind === 'roll-up' ? ['roll-up', rolledUp(alarm), '', ''] : watched(alarm)),
      described(alarm),
    ]),
  );

/** As it is where nothing is overridden. */
const described = (alarm: AlarmDefinition): string =>
  alarm.kind === 'metric' && typeof alarm.threshold === 'number'
    ? alarm.description.replaceAll('{{threshold}}', String(alarm.threshold))
    : alarm.description;

const rolledUp = ({ any, all = [], unless = [] }: Extract<AlarmDefinition, { kind: 'roll-up' }>): string =>
  [
    `any of ${any.join(', ')}`,
    ...(all.length > 0 ? [`with ${all.join(', ')}`] : []),
    ...(unless.length > 0 ? [`unless ${unless.join(', ')}`] : []),
  ].join(' ');

const watched = (alarm: Exclude<AlarmDefinition, { kind: 'roll-up' }>): readonly string[] => {
  const { scope, period, datapoints, missingData } = alarm;
  return [scope, thresholdOf(alarm), `${datapoints.join(' of ')} × ${period} s`, missingData];
};

const thresholdOf = (alarm: Exclude<AlarmDefinition, { kind: 'roll-up' }>): string => {
  if (alarm.kind === 'anomaly') return `${alarm.outside} ${alarm.deviations} deviations`;
  const { comparison, threshold } = alarm;
  const value = typeof threshold === 'number' ? String(threshold) : `${100 * threshold.share} % of ${threshold.of}`;
  return `${comparison} ${value}`;
};

const tracesTable = ({ traceGroups, samplingRules, queries, contributorRules }: Monitoring): string =>
  table(
    ['', ''],
    [
      ['Trace groups', code(Object.keys(traceGroups))],
      [
        'Sampling rules',
        Object.entries(samplingRules)
          .map(([name, { fixedRate, effective }]) => `\`${name}\` ${100 * fixedRate} % (${effective})`)
          .join(', '),
      ],
      ['Saved queries', code(Object.keys(queries))],
      ['Contributor Insights rules', code(Object.keys(contributorRules))],
      ['Log groups', '`/aws/lambda/<function>`, kept for `log_retention_days`'],
    ],
  );

const code = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(', ');
