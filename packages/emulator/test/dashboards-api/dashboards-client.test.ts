import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type CloudWatchClient,
  DeleteDashboardsCommand,
  GetDashboardCommand,
  ListDashboardsCommand,
  ListTagsForResourceCommand,
  PutDashboardCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-cloudwatch';
import { describe, expect, it, onTestFinished } from 'vitest';
import { testClock } from '../../src/core/clock.ts';
import { cloudwatchClientOf, emulatorWith, errorOf } from '../running-emulator.ts';

const start = Date.UTC(2026, 10, 23, 12, 0, 0, 250);
const arnOf = (name: string) => `arn:aws:cloudwatch::123456789012:dashboard/${name}`;
// The body of a recorded PutDashboard, of which ListDashboards said the size: 240.
const body = JSON.stringify({
  widgets: [
    {
      type: 'metric',
      x: 0,
      y: 0,
      width: 6,
      height: 6,
      properties: {
        metrics: [['AWS/EC2', 'CPUUtilization', 'InstanceId', 'i-12345678']],
        region: 'us-east-1',
        view: 'timeSeries',
        stacked: false,
      },
    },
  ],
});
const nothing = '{"widgets":[]}';

const put = (client: CloudWatchClient, DashboardName: string, DashboardBody = nothing, more: object = {}) =>
  client.send(new PutDashboardCommand({ DashboardName, DashboardBody, ...more }));
const bodyOf = async (client: CloudWatchClient, DashboardName: string) =>
  (await client.send(new GetDashboardCommand({ DashboardName }))).DashboardBody;
const list = async (client: CloudWatchClient, input: object = {}) =>
  (await client.send(new ListDashboardsCommand(input))).DashboardEntries ?? [];
const remove = (client: CloudWatchClient, DashboardNames: string[]) =>
  client.send(new DeleteDashboardsCommand({ DashboardNames }));
const namesIn = async (client: CloudWatchClient, input: object = {}) =>
  (await list(client, input)).map(({ DashboardName }) => DashboardName);

describe.each(['JSON', 'CBOR', 'Query'] as const)('dashboards over %s', (protocol) => {
  const clientOf = async () => cloudwatchClientOf(await emulatorWith({ clock: testClock(start) }), protocol);

  it('are put, listed, read and deleted', async () => {
    const client = await clientOf();
    expect((await put(client, 'calls', body)).DashboardValidationMessages ?? []).toEqual([]);
    expect(await client.send(new GetDashboardCommand({ DashboardName: 'calls' }))).toMatchObject({
      DashboardArn: arnOf('calls'),
      DashboardName: 'calls',
      DashboardBody: body,
    });
    expect(await list(client)).toEqual([
      {
        DashboardName: 'calls',
        DashboardArn: arnOf('calls'),
        LastModified: new Date(Date.UTC(2026, 10, 23, 12)),
        Size: 240,
      },
    ]);
    await remove(client, ['calls']);
    expect(await list(client)).toEqual([]);
  });

  it('answer with what has no effect, and keep it', async () => {
    const client = await clientOf();
    const given = '{ "widgets" : [ { "type": "text", "later": 1, "properties": { "markdown": "\\u2603" } } ] }\n';
    expect((await put(client, 'calls', given)).DashboardValidationMessages).toEqual([
      {
        DataPath: '/widgets/0',
        Message: 'The "later" property is not expected to be part of a widget definition, will be ignored',
      },
    ]);
    expect(await bodyOf(client, 'calls')).toBe('{"widgets":[{"type":"text","later":1,"properties":{"markdown":"☃"}}]}');
  });

  it('stay as they were where a body is refused, in the words of PutDashboard', async () => {
    const client = await clientOf();
    await put(client, 'calls');
    const error = await errorOf(put(client, 'calls', '{"widgets":null}'));
    expect(error).toMatchObject({
      Code: 'InvalidParameterInput',
      message:
        'The dashboard body is invalid, there are 1 validation errors:\n[\n  {\n    "dataPath": "/widgets",\n    "message": "Should be array"\n  }\n]',
      $metadata: { httpStatusCode: 400 },
    });
    expect(await bodyOf(client, 'calls')).toBe(nothing);
    expect(await errorOf(bodyOf(client, 'other'))).toMatchObject({
      Code: 'ResourceNotFound',
      message: 'Dashboard other does not exist',
      $metadata: { httpStatusCode: 404 },
    });
  });
});

