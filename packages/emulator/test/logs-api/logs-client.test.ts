import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  DeleteLogGroupCommand,
  DeleteMetricFilterCommand,
  DeleteQueryDefinitionCommand,
  DeleteRetentionPolicyCommand,
  DescribeLogGroupsCommand,
  DescribeLogStreamsCommand,
  DescribeMetricFiltersCommand,
  DescribeQueriesCommand,
  DescribeQueryDefinitionsCommand,
  FilterLogEventsCommand,
  GetLogEventsCommand,
  GetLogRecordCommand,
  GetQueryResultsCommand,
  ListTagsForResourceCommand,
  PutLogEventsCommand,
  PutMetricFilterCommand,
  PutQueryDefinitionCommand,
  PutRetentionPolicyCommand,
  StartQueryCommand,
  TagResourceCommand,
  TestMetricFilterCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { describe, expect, it, onTestFinished } from 'vitest';
import { errorOf } from '../running-emulator.ts';
import { group, logsOf, logsWithStream, start, stream } from './logs-with-stream.ts';

/** With a group and a stream in it, and a way to put events there. */
const withStream = async () => {
  const all = await logsWithStream();
  const put = (...messages: readonly (string | readonly [at: number, message: string])[]) =>
    all.client.send(
      new PutLogEventsCommand({
        ...stream,
        logEvents: messages.map((each) =>
          typeof each === 'string' ? { timestamp: start, message: each } : { timestamp: each[0], message: each[1] },
        ),
      }),
    );
  return { ...all, put };
};

const emf = (value: number, timestamp = start): string =>
  JSON.stringify({
    _aws: {
      Timestamp: timestamp,
      CloudWatchMetrics: [{ Namespace: 'voice/test', Dimensions: [[]], Metrics: [{ Name: 'ActiveCalls' }] }],
    },
    ActiveCalls: value,
  });

describe('log groups and streams', () => {
  it('are made, described, tagged and deleted', async () => {
    const { client } = await withStream();
    const arn = 'arn:aws:logs:us-east-1:123456789012:log-group:/voice/asterisk';
    const { logGroups } = await client.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: '/voice' }));
    expect(logGroups).toMatchObject([
      { ...group, arn: `${arn}:*`, logGroupArn: arn, creationTime: start, metricFilterCount: 0, storedBytes: 0 },
    ]);
    await client.send(new TagResourceCommand({ resourceArn: arn, tags: { stage: 'test' } }));
    await client.send(new UntagResourceCommand({ resourceArn: arn, tagKeys: ['team'] }));
    expect((await client.send(new ListTagsForResourceCommand({ resourceArn: arn }))).tags).toEqual({ stage: 'test' });
    await client.send(new DeleteLogGroupCommand(group));
    expect((await client.send(new DescribeLogGroupsCommand({}))).logGroups).toEqual([]);
  });

  it('refuse what CloudWatch Logs refuses', async () => {
    const { client } = await withStream();
    const cases = [
      [new CreateLogGroupCommand(group), 'ResourceAlreadyExistsException', 'The specified log group already exists'],
      [new CreateLogGroupCommand({ logGroupName: 'a b' }), 'InvalidParameterException', "Value 'a b'"],
      [new CreateLogStreamCommand(stream), 'ResourceAlreadyExistsException', 'The specified log stream already exists'],
      [
        new CreateLogStreamCommand({ logGroupName: 'none', logStreamName: 's' }),
        'ResourceNotFoundException',
        'The specified log group does not exist.',
      ],
      [
        new GetLogEventsCommand({ ...group, logStreamName: 'none' }),
        'ResourceNotFoundException',
        'The specified log stream does not exist.',
      ],
      [new PutRetentionPolicyCommand({ ...group, retentionInDays: 2 }), 'InvalidParameterException', '[1, 3, 5, 7, 14'],
      [
        new DescribeLogStreamsCommand({ ...group, orderBy: 'LastEventTime', logStreamNamePrefix: 'i' }),
        'InvalidParameterException',
        'Cannot order by LastEventTime with a logStreamNamePrefix.',
      ],
    ] as const;
    for (const [command, name, message] of cases) {
      expect(await errorOf(client.send(command as never))).toMatchObject({
        name,
        message: expect.stringContaining(message),
      });
    }
  });

  it('page their lists', async () => {
    const { client } = await logsOf();
    for (const index of [1, 2, 3]) await client.send(new CreateLogGroupCommand({ logGroupName: `g-${index}` }));
    const first = await client.send(new DescribeLogGroupsCommand({ limit: 2 }));
    const second = await client.send(new DescribeLogGroupsCommand({ limit: 2, nextToken: first.nextToken }));
    expect([first, second].map(({ logGroups }) => logGroups?.map(({ logGroupName }) => logGroupName))).toEqual([
      ['g-1', 'g-2'],
      ['g-3'],
    ]);
    expect(second.nextToken).toBeUndefined();
  });

  it('say when their streams had events', async () => {
    const { client, put } = await withStream();
    await put([start - 5000, 'a'], [start - 1000, 'b']);
    await client.send(new CreateLogStreamCommand({ ...group, logStreamName: 'a-0' }));
    const names = async (input: object) =>
      (await client.send(new DescribeLogStreamsCommand({ ...group, ...input }))).logStreams?.map(
        ({ logStreamName }) => logStreamName,
      );
    expect(await names({})).toEqual(['a-0', 'i-1']);
    expect(await names({ orderBy: 'LastEventTime', descending: true, limit: 1 })).toEqual(['i-1']);
    const empty = await client.send(new DescribeLogStreamsCommand({ ...group, logStreamNamePrefix: 'a' }));
    expect(empty.logStreams?.[0]).not.toHaveProperty('uploadSequenceToken');
    const { logStreams } = await client.send(new DescribeLogStreamsCommand({ ...group, logStreamNamePrefix: 'i' }));
    expect(logStreams).toMatchObject([
      { firstEventTimestamp: start - 5000, lastEventTimestamp: start - 1000, lastIngestionTime: start },
    ]);
  });
});

