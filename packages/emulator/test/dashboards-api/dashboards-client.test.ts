import {
  type CloudWatchClient,
  DashboardInvalidInputError,
  DeleteDashboardsCommand,
  GetDashboardCommand,
  ListDashboardsCommand,
  PutDashboardCommand,
} from '@aws-sdk/client-cloudwatch';
import { describe, expect, it } from 'vitest';
import { testClock } from '../../src/clock.ts';
import { cloudwatchClientOf, emulatorWith, errorOf } from '../running-emulator.ts';

const start = Date.UTC(2026, 10, 23, 12);
// The body of a recorded PutDashboard, of which ListDashboards said the size.
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

const clientOf = async (): Promise<CloudWatchClient> =>
  cloudwatchClientOf(await emulatorWith({ clock: testClock(start) }));

describe('dashboards', () => {
  it('are put, listed, read and deleted', async () => {
    const client = await clientOf();
    const put = await client.send(new PutDashboardCommand({ DashboardName: 'calls', DashboardBody: body }));
    expect(put.DashboardValidationMessages).toEqual([]);
    const DashboardArn = 'arn:aws:cloudwatch::123456789012:dashboard/calls';
    expect(await client.send(new GetDashboardCommand({ DashboardName: 'calls' }))).toMatchObject({
      DashboardArn,
      DashboardName: 'calls',
      DashboardBody: body,
    });
    const list = async (input: object) => (await client.send(new ListDashboardsCommand(input))).DashboardEntries;
    expect(await list({})).toEqual([
      { DashboardName: 'calls', DashboardArn, LastModified: new Date(start), Size: Buffer.byteLength(body) },
    ]);
    expect(await list({ DashboardNamePrefix: 'x' })).toEqual([]);
    await client.send(new DeleteDashboardsCommand({ DashboardNames: ['calls'] }));
    expect(await list({})).toEqual([]);
    expect(await errorOf(client.send(new GetDashboardCommand({ DashboardName: 'calls' })))).toMatchObject({
      name: 'ResourceNotFound',
      $metadata: { httpStatusCode: 404 },
    });
  });

  it('are refused with every place that is wrong, as PutDashboard does', async () => {
    const client = await clientOf();
    const widgets = [
      { type: 'metric', x: 24, y: 0, properties: { region: 'us-east-1', metrics: [['AWS/EC2']] } },
      { type: 'text', properties: {} },
    ];
    const error = await client
      .send(new PutDashboardCommand({ DashboardName: 'calls', DashboardBody: JSON.stringify({ widgets }) }))
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(DashboardInvalidInputError);
    expect((error as DashboardInvalidInputError).dashboardValidationMessages).toMatchObject([
      { DataPath: '/widgets/0/x', Message: 'Should be <= 23' },
      { DataPath: '/widgets/1/properties', Message: "Should have required property 'markdown'" },
    ]);
    const name = client.send(new PutDashboardCommand({ DashboardName: 'a b', DashboardBody: body }));
    expect(await errorOf(name)).toMatchObject({
      message:
        'The value for field DashboardName contains invalid characters. It can only contain alphanumerics, dash (-) and underscore (_).\n',
    });
  });

  it('are kept with warnings for what would not be drawn', async () => {
    const client = await clientOf();
    const properties = { region: 'us-east-1', metrics: [[{ expression: 'FOO(m1)', id: 'e1' }]] };
    const put = new PutDashboardCommand({
      DashboardName: 'calls',
      DashboardBody: JSON.stringify({ widgets: [{ type: 'metric', properties }] }),
    });
    expect((await client.send(put)).DashboardValidationMessages).toMatchObject([
      { DataPath: '/widgets/0/properties/metrics/0', Message: expect.stringContaining('FOO') },
    ]);
  });
});
