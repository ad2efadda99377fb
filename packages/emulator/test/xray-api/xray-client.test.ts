import {
  BatchGetTracesCommand,
  CreateGroupCommand,
  CreateSamplingRuleCommand,
  DeleteGroupCommand,
  DeleteSamplingRuleCommand,
  GetGroupCommand,
  GetGroupsCommand,
  GetInsightCommand,
  GetSamplingRulesCommand,
  GetSamplingTargetsCommand,
  GetServiceGraphCommand,
  GetTraceGraphCommand,
  GetTraceSummariesCommand,
  ListTagsForResourceCommand,
  PutTraceSegmentsCommand,
  type SamplingRule,
  UpdateGroupCommand,
  UpdateSamplingRuleCommand,
  XRayClient,
} from '@aws-sdk/client-xray';
import { describe, expect, it, onTestFinished } from 'vitest';
import { emulatorWith, errorOf } from '../running-emulator.ts';

const start = async () => {
  const emulator = await emulatorWith({ warn: () => {} });
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = new XRayClient({ endpoint: emulator.url, region: 'us-east-1', credentials, maxAttempts: 1 });
  onTestFinished(() => client.destroy());
  return { emulator, client };
};

const seconds = Math.floor(Date.now() / 1000);
const traceId = (digit: string) => `1-${seconds.toString(16)}-${digit.repeat(24)}`;
const range = { StartTime: new Date((seconds - 60) * 1000), EndTime: new Date((seconds + 60) * 1000) };
const segment = (digit: string, more: object = {}) =>
  JSON.stringify({
    id: digit.repeat(16),
    trace_id: traceId(digit),
    name: 'api-handler',
    origin: 'AWS::Lambda::Function',
    start_time: seconds,
    end_time: seconds + 0.5,
    annotations: { campaignId: `c-${digit}` },
    ...more,
  });