describe('log events', () => {
  it('are followed with tokens, which stay the same while nothing comes', async () => {
    const { client, put } = await withStream();
    await put('one', 'two', 'three');
    const get = (input: object) => client.send(new GetLogEventsCommand({ ...stream, ...input }));
    const head = await get({ startFromHead: true, limit: 2 });
    expect(head.events?.map(({ message }) => message)).toEqual(['one', 'two']);
    const next = await get({ nextToken: head.nextForwardToken });
    expect(next.events?.map(({ message }) => message)).toEqual(['three']);
    const end = await get({ nextToken: next.nextForwardToken });
    expect([end.events, end.nextForwardToken]).toEqual([[], next.nextForwardToken]);
    await put('four');
    const more = await get({ nextToken: end.nextForwardToken });
    expect(more.events).toMatchObject([{ message: 'four', timestamp: start, ingestionTime: start }]);
    const tail = await get({ limit: 2 });
    expect(tail.events?.map(({ message }) => message)).toEqual(['three', 'four']);
    const back = await get({ nextToken: tail.nextBackwardToken });
    expect(back.events?.map(({ message }) => message)).toEqual(['one', 'two']);
  });

  it('are filtered by pattern, time and stream, and paged', async () => {
    const { client, put } = await withStream();
    await put([start - 2000, '{"latency":12}'], [start - 1000, '{"latency":3}'], '{"latency":20}', 'plain');
    const filter = async (input: object) => {
      const { events, nextToken } = await client.send(new FilterLogEventsCommand({ ...group, ...input }));
      return { messages: events?.map(({ message }) => message), nextToken };
    };
    const slow = '{ $.latency > 5 }';
    expect((await filter({ filterPattern: slow })).messages).toEqual(['{"latency":12}', '{"latency":20}']);
    expect((await filter({ filterPattern: slow, startTime: start - 1999 })).messages).toEqual(['{"latency":20}']);
    expect((await filter({ endTime: start - 1000 })).messages).toEqual(['{"latency":12}', '{"latency":3}']);
    await client.send(new CreateLogStreamCommand({ ...group, logStreamName: 'other' }));
    expect((await filter({ logStreamNames: ['other'] })).messages).toEqual([]);
    const page = await filter({ filterPattern: slow, limit: 1 });
    expect(page.messages).toEqual(['{"latency":12}']);
    expect((await filter({ filterPattern: slow, limit: 1, nextToken: page.nextToken })).messages).toEqual([
      '{"latency":20}',
    ]);
    const wrong = client.send(new FilterLogEventsCommand({ ...group, filterPattern: '{ $.latency > }' }));
    expect(await errorOf(wrong)).toMatchObject({
      name: 'InvalidParameterException',
      message: expect.stringContaining('at character 15'),
    });
  });

  it('too old, expired and too new are left out, and said by index', async () => {
    const { client, put, emulator } = await withStream();
    const hour = 3_600_000;
    await client.send(new PutRetentionPolicyCommand({ ...group, retentionInDays: 1 }));
    const old = await put([start - 25 * hour, 'expired'], [start - 2 * hour, 'kept']);
    expect(old.rejectedLogEventsInfo).toEqual({ expiredLogEventEndIndex: 1 });
    const early = await put([start, 'now'], [start + 3 * hour, 'future']);
    expect(early.rejectedLogEventsInfo).toEqual({ tooNewLogEventStartIndex: 1 });
    await client.send(new DeleteRetentionPolicyCommand(group));
    const older = await put([start - 15 * 24 * hour, 'old']);
    expect(older.rejectedLogEventsInfo).toEqual({ tooOldLogEventEndIndex: 1 });
    // Observed of AWS: only what is taken must lie within a day.
    const apart = await put(
      [start - 360 * hour, 'a'],
      [start - 23 * hour, 'b'],
      [start, 'c'],
      [start + 24 * hour, 'd'],
    );
    expect(apart.rejectedLogEventsInfo).toEqual({ tooOldLogEventEndIndex: 1, tooNewLogEventStartIndex: 3 });
    expect(emulator.logs.events({ logGroup: group.logGroupName }).map(({ message }) => message)).toEqual([
      'kept',
      'now',
      'b',
      'c',
    ]);
  });

  it('of a batch that breaks a rule are refused together', async () => {
    const { put, emulator } = await withStream();
    const day = 86_400_000;
    const refused = [
      [() => put([start, 'b'], [start - 1, 'a']), 'chronological order'],
      [() => put([start - day - 1, 'a'], [start, 'b']), 'more than 24 hours'],
      [() => put('x'.repeat(1_048_576)), 'Log event too large: 1048602 bytes exceeds limit of 1048576'],
      [() => put('x'.repeat(600_000), 'x'.repeat(500_000)), 'Upload too large: 1100052 bytes exceeds limit of 1048576'],
      [() => put(''), 'logEvents.1'],
    ] as const;
    for (const [call, message] of refused) {
      expect(await errorOf(call())).toMatchObject({
        name: 'InvalidParameterException',
        message: expect.stringContaining(message),
      });
    }
    expect(emulator.logs.events()).toEqual([]);
  });
});

