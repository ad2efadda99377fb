import {
  type CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  DeleteMetricFilterCommand,
  DescribeLogGroupsCommand,
  DescribeLogStreamsCommand,
  DescribeMetricFiltersCommand,
  DescribeQueriesCommand,
  FilterLogEventsCommand,
  GetLogEventsCommand,
  ListLogGroupsCommand,
  PutMetricFilterCommand,
  StartQueryCommand,
  TagLogGroupCommand,
  TagResourceCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { describe, expect, it } from 'vitest';
import { errorOf } from '../running-emulator.ts';
import { group, logsWithStream, stream } from './logs-with-stream.ts';

type Refusal = readonly [
  what: string,
  send: (client: CloudWatchLogsClient) => Promise<unknown>,
  message: string | RegExp,
];

const refuses = (name: string, refusals: readonly Refusal[]) =>
  it.each(refusals)('%s', async (_, send, message) => {
    const { client } = await logsWithStream();
    const wanted = typeof message === 'string' ? message : expect.stringMatching(message);
    expect(await errorOf(send(client))).toMatchObject({ name, message: wanted });
  });

const constraint = (value: string, member: string, must: string) =>
  `1 validation error detected: Value '${value}' at '${member}' failed to satisfy constraint: Member must ${must}`;

const tooLong = (value: string, member: string, most: number) =>
  constraint(value, member, `have length less than or equal to ${most}`);

const tagsOf = (count: number) => Object.fromEntries([...Array(count).keys()].map((index) => [`k${index}`, 'v']));

const long = 'X'.repeat(513);
const longName = 'Invalid LogGroup or LogStream, both must have length less than or equal to 512.';
const transformation = (index: number) => ({
  metricNamespace: `namespace${index}`,
  metricName: `metric${index}`,
  metricValue: '1',
});

const putFilter = (change: object) =>
  new PutMetricFilterCommand({
    ...{ ...group, filterName: 'errors', filterPattern: 'ERROR', metricTransformations: [transformation(1)] },
    ...change,
  });

describe('as AWS was recorded to refuse them, are refused', () => {
  refuses('InvalidParameterException', [
    [
      'too many events of a stream',
      (client) => client.send(new GetLogEventsCommand({ ...stream, limit: 10_001 })),
      constraint('10001', 'limit', 'have value less than or equal to 10000'),
    ],
    [
      'too many events of a group',
      (client) => client.send(new FilterLogEventsCommand({ ...group, limit: 10_001 })),
      constraint('10001', 'limit', 'have value less than or equal to 10000'),
    ],
    [
      'a token of nobody',
      (client) => client.send(new FilterLogEventsCommand({ ...group, nextToken: 'invalid-token' })),
      'The specified nextToken is invalid.',
    ],
    [
      'a long name of a new group',
      (client) => client.send(new CreateLogGroupCommand({ logGroupName: long })),
      longName,
    ],
    [
      'a long name of a group',
      (client) => client.send(new DeleteMetricFilterCommand({ logGroupName: long, filterName: 'valid' })),
      longName,
    ],
    [
      'other characters in the name of a group',
      (client) => client.send(new CreateLogGroupCommand({ logGroupName: '/voice/é' })),
      constraint('/voice/é', 'logGroupName', 'satisfy regular expression pattern: [\\.\\-_/#A-Za-z0-9]+'),
    ],
    [
      'other characters in the name of a stream',
      (client) => client.send(new CreateLogStreamCommand({ ...group, logStreamName: 'i:1' })),
      constraint('i:1', 'logStreamName', 'satisfy regular expression pattern: [^:*]*'),
    ],
    [
      'other characters in the name of a filter',
      (client) => client.send(putFilter({ filterName: 'a*' })),
      constraint('a*', 'filterName', 'satisfy regular expression pattern: [^:*]*'),
    ],
    [
      'a pattern of names that is none',
      (client) => client.send(new ListLogGroupsCommand({ logGroupNamePattern: 'voice.*[01]' })),
      /^1 validation error detected: Value 'voice\.\*\[01\]' at 'logGroupNamePattern' .* regular expression pattern: /,
    ],
    [
      'too many streams of a group',
      (client) => client.send(new FilterLogEventsCommand({ ...group, logStreamNames: Array(101).fill('i-1') })),
      tooLong(`[${Array(101).fill('i-1').join(', ')}]`, 'logStreamNames', 100),
    ],
    [
      'too many tags of a new group',
      (client) => client.send(new CreateLogGroupCommand({ logGroupName: 'new', tags: tagsOf(51) })),
      /^1 validation error detected: Value '\{k0=v, k1=v, .* at 'tags' .* length less than or equal to 50$/,
    ],
    [
      'other characters in a tag',
      (client) => client.send(new CreateLogGroupCommand({ logGroupName: 'new', tags: { 'team!': 'voice' } })),
      /^Tag "team!": /,
    ],
    [
      'a prefix and a pattern at once',
      (client) => client.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: 'a', logGroupNamePattern: 'b' })),
      'LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.',
    ],
    [
      'a long name of a new filter',
      (client) => client.send(putFilter({ filterName: long })),
      tooLong(long, 'filterName', 512),
    ],
    [
      'a long name of a filter',
      (client) => client.send(new DeleteMetricFilterCommand({ ...group, filterName: long })),
      tooLong(long, 'filterName', 512),
    ],
    [
      'a long pattern',
      (client) => client.send(putFilter({ filterPattern: 'X'.repeat(1025) })),
      tooLong('X'.repeat(1025), 'filterPattern', 1024),
    ],
    [
      'a filter of two metrics',
      (client) => client.send(putFilter({ metricTransformations: [transformation(1), transformation(2)] })),
      tooLong(
        '[MetricTransformation(metricName=metric1, metricNamespace=namespace1, metricValue=1, defaultValue=null, unit=null, dimensions=null), MetricTransformation(metricName=metric2, metricNamespace=namespace2, metricValue=1, defaultValue=null, unit=null, dimensions=null)]',
        'metricTransformations',
        1,
      ),
    ],
    [
      'a long prefix of filters',
      (client) => client.send(new DescribeMetricFiltersCommand({ filterNamePrefix: long })),
      tooLong(long, 'filterNamePrefix', 512),
    ],
    [
      'a long name of a metric',
      (client) =>
        client.send(new DescribeMetricFiltersCommand({ metricName: 'X'.repeat(256), metricNamespace: 'namespace' })),
      tooLong('X'.repeat(256), 'metricName', 255),
    ],
    [
      'a group of AWS',
      (client) => client.send(new CreateLogGroupCommand({ logGroupName: 'aws/x' })),
      'Log groups starting with AWS/ are reserved for AWS.',
    ],
  ]);

  refuses('ResourceNotFoundException', [
    [
      'a query of a group that is not there',
      (client) =>
        client.send(
          new StartQueryCommand({ logGroupName: 'none', startTime: 0, endTime: 1, queryString: 'fields @message' }),
        ),
      /^Log group 'none' does not exist for account ID '123456789012' \(Service: AWSLogs; Status Code: 400; Error Code: ResourceNotFoundException; Request ID: [\w-]+; Proxy: null\)$/,
    ],
    [
      'a stream that is not there',
      (client) => client.send(new FilterLogEventsCommand({ ...group, logStreamNames: ['i-1', 'nope'] })),
      'The specified log stream does not exist.',
    ],
  ]);

  refuses('ValidationException', [
    [
      'a group that is named twice',
      (client) => client.send(new DescribeLogStreamsCommand({ ...group, logGroupIdentifier: group.logGroupName })),
      'LogGroup name and LogGroup ARN are mutually exclusive parameters.',
    ],
  ]);
});