describe('traces', () => {
  it('take 500 kB each, say so, and refuse what is more by its id', async () => {
    const { client, emulator } = await start();
    const metadata = { d: { k: 'x'.repeat(60_000) } };
    const TraceSegmentDocuments = Array.from({ length: 20 }, (_, index) =>
      segment('1', { id: index.toString(16).padStart(16, '0'), metadata }),
    );
    const put = await client.send(new PutTraceSegmentsCommand({ TraceSegmentDocuments }));
    expect(put.UnprocessedTraceSegments).toHaveLength(12);
    expect(put.UnprocessedTraceSegments?.[0]).toEqual({
      Id: '0000000000000008',
      ErrorCode: 'InvalidSegment',
      Message: expect.stringContaining('has reached the 512000 bytes that a trace can have'),
    });
    const { Traces } = await client.send(new BatchGetTracesCommand({ TraceIds: [traceId('1')] }));
    expect(Traces).toMatchObject([{ LimitExceeded: true, Segments: { length: 8 } }]);
    const health = await (await fetch(`${emulator.url}/_emulator/health`)).json();
    expect(health).toMatchObject({
      traces: { held: 1, dropped: 0, refusedDocuments: 12, bytes: expect.any(Number), maxBytes: 256 * 2 ** 20 },
    });
  });

  it('are put, found by filters, and read with their joined subsegments', async () => {
    const { client } = await start();
    const subsegment = { type: 'subsegment', id: 'e'.repeat(16), parent_id: '1'.repeat(16), annotations: {} };
    const put = new PutTraceSegmentsCommand({
      TraceSegmentDocuments: [
        segment('1', { ...subsegment, name: 'dial' }),
        segment('1'),
        segment('2', { fault: true }),
        '{"id":"7"}',
      ],
    });
    const { UnprocessedTraceSegments } = await client.send(put);
    expect(UnprocessedTraceSegments).toMatchObject([
      { ErrorCode: 'ParseError', Message: expect.stringContaining('trace_id') },
    ]);

    const summaries = async (FilterExpression?: string) =>
      (await client.send(new GetTraceSummariesCommand({ ...range, ...(FilterExpression && { FilterExpression }) })))
        .TraceSummaries;
    expect((await summaries())?.map(({ Id }) => Id)).toEqual([traceId('1'), traceId('2')]);
    expect(await summaries('fault')).toMatchObject([{ Id: traceId('2'), HasFault: true, Duration: 0.5 }]);
    const [found] = (await summaries('annotation.campaignId = "c-1"')) ?? [];
    expect(found?.Annotations?.campaignId).toEqual([
      {
        AnnotationValue: { StringValue: 'c-1' },
        ServiceIds: [{ Name: 'api-handler', Names: ['api-handler'], Type: 'AWS::Lambda::Function' }],
      },
    ]);
    expect(await errorOf(summaries('speed > 3'))).toMatchObject({
      name: 'InvalidRequestException',
      message: expect.stringContaining('FilterExpression: speed is no keyword'),
    });

    const read = await client.send(new BatchGetTracesCommand({ TraceIds: [traceId('1'), traceId('9')] }));
    expect(read.UnprocessedTraceIds).toEqual([traceId('9')]);
    const document = JSON.parse(read.Traces?.[0]?.Segments?.[0]?.Document ?? '');
    expect(document.subsegments).toMatchObject([{ name: 'dial' }]);
  });

  it('make a service graph, of all or of a group', async () => {
    const { client } = await start();
    const call = { id: 'f'.repeat(16), name: 'SQS', namespace: 'aws', start_time: seconds, end_time: seconds + 0.1 };
    const put = { TraceSegmentDocuments: [segment('1', { subsegments: [call] }), segment('2', { fault: true })] };
    await client.send(new PutTraceSegmentsCommand(put));
    const { Services = [] } = await client.send(new GetServiceGraphCommand(range));
    const handler = Services.find(({ Type }) => Type === 'AWS::Lambda::Function');
    expect(handler?.SummaryStatistics).toMatchObject({ OkCount: 1, TotalCount: 2, FaultStatistics: { TotalCount: 1 } });
    expect(Services.map(({ Type }) => Type)).toEqual(['AWS::Lambda::Function', 'AWS::SQS::Queue', 'client']);
    await client.send(new CreateGroupCommand({ GroupName: 'faults', FilterExpression: 'fault' }));
    const ofGroup = await client.send(new GetServiceGraphCommand({ ...range, GroupName: 'faults' }));
    expect(ofGroup.Services?.map(({ Type }) => Type)).toEqual(['AWS::Lambda::Function', 'client']);
    const ofTrace = await client.send(new GetTraceGraphCommand({ TraceIds: [traceId('2')] }));
    expect(ofTrace.Services).toHaveLength(2);
  });
});

describe('groups', () => {
  it('are made, changed, listed, tagged and deleted', async () => {
    const { client } = await start();
    const Tags = [{ Key: 'team', Value: 'voice' }];
    const { Group } = await client.send(
      new CreateGroupCommand({ GroupName: 'slow', FilterExpression: 'duration > 5', Tags }),
    );
    expect(Group?.GroupARN).toMatch(/^arn:aws:xray:us-east-1:123456789012:group\/slow\/[0-9A-F]{32}$/);
    const ResourceARN = Group?.GroupARN ?? '';
    expect((await client.send(new ListTagsForResourceCommand({ ResourceARN }))).Tags).toEqual(Tags);
    await client.send(new UpdateGroupCommand({ GroupName: 'slow', InsightsConfiguration: { InsightsEnabled: true } }));
    const { Group: changed } = await client.send(new GetGroupCommand({ GroupName: 'slow' }));
    expect(changed).toMatchObject({
      FilterExpression: 'duration > 5',
      InsightsConfiguration: { InsightsEnabled: true },
    });
    const { Groups } = await client.send(new GetGroupsCommand({}));
    expect(Groups?.map(({ GroupName }) => GroupName)).toEqual(['Default', 'slow']);
    await client.send(new DeleteGroupCommand({ GroupName: 'slow' }));
    expect((await errorOf(client.send(new GetGroupCommand({ GroupName: 'slow' })))).name).toBe(
      'InvalidRequestException',
    );
  });

  it('are refused with a filter that cannot be read, and beyond 25', async () => {
    const { client } = await start();
    const create = (GroupName: string, FilterExpression = 'fault') =>
      client.send(new CreateGroupCommand({ GroupName, FilterExpression }));
    expect((await errorOf(create('bad', 'fault AND'))).message).toContain('FilterExpression: the expression ends');
    for (let index = 0; index < 25; index += 1) await create(`g${index}`);
    expect((await errorOf(create('g25'))).message).toContain('25 groups');
  });
});

