import type { Contract } from '@voice-campaign/metrics-schema';
import type {
  AlarmDefinition,
  AnomalyAlarmDefinition,
  MetricAlarmDefinition,
  Monitoring,
  RollUpDefinition,
} from '../monitoring.ts';
import { checkReading, type Report } from './check-readings.ts';

// Of AlarmDescription (PutMetricAlarm), which the runbook's place is a part of.
const mostDescriptionCharacters = 1024;

/** Alarms that could not be made, could never go off, or roll up what is not there. */
export const checkAlarms = ({ contract, alarms }: Monitoring, report: Report): void => {
  const before = new Set<string>();
  for (const [name, alarm] of Object.entries(alarms)) {
    const path = `alarms.${name}`;
    const { length } = alarm.description + alarm.runbook;
    if (length > mostDescriptionCharacters - 100) {
      report(
        'limit',
        `${path}.description`,
        `${length} characters with its runbook: ${mostDescriptionCharacters - 100} at most`,
      );
    }
    if (alarm.description.includes('{{threshold}}') && !hasNumber(alarm)) {
      report(
        'alarm',
        `${path}.description`,
        '{{threshold}} stands for a number: this alarm has none, or a share of one',
      );
    }
    if (alarm.kind === 'roll-up') checkRollUp(alarm, { alarms, before, path }, report);
    else checkMetricAlarm(contract, alarm, path, report);
    before.add(name);
  }
};

/** Whether its threshold is the same for every resource. */
export const hasNumber = (alarm: AlarmDefinition): boolean =>
  alarm.kind === 'metric' && typeof alarm.threshold === 'number';

const checkMetricAlarm = (
  contract: Contract,
  { scope, reads, datapoints: [m, n], period }: MetricAlarmDefinition | AnomalyAlarmDefinition,
  path: string,
  report: Report,
): void => {
  if (!Number.isInteger(m) || !Number.isInteger(n) || m < 1 || m > n) {
    report('datapoints', `${path}.datapoints`, `${m} of ${n} periods cannot breach: write [M, N] with 1 ≤ M ≤ N`);
  }
  if (period < 60 ? ![10, 20, 30].includes(period) : period % 60 !== 0) {
    report('datapoints', `${path}.period`, `${period} s is no period: 10, 20, 30 or a multiple of 60`);
  }
  checkReading(contract, reads, scope, `${path}.reads`, report);
};

type Around = {
  readonly alarms: Monitoring['alarms'];
  /** Names of the alarms that are defined before it. */
  readonly before: ReadonlySet<string>;
  readonly path: string;
};

const checkRollUp = (
  { any, all = [], unless = [] }: RollUpDefinition,
  { alarms, before, path }: Around,
  report: Report,
): void => {
  for (const name of [...any, ...all, ...unless]) {
    if (!Object.hasOwn(alarms, name)) {
      report('unknown-alarm', path, `there is no alarm ${name} to roll up`);
    } else if (alarms[name]?.kind === 'roll-up' && !before.has(name)) {
      report('unknown-alarm', path, `rolls up ${name}, which is not made before it: define ${name} first`);
    }
  }
  if (any.length === 0) report('unknown-alarm', `${path}.any`, 'names no alarm: it could never be in ALARM');
};