const query = { ...group, startTime: 0, endTime: 1, queryString: 'fields @message' };
const reserved = 'Tag "aws:x": the prefix aws: is reserved for AWS';

describe('as the API reference has it, are refused', () => {
  refuses('InvalidParameterException', [
    [
      'a query of no rows',
      (client) => client.send(new StartQueryCommand({ ...query, limit: 0 })),
      constraint('0', 'limit', 'have value greater than or equal to 1'),
    ],
    [
      'a query of too many rows',
      (client) => client.send(new StartQueryCommand({ ...query, limit: 100_001 })),
      constraint('100001', 'limit', 'have value less than or equal to 100000'),
    ],
    [
      'a query of 51 groups',
      (client) =>
        client.send(
          new StartQueryCommand({
            ...query,
            logGroupName: undefined,
            logGroupNames: Array.from({ length: 51 }, (_, index) => `g-${index}`),
          }),
        ),
      'The query names 51 log groups: at most 50 are allowed',
    ],
    [
      'queries in a status that there is not',
      (client) => client.send(new DescribeQueriesCommand({ status: 'Foo' as never })),
      constraint(
        'Foo',
        'status',
        'satisfy enum value set: [Scheduled, Running, Complete, Failed, Cancelled, Timeout, Unknown]',
      ),
    ],
    ['tags of AWS', (client) => client.send(new TagLogGroupCommand({ ...group, tags: { 'aws:x': 'y' } })), reserved],
    [
      'tags of AWS by ARN',
      (client) =>
        client.send(
          new TagResourceCommand({
            resourceArn: `arn:aws:logs:us-east-1:123456789012:log-group:${group.logGroupName}`,
            tags: { 'aws:x': 'y' },
          }),
        ),
      reserved,
    ],
    [
      'tags of AWS with a new group',
      (client) => client.send(new CreateLogGroupCommand({ logGroupName: 'g', tags: { 'aws:x': 'y' } })),
      reserved,
    ],
    [
      'protection from being deleted',
      (client) => client.send(new CreateLogGroupCommand({ logGroupName: 'g', deletionProtectionEnabled: true })),
      'deletionProtectionEnabled is not emulated: leave it out, or delete groups with care',
    ],
  ]);
});