describe('sampling rules', () => {
  const rule: SamplingRule = {
    RuleName: 'critical',
    ResourceARN: '*',
    Priority: 100,
    FixedRate: 0.2,
    ReservoirSize: 5,
    ServiceName: 'voice/*',
    ServiceType: '*',
    Host: '*',
    HTTPMethod: 'POST',
    URLPath: '*',
    Version: 1,
  };

  it('stand before the default one, by priority', async () => {
    const { client } = await start();
    await client.send(new CreateSamplingRuleCommand({ SamplingRule: rule }));
    await client.send(new CreateSamplingRuleCommand({ SamplingRule: { ...rule, RuleName: 'first', Priority: 1 } }));
    await client.send(new UpdateSamplingRuleCommand({ SamplingRuleUpdate: { RuleName: 'critical', FixedRate: 0.5 } }));
    const { SamplingRuleRecords = [] } = await client.send(new GetSamplingRulesCommand({}));
    expect(SamplingRuleRecords.map(({ SamplingRule }) => [SamplingRule?.RuleName, SamplingRule?.FixedRate])).toEqual([
      ['first', 0.2],
      ['critical', 0.5],
      ['Default', 0.05],
    ]);
    await client.send(new DeleteSamplingRuleCommand({ RuleName: 'first' }));
    expect((await client.send(new GetSamplingRulesCommand({}))).SamplingRuleRecords).toHaveLength(2);
  });

  it('are refused where X-Ray refuses them', async () => {
    const { client } = await start();
    const create = (change: object) =>
      errorOf(client.send(new CreateSamplingRuleCommand({ SamplingRule: { ...rule, ...change } })));
    expect((await create({ Priority: 10_000 })).message).toContain('Priority is 10000, X-Ray takes 1 to 9999');
    expect((await create({ RuleName: 'x'.repeat(33) })).message).toContain('RuleName has 33 characters');
    expect((await create({ FixedRate: 1.5 })).message).toContain('FixedRate is 1.5');
    const defaultRule = { SamplingRuleUpdate: { RuleName: 'Default', Priority: 5 } };
    expect((await errorOf(client.send(new UpdateSamplingRuleCommand(defaultRule)))).message).toContain(
      'Only FixedRate',
    );
    expect((await errorOf(client.send(new DeleteSamplingRuleCommand({ RuleName: 'Default' })))).message).toContain(
      'cannot be deleted',
    );
  });

  it('share their reservoir among the clients that ask', async () => {
    const { client } = await start();
    await client.send(new CreateSamplingRuleCommand({ SamplingRule: rule }));
    const ask = async (digit: string) => {
      const statistics = {
        RuleName: 'critical',
        ClientID: digit.repeat(24),
        Timestamp: new Date(),
        RequestCount: 9,
        SampledCount: 5,
      };
      const answer = await client.send(new GetSamplingTargetsCommand({ SamplingStatisticsDocuments: [statistics] }));
      return answer.SamplingTargetDocuments?.[0];
    };
    expect(await ask('a')).toMatchObject({ ReservoirQuota: 5, FixedRate: 0.2, Interval: 10 });
    expect(await ask('b')).toMatchObject({ ReservoirQuota: 2 });
    expect(await ask('a')).toMatchObject({ ReservoirQuota: 3 });
  });
});

it('says of an operation that it is not emulated', async () => {
  const { client } = await start();
  const error = await errorOf(client.send(new GetInsightCommand({ InsightId: 'a'.repeat(32) })));
  expect(error.message).toContain('POST /Insight is not emulated');
});
