import type {
  CloudWatchClient,
  GetMetricDataInput,
  GetMetricDataOutput,
  MetricDataQuery,
} from '@aws-sdk/client-cloudwatch';
import type { AlarmInput } from '@voice-campaign/cloudwatch-engine/alarms';

export const base = { Namespace: 'voice', MetricName: 'Calls', EvaluationPeriods: 2, Threshold: 1 } as const;
export const alarm = { ...base, Statistic: 'Sum', Period: 60, ComparisonOperator: 'LessThanThreshold' } as const;

export const readsOf = (names: readonly string[]): readonly AlarmInput[] =>
  names.map((name) => ({ ...alarm, AlarmName: name, MetricName: name }));

/** A client that answers nothing, and counts what it is asked for. */
export const emptyAccount = () => {
  const asked: unknown[] = [];
  const client = {
    send: async ({ input }: { readonly input: unknown }) => {
      asked.push(input);
      return { MetricDataResults: [] };
    },
  } as unknown as CloudWatchClient;
  return { client, asked };
};

/** A client that answers each call with what `answer` makes of its queries. */
export const accountThat = (answer: (queries: readonly MetricDataQuery[], call: number) => GetMetricDataOutput) => {
  let calls = 0;
  const send = async ({ input }: { readonly input: GetMetricDataInput }) => {
    calls += 1;
    return answer(input.MetricDataQueries ?? [], calls);
  };
  return { client: { send } as unknown as CloudWatchClient, calls: () => calls };
};

/** Data of the last minutes are not asked for. */
export const lateMs = 180_000;
