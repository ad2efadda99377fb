import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  DeleteLogGroupCommand,
  DescribeLogGroupsCommand,
  DescribeLogStreamsCommand,
  DescribeMetricFiltersCommand,
  FilterLogEventsCommand,
  GetLogEventsCommand,
  PutLogEventsCommand,
  PutMetricFilterCommand,
  PutRetentionPolicyCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { hasMoto, type Moto, motoSuite, startMoto } from '../../../../tools/moto.ts';
import { emulatorWith } from '../running-emulator.ts';

const group = { logGroupName: '/voice/asterisk' };
const stream = { ...group, logStreamName: 'i-1' };

/** The same calls for either; gives back what a client sees, without instants and tokens. */
const story = async (url: string) => {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = new CloudWatchLogsClient({ endpoint: url, region: 'us-east-1', credentials, maxAttempts: 1 });
  onTestFinished(() => client.destroy());
  const now = Date.now();
  const nameOf = async (call: Promise<unknown>) =>
    call.then(
      () => 'no error',
      (error: Error) => error.name,
    );
  await client.send(new CreateLogGroupCommand(group));
  await client.send(new CreateLogStreamCommand(stream));
  await client.send(new PutRetentionPolicyCommand({ ...group, retentionInDays: 30 }));
  const messages = ['{"latency":12}', '{"latency":3}', 'plain ERROR'];
  await client.send(
    new PutLogEventsCommand({
      ...stream,
      logEvents: messages.map((message, index) => ({ timestamp: now - 3000 + index * 1000, message })),
    }),
  );
  const metricTransformations = [{ metricNamespace: 'voice', metricName: 'Slow', metricValue: '1' }];
  const filterPattern = '{ $.latency > 5 }';
  await client.send(new PutMetricFilterCommand({ ...group, filterName: 'slow', filterPattern, metricTransformations }));
  const filtered = async (pattern: string) =>
    (await client.send(new FilterLogEventsCommand({ ...group, filterPattern: pattern }))).events?.map(
      ({ message }) => message,
    );
  const textsOf = async (input: object) =>
    (await client.send(new GetLogEventsCommand({ ...stream, ...input }))).events?.map(({ message }) => message);
  const [described] = (await client.send(new DescribeLogGroupsCommand({}))).logGroups ?? [];
  const [filter] = (await client.send(new DescribeMetricFiltersCommand(group))).metricFilters ?? [];
  const [seen] = (await client.send(new DescribeLogStreamsCommand(group))).logStreams ?? [];
  return {
    group: [described?.arn, described?.retentionInDays, described?.metricFilterCount],
    stream: [seen?.logStreamName, seen?.arn, (seen?.lastEventTimestamp ?? 0) - now],
    filter: [filter?.filterName, filter?.filterPattern, filter?.metricTransformations?.[0]?.metricName],
    head: await textsOf({ startFromHead: true, limit: 2 }),
    tail: await textsOf({ limit: 1 }),
    slow: await filtered('{ $.latency > 5 }'),
    errors: await filtered('ERROR'),
    again: await nameOf(client.send(new CreateLogGroupCommand(group))),
    missing: await nameOf(client.send(new GetLogEventsCommand({ ...group, logStreamName: 'none' }))),
    deleted: await nameOf(client.send(new DeleteLogGroupCommand(group))),
    deletedAgain: await nameOf(client.send(new DeleteLogGroupCommand(group))),
  };
};

describe.skipIf(!hasMoto)(motoSuite('CloudWatch Logs, as moto answers it'), () => {
  let moto: Moto;
  beforeAll(async () => {
    moto = await startMoto();
  }, 60_000);
  afterAll(() => moto.stop());

  it('is the same here, but for what moto leaves out', { timeout: 30_000 }, async () => {
    const { url } = await emulatorWith({});
    const [own, other] = [await story(url), await story(moto.url)];
    // moto counts no metric filters in DescribeLogGroups, and matches every event with a JSON pattern.
    expect(own).toMatchObject({ group: [expect.any(String), 30, 1], slow: ['{"latency":12}'] });
    expect(own).toEqual({ ...other, group: own.group, slow: own.slow });
  });
});