describe('metrics from log events', () => {
  it('are made of EMF, whoever wrote it', async () => {
    const { put, emulator } = await withStream();
    await put(emf(7), emf(5, start - 60_000), emf(1).slice(0, -1));
    expect(emulator.metrics.total('voice/test', 'ActiveCalls')).toMatchObject({ sum: 12, count: 2 });
    expect(emulator.logs.errorCounts()).toEqual({ EMFParsingErrors: 1, EMFValidationErrors: 0 });
  });

  it('are counted in AWS/Logs each minute, the rejected among them', async () => {
    const { put, emulator, clock } = await withStream();
    await put(emf(7), '{"_aws":1}');
    await clock.advance('2m');
    const total = (name: string) => emulator.metrics.total('AWS/Logs', name, { LogGroupName: group.logGroupName }).sum;
    expect([total('IncomingLogEvents'), total('EMFValidationErrors')]).toEqual([2, 1]);
  });

  it('are made by metric filters: a value of the event, dimensions, and a default for what does not match', async () => {
    const { client, put, emulator, clock } = await withStream();
    const filter = (filterName: string, filterPattern: string, metricTransformation: object) =>
      client.send(
        new PutMetricFilterCommand({
          ...group,
          filterName,
          filterPattern,
          metricTransformations: [
            { metricNamespace: 'voice/test', metricName: filterName, metricValue: '1', ...metricTransformation },
          ],
        }),
      );
    await filter('Latency', '{ $.latency = "*" }', {
      metricValue: '$.latency',
      unit: 'Milliseconds',
      dimensions: { Trunk: '$.trunk' },
    });
    await filter('Errors', 'ERROR', { defaultValue: 0 });
    await put('{"latency":12,"trunk":"a"}', '{"latency":"30","trunk":"a"}', '{"latency":"slow","trunk":"a"}');
    await clock.advance('90s');
    await put('ERROR no channel');
    await clock.advance('2m');
    const latency = emulator.metrics.total('voice/test', 'Latency', { Trunk: 'a' });
    expect(latency).toMatchObject({ sum: 42, count: 2 });
    expect(emulator.metrics.total('voice/test', 'Errors')).toMatchObject({ sum: 1, count: 4 });
    const { metricFilters } = await client.send(new DescribeMetricFiltersCommand(group));
    expect(metricFilters).toMatchObject([
      { filterName: 'Errors', metricTransformations: [{ defaultValue: 0 }] },
      { filterName: 'Latency', metricTransformations: [{ dimensions: { Trunk: '$.trunk' }, unit: 'Milliseconds' }] },
    ]);
    await client.send(new DeleteMetricFilterCommand({ ...group, filterName: 'Errors' }));
    await put('ERROR again');
    expect(emulator.metrics.total('voice/test', 'Errors').sum).toBe(1);
  });

  it('are refused where CloudWatch Logs would refuse the filter', async () => {
    const { client } = await withStream();
    const put = (change: object, filterPattern = 'ERROR') =>
      errorOf(
        client.send(
          new PutMetricFilterCommand({
            ...group,
            filterName: 'errors',
            filterPattern,
            metricTransformations: [{ metricNamespace: 'voice', metricName: 'Errors', metricValue: '1', ...change }],
          }),
        ),
      );
    const dimensions = { A: '$.a', B: '$.b', C: '$.c', D: '$.d' };
    expect([
      (await put({ metricValue: 'one' })).message,
      (await put({ metricValue: '$.items[*].value' })).message,
      (await put({ dimensions: { A: '$.items[*]' } })).message,
      (await put({ dimensions })).message,
      (await put({ dimensions: { A: '$.a' }, defaultValue: 0 })).message,
      (await put({ unit: 'Calls' })).message,
      (await put({ metricNamespace: 'AWS/Lambda' })).message,
      (await put({}, '{ $.a = ')).message,
    ]).toEqual([
      expect.stringContaining('metric value one must be a valid number'),
      expect.stringContaining('metric value $.items[*].value must be a valid number'),
      expect.stringContaining('dimension value must be valid selector'),
      'Number of dimensions exceeds the maximum number of dimensions supported per metric filter',
      'Invalid metric transformation: dimensions and default value are mutually exclusive properties',
      expect.stringContaining("Value at 'metricTransformations.1.member.unit' failed to satisfy constraint"),
      expect.stringContaining('AWS services'),
      expect.stringContaining('at character'),
    ]);
  });

  // As AWS was seen to, by the author of github.com/radkawar/stackd (testdata/aws/logs/metric_filters.json).
  it('publish what matches by its own time, and the default value of each event that does not', async () => {
    const { client, put, emulator } = await withStream();
    const filter = (filterName: string, filterPattern: string, transformation: object, more: object = {}) =>
      client.send(
        new PutMetricFilterCommand({
          ...{ ...group, filterName, filterPattern },
          metricTransformations: [
            { metricNamespace: 'observed', metricName: filterName, metricValue: '5', ...transformation },
          ],
          ...more,
        }),
      );
    const value = { metricValue: '$.value' };
    await filter('JsonString', '{ $.kind = "string" && $.value = * }', value);
    await filter('JsonBad', '{ $.kind = "bad" && $.value = * }', value);
    await filter('JsonMissing', '{ $.kind = "missing" }', value);
    await filter('Space', '[kind = "SPACE", value, bucket]', {
      metricValue: '$value',
      dimensions: { Bucket: '$bucket' },
    });
    await filter('SpaceMissing', '[kind, value]', { metricValue: '$missing' });
    await filter('Dimension', '{ $.kind = "dimension" && $.bucket = * }', {
      ...value,
      dimensions: { Bucket: '$.bucket' },
    });
    await filter('Default', 'DEFAULT_MATCH', { defaultValue: 3 });
    const emitSystemFieldDimensions = ['@aws.account', '@aws.region', '@source.log'];
    await filter('System', 'DEFAULT_MATCH', {}, { emitSystemFieldDimensions });
    await put(
      '{"kind":"string","value":"11.5"}',
      '{"kind":"bad","value":"banana"}',
      '{"kind":"missing"}',
      ...['SPACE 13 A', 'SPACE banana A', 'SPACE', 'SPACE "17.5" A'],
      '{"kind":"dimension","bucket":"A","value":29}',
      '{"kind":"dimension","bucket":"B","value":"31"}',
      '{"kind":"dimension","value":37}',
      'DEFAULT_MATCH',
    );
    const total = (name: string, dimensions = {}) => emulator.metrics.total('observed', name, dimensions);
    expect(total('JsonString')).toMatchObject({ sum: 11.5, count: 1 });
    for (const name of ['JsonBad', 'JsonMissing', 'SpaceMissing', 'Dimension']) expect(total(name).count).toBe(0);
    expect(total('Space', { Bucket: 'A' })).toMatchObject({ sum: 30.5, count: 2 });
    expect([total('Dimension', { Bucket: 'A' }).sum, total('Dimension', { Bucket: 'B' }).sum]).toEqual([29, 31]);
    expect(total('Default')).toMatchObject({ sum: 5 + 10 * 3, count: 11 });
    const fields = { '@aws.account': '123456789012', '@aws.region': 'us-east-1', '@source.log': group.logGroupName };
    expect(total('System', fields)).toMatchObject({ sum: 5, count: 1 });
  });

  it('keep the time they were created at, and are limited in expressions and dimensions', async () => {
    const { client, clock } = await withStream();
    const put = (filterName: string, filterPattern: string, more: object = {}, dimensions?: Record<string, string>) =>
      client.send(
        new PutMetricFilterCommand({
          ...{ ...group, filterName, filterPattern, ...more },
          metricTransformations: [{ metricNamespace: 'voice', metricName: 'Errors', metricValue: '1', dimensions }],
        }),
      );
    const described = async (input: object) =>
      (await client.send(new DescribeMetricFiltersCommand(input))).metricFilters;
    for (const name of ['a', 'b', 'c', 'd', 'e']) await put(name, `%${name}%`);
    await clock.advance('1m');
    expect(await errorOf(put('f', '%f%'))).toMatchObject({
      ...{ name: 'LimitExceededException', message: 'Resource limit exceeded.' },
    });
    await put('f', '"100%"');
    await put('a', '%again%', { emitSystemFieldDimensions: ['@aws.region', '@aws.region'] });
    expect((await described({ ...group, filterNamePrefix: 'a' }))?.[0]).toEqual({
      ...{ filterName: 'a', filterPattern: '%again%', creationTime: start, logGroupName: group.logGroupName },
      ...{ applyOnTransformedLogs: false, emitSystemFieldDimensions: ['@aws.region'] },
      metricTransformations: [{ metricNamespace: 'voice', metricName: 'Errors', metricValue: '1' }],
    });
    const messages = [
      put('g', 'x', { emitSystemFieldDimensions: ['@aws.account'] }, { A: '$.a', B: '$.b', C: '$.c' }),
      put('g', 'x', { emitSystemFieldDimensions: ['@aws.nope'] }),
      described({ ...group, metricName: 'Errors', metricNamespace: 'voice' }),
      described({ metricName: 'Errors' }),
      described({ ...group, nextToken: 'invalid' }),
    ].map(async (call) => (await errorOf(call)).message);
    expect(await Promise.all(messages)).toEqual([
      'Number of dimensions exceeds the maximum number of dimensions supported per metric filter',
      'The provided system fields are invalid. The supported system fields are - [@aws.region, @aws.account, @source.log]',
      'Describe Metric Filters request must contain either logGroupName or metricName and metricNamespace',
      'Describe Metric Filters request must contain either logGroupName or metricName and metricNamespace',
      'Pagination token in request is invalid. Only token from previous list call or null is valid.',
    ]);
  });

  it('can be tried on messages before', async () => {
    const { client } = await logsOf();
    const filterPattern = '[ip, ..., status = 4*, bytes]';
    const logEventMessages = ['10.0.0.1 - - 200 12', '10.0.0.2 - - 404 7'];
    const { matches } = await client.send(new TestMetricFilterCommand({ filterPattern, logEventMessages }));
    expect(matches).toEqual([
      {
        eventNumber: 2,
        eventMessage: '10.0.0.2 - - 404 7',
        extractedValues: { $ip: '10.0.0.2', $2: '-', $3: '-', $status: '404', $bytes: '7' },
      },
    ]);
  });
});