describe('dashboards', () => {
  const clientOf = async () => cloudwatchClientOf(await emulatorWith({ clock: testClock(start) }));

  // These are answers of AWS that others recorded, line breaks and all.
  it.each<[string, (client: CloudWatchClient) => Promise<unknown>, string, string]>([
    [
      'a name with a blank',
      (client) => put(client, 'a b'),
      'InvalidParameterValue',
      'The value for field DashboardName contains invalid characters. It can only contain alphanumerics, dash (-) and underscore (_).\n',
    ],
    [
      'no body',
      (client) => put(client, 'a', ''),
      'InvalidParameterValue',
      'The parameter DashboardBody is required.\n',
    ],
    [
      'a prefix with a slash',
      (client) => list(client, { DashboardNamePrefix: 'a/' }),
      'InvalidParameterValue',
      'The value for field DashboardNamePrefix contains invalid characters. It can only contain alphanumerics, dash (-) and underscore (_).\n',
    ],
    [
      'a prefix of 256 characters',
      (client) => list(client, { DashboardNamePrefix: 'a'.repeat(256) }),
      'InvalidParameterValue',
      'The value for field DashboardNamePrefix is too long. It must have length less than or equal to 255.\n',
    ],
    ['a token of nobody', (client) => list(client, { NextToken: 'x' }), 'ValidationError', 'Invalid NextToken'],
    ['an empty token', (client) => list(client, { NextToken: '' }), 'ValidationError', 'Invalid NextToken'],
    [
      'to delete none',
      (client) => remove(client, []),
      'InvalidParameterValue',
      'Field DashboardNames is required and has to contain at least 1 element.\n',
    ],
    [
      'to delete a name with a slash',
      (client) => remove(client, ['a', 'b/c']),
      'InvalidParameterValue',
      'The value for field DashboardNames[1] contains invalid characters. It can only contain alphanumerics, dash (-) and underscore (_).\n',
    ],
  ])('refuse %s', async (_, call, Code, message) => {
    expect(await errorOf(call(await clientOf()))).toMatchObject({ Code, message });
  });

  it('are all deleted or none, and may be missing or named twice', async () => {
    const client = await clientOf();
    for (const name of ['a', 'b', 'c']) await put(client, name);
    await errorOf(remove(client, ['a', 'b/c']));
    await errorOf(
      remove(
        client,
        Array.from({ length: 101 }, (_, index) => `a${index || ''}`),
      ),
    );
    expect(await namesIn(client)).toEqual(['a', 'b', 'c']);
    await remove(client, [...new Array<string>(101).fill('a'), 'b', 'missing']);
    expect(await namesIn(client)).toEqual(['c']);
  });

  it('are listed by name, 1,000 at a time', { timeout: 60_000 }, async () => {
    const client = await clientOf();
    const names = Array.from({ length: 1001 }, (_, index) => `d${String(index).padStart(4, '0')}`);
    for (const name of ['Z', 'e', ...names.toReversed()]) await put(client, name);
    const first = await client.send(new ListDashboardsCommand({ DashboardNamePrefix: 'd' }));
    expect(first.DashboardEntries?.map(({ DashboardName }) => DashboardName)).toEqual(names.slice(0, 1000));
    const { NextToken } = first;
    expect(await namesIn(client, { DashboardNamePrefix: 'd', NextToken })).toEqual(['d1000']);
    expect(await errorOf(list(client, { DashboardNamePrefix: 'e', NextToken }))).toMatchObject({
      message: 'Invalid NextToken',
    });
  });

  it('have tags from their first PutDashboard on, which count in their size', async () => {
    const client = await clientOf();
    const tagsOf = async () => (await client.send(new ListTagsForResourceCommand({ ResourceARN: arnOf('a') }))).Tags;
    const sizes = async () => (await list(client)).map(({ Size }) => Size);
    const owned = { Tags: [{ Key: 'owned', Value: 'created' }] };
    await put(client, 'a', nothing, owned);
    await put(client, 'a', nothing, { Tags: [{ Key: 'owned', Value: 'updated' }] });
    expect(await tagsOf()).toEqual(owned.Tags);
    // The sizes are those of the same bodies and tags in AWS.
    expect(await sizes()).toEqual([227]);
    await client.send(new UntagResourceCommand({ ResourceARN: arnOf('a'), TagKeys: ['owned'] }));
    expect([await tagsOf(), await sizes()]).toEqual([[], [200]]);
    const Tags = [{ Key: 'owned', Value: 'size-control' }];
    await client.send(new TagResourceCommand({ ResourceARN: arnOf('a'), Tags }));
    expect([await tagsOf(), await sizes()]).toEqual([Tags, [232]]);
    await remove(client, ['a']);
    await put(client, 'a');
    expect([await tagsOf(), await sizes()]).toEqual([[], [51]]);
  });

  it('say in the log what PutDashboard leaves unsaid', async () => {
    const warnings: string[] = [];
    const client = cloudwatchClientOf(await emulatorWith({ warn: (message) => warnings.push(message) }));
    const graph = (metrics: unknown) =>
      JSON.stringify({ widgets: [{ type: 'metric', properties: { region: 'us-east-1', metrics } }] });
    const answer = await put(client, 'calls', graph([[{ expression: 'FOO(m1)', id: 'e1' }]]));
    expect(answer.DashboardValidationMessages).toEqual([]);
    await errorOf(put(client, 'calls', graph([['AWS/SQS', 'Sent', 'QueueName']])));
    expect(warnings).toMatchObject([
      expect.stringMatching(/^PutDashboard calls: \/widgets\/0\/properties\/metrics\/0: .*FOO/),
      'PutDashboard calls: /widgets/0/properties/metrics/0: Should NOT have more than 2 items: dimension "QueueName" has no value',
    ]);
  });

  it('are there again after a restart', async () => {
    const dataDirectory = mkdtempSync(join(tmpdir(), 'voice-dashboards-'));
    onTestFinished(() => rmSync(dataDirectory, { recursive: true, force: true }));
    const first = await emulatorWith({ dataDirectory });
    await put(cloudwatchClientOf(first), 'kept', body, { Tags: [{ Key: 'owned', Value: 'created' }] });
    await put(cloudwatchClientOf(first), 'gone');
    await remove(cloudwatchClientOf(first), ['gone']);
    const before = await list(cloudwatchClientOf(first));
    await first.stop();
    const second = cloudwatchClientOf(await emulatorWith({ dataDirectory }));
    expect(await list(second)).toEqual(before);
    expect(await bodyOf(second, 'kept')).toBe(body);
  });
});
