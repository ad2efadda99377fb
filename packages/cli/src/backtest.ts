import { type CloudWatchClient, paginateDescribeAlarms } from '@aws-sdk/client-cloudwatch';
import { alarmsOfDocument } from '@voice-campaign/cloudwatch-engine/alarm-tests';
import { type AlarmInput, alarmsReadBy, validateAlarm } from '@voice-campaign/cloudwatch-engine/alarms';
import { plan } from '@voice-campaign/provisioning';
import { type Backtest, BacktestError, backtest } from '@voice-campaign/provisioning/backtest';
import { awsClients, regionOf } from './aws-clients.ts';
import { jsonIn } from './lint.ts';
import { loadConfig } from './load-config.ts';
import { UsageError } from './usage-error.ts';

export type BacktestCommand = {
  readonly config?: string;
  readonly days: number;
  readonly deployed?: boolean;
  readonly alarms?: string;
  /** Parts of names. */
  readonly only: readonly string[];
  /** By the name of an alarm, or of its definition. */
  readonly threshold: ReadonlyMap<string, number>;
  readonly profile?: string;
  readonly region?: string;
  readonly endpoint?: string;
};

/** Replays the alarms of the plan, of the account or of a file over the account's metrics. */
export const backtestAlarms = async (options: BacktestCommand): Promise<Backtest> => {
  const client = awsClients(options).cloudWatch;
  try {
    await regionOf(client);
    const { deployed = false, alarms: file, days, only } = options;
    if (deployed && file !== undefined)
      throw new UsageError('alarms are those of --deployed or of --alarms, not of both');
    const all =
      file !== undefined
        ? withThresholds(alarmsIn(file), options.threshold)
        : deployed
          ? withThresholds(await alarmsOf(client), options.threshold)
          : await plannedAlarms(options);
    const wanted = all.filter(
      ({ AlarmName = '' }) => only.length === 0 || only.some((part) => AlarmName.includes(part)),
    );
    if (wanted.length === 0) throw new UsageError(`there is no such alarm: ${namesOf(all)}`);
    const tested = await backtest({ client, alarms: withChildren(wanted, all), days });
    const isWanted = ({ name }: { readonly name: string }) => wanted.some(({ AlarmName }) => AlarmName === name);
    return { ...tested, alarms: tested.alarms.filter(isWanted), skipped: tested.skipped.filter(isWanted) };
  } catch (error) {
    if (error instanceof BacktestError) throw new UsageError(error.message);
    throw toldByAws(error) ? new UsageError(`CloudWatch cannot be asked: ${error.name}: ${error.message}`) : error;
  } finally {
    client.destroy();
  }
};

/** Of the service, of the credentials, or of the network: nothing that a stack would explain. */
const toldByAws = (error: unknown): error is Error =>
  error instanceof Error && ('$metadata' in error || 'syscall' in error || error.name === 'CredentialsProviderError');

const namesOf = (alarms: readonly AlarmInput[]): string =>
  alarms.length === 0 ? 'there is none at all' : alarms.map(({ AlarmName }) => AlarmName).join(', ');

const plannedAlarms = async ({ config, threshold }: BacktestCommand): Promise<readonly AlarmInput[]> => {
  const { monitoring, inputs } = await loadConfig(config);
  const alarmOverrides = { ...inputs.alarmOverrides };
  const known = Object.entries(monitoring.alarms).flatMap(([name, { kind }]) => (kind === 'metric' ? [name] : []));
  for (const [name, value] of threshold) {
    if (!known.includes(name)) {
      throw new UsageError(`--threshold names ${name}, which is none of those with one: ${known.join(', ')}`);
    }
    alarmOverrides[name] = { ...alarmOverrides[name], threshold: value };
  }
  const { metricAlarms, compositeAlarms } = plan(monitoring, { ...inputs, alarmOverrides });
  return [...metricAlarms, ...compositeAlarms];
};

const alarmsOf = async (client: CloudWatchClient): Promise<readonly AlarmInput[]> => {
  const pages = [];
  const asked = { AlarmTypes: ['MetricAlarm' as const, 'CompositeAlarm' as const] };
  for await (const { MetricAlarms, CompositeAlarms } of paginateDescribeAlarms({ client }, asked)) {
    pages.push({ MetricAlarms, CompositeAlarms });
  }
  const read = alarmsOfDocument(pages);
  if (!read.ok) throw new UsageError('the account has no alarms there: name another --region, or test the plan’s');
  return read.alarms;
};

const alarmsIn = (path: string): readonly AlarmInput[] => {
  const read = alarmsOfDocument(jsonIn(path));
  if (read.ok) return read.alarms;
  throw new UsageError(read.issues.map(({ where, message }) => `${path}: ${where} ${message}`).join('\n'));
};

const withThresholds = (
  alarms: readonly AlarmInput[],
  thresholds: BacktestCommand['threshold'],
): readonly AlarmInput[] => {
  for (const name of thresholds.keys()) {
    if (!alarms.some(({ AlarmName }) => AlarmName === name)) {
      throw new UsageError(`--threshold names ${name}, which is none of: ${namesOf(alarms)}`);
    }
    if (alarms.some((alarm) => alarm.AlarmName === name && !('Threshold' in alarm))) {
      throw new UsageError(`--threshold names ${name}, which has none: it is of other alarms, or of a band`);
    }
  }
  return alarms.map((alarm) => {
    const Threshold = thresholds.get(alarm.AlarmName ?? '');
    return Threshold === undefined ? alarm : { ...alarm, Threshold };
  });
};

/** With the alarms that they are made of, and those are: an account may have thousands of others. */
const withChildren = (wanted: readonly AlarmInput[], all: readonly AlarmInput[]): readonly AlarmInput[] => {
  const taken = new Set(wanted);
  for (const alarm of taken) {
    const names = madeOf(alarm);
    for (const each of all) if (names.includes(each.AlarmName ?? '')) taken.add(each);
  }
  return [...taken];
};

/** Names of the alarms that a composite alarm reads; none of one that is refused. */
const madeOf = (input: AlarmInput): readonly string[] => {
  const read = 'AlarmRule' in input ? validateAlarm(input) : undefined;
  if (!read?.ok || read.alarm.kind !== 'composite') return [];
  return alarmsReadBy(read.alarm);
};