describe('saved queries', () => {
  it('are kept, found by prefix, replaced and deleted', async () => {
    const { client } = await logsOf();
    const put = (name: string, more: object = {}) =>
      client.send(new PutQueryDefinitionCommand({ name, queryString: 'fields @message', ...more }));
    const { queryDefinitionId } = await put('voice/errors', { logGroupNames: ['a'] });
    await put('other');
    await put('voice/failures', { queryDefinitionId });
    const described = await client.send(new DescribeQueryDefinitionsCommand({ queryDefinitionNamePrefix: 'voice/' }));
    expect(described.queryDefinitions).toMatchObject([
      { queryDefinitionId, name: 'voice/failures', queryString: 'fields @message', lastModified: start },
    ]);
    expect(await client.send(new DeleteQueryDefinitionCommand({ queryDefinitionId }))).toMatchObject({ success: true });
    expect(await errorOf(put('x', { queryDefinitionId }))).toMatchObject({ name: 'ResourceNotFoundException' });
  });
});

describe('queries', () => {
  it('run over log groups, and have their results at once', async () => {
    const { client, put } = await withStream();
    await put(
      [start - 120_000, '{"outcome":"answered"}'],
      [start - 60_000, '{"outcome":"busy"}'],
      '{"outcome":"answered"}',
    );
    const seconds = { startTime: start / 1000 - 3600, endTime: start / 1000 };
    const queryString = 'stats count(*) as calls by outcome | sort calls desc';
    const { queryId } = await client.send(new StartQueryCommand({ ...group, ...seconds, queryString }));
    const { status, results, statistics } = await client.send(new GetQueryResultsCommand({ queryId }));
    expect({ status, results }).toEqual({
      status: 'Complete',
      results: [
        [
          { field: 'outcome', value: 'answered' },
          { field: 'calls', value: '2' },
        ],
        [
          { field: 'outcome', value: 'busy' },
          { field: 'calls', value: '1' },
        ],
      ],
    });
    expect(statistics).toMatchObject({ recordsMatched: 3, recordsScanned: 3, bytesScanned: 62, logGroupsScanned: 1 });
    const described = await client.send(new DescribeQueriesCommand(group));
    expect(described.queries).toMatchObject([{ queryId, status: 'Complete', bytesScanned: 62 }]);
  });

  it('point to the events that they show', async () => {
    const { client, put } = await withStream();
    await put('{"outcome":"failed"}');
    const source = "SOURCE '/voice/asterisk' | filter outcome = 'failed'";
    const times = { startTime: start / 1000, endTime: start / 1000 };
    const { queryId } = await client.send(new StartQueryCommand({ ...times, queryString: source }));
    const { results } = await client.send(new GetQueryResultsCommand({ queryId }));
    const pointer = results?.[0]?.find(({ field }) => field === '@ptr')?.value;
    const { logRecord } = await client.send(new GetLogRecordCommand({ logRecordPointer: pointer }));
    expect(logRecord).toMatchObject({ '@message': '{"outcome":"failed"}', '@log': '123456789012:/voice/asterisk' });
  });

  it('that do not compile are refused with the place', async () => {
    const { client } = await withStream();
    const queryString = 'fields @message | pattern @message';
    const call = client.send(new StartQueryCommand({ ...group, startTime: 0, endTime: 1, queryString }));
    expect(await errorOf(call)).toMatchObject({
      name: 'MalformedQueryException',
      message: 'at character 19, the command pattern is not emulated',
      queryCompileError: { location: { startCharOffset: 18, endCharOffset: 25 } },
    });
  });
});

describe('a data directory', () => {
  it('keeps groups, streams, events, filters and saved queries, and forgets what was deleted', async () => {
    const dataDirectory = mkdtempSync(join(tmpdir(), 'voice-logs-'));
    onTestFinished(() => rmSync(dataDirectory, { recursive: true }));
    const first = await logsOf({ dataDirectory });
    const gone = { logGroupName: 'gone', logStreamName: 's' };
    for (const each of [stream, gone]) {
      await first.client.send(new CreateLogGroupCommand(each));
      await first.client.send(new CreateLogStreamCommand(each));
      await first.client.send(new PutLogEventsCommand({ ...each, logEvents: [{ timestamp: start, message: 'kept' }] }));
    }
    await first.client.send(new PutRetentionPolicyCommand({ ...group, retentionInDays: 30 }));
    await first.client.send(new DeleteLogGroupCommand({ logGroupName: 'gone' }));
    await first.client.send(new PutQueryDefinitionCommand({ name: 'saved', queryString: 'fields @message' }));
    await first.emulator.stop();
    const { client } = await logsOf({ dataDirectory });
    expect((await client.send(new DescribeLogGroupsCommand({}))).logGroups).toMatchObject([
      { ...group, retentionInDays: 30, storedBytes: 30 },
    ]);
    expect((await client.send(new GetLogEventsCommand(stream))).events).toMatchObject([{ message: 'kept' }]);
    expect((await client.send(new DescribeQueryDefinitionsCommand({}))).queryDefinitions).toHaveLength(1);
    await client.send(new CreateLogGroupCommand({ logGroupName: 'gone' }));
    await client.send(new CreateLogStreamCommand(gone));
    expect((await client.send(new GetLogEventsCommand(gone))).events).toEqual([]);
  });
});
