import {
  DeleteDashboardsCommand,
  GetDashboardCommand,
  ListDashboardsCommand,
  PutDashboardCommand,
} from '@aws-sdk/client-cloudwatch';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasMoto, type Moto, motoSuite, startMoto } from '../../../../tools/moto.ts';
import { cloudwatchClientOf, emulatorWith } from '../running-emulator.ts';

const body = {
  widgets: [
    { type: 'text', x: 0, y: 0, width: 6, height: 3, properties: { markdown: '# Calls & "trunks"' } },
    {
      ...{ type: 'metric', x: 6, y: 0, width: 12, height: 6 },
      properties: {
        metrics: [
          ['voice', 'Calls', 'Trunk', 'a'],
          ['...', 'b'],
        ],
        region: 'us-east-1',
        view: 'timeSeries',
      },
    },
  ],
};

/** The same calls for either; gives back what a client sees. */
const story = async (url: string) => {
  const client = cloudwatchClientOf({ url });
  const nameOf = (call: Promise<unknown>) =>
    call.then(
      () => 'no error',
      (error: Error & { Code?: string }) => error.Code ?? error.name,
    );
  await client.send(new PutDashboardCommand({ DashboardName: 'calls', DashboardBody: JSON.stringify(body) }));
  await client.send(new PutDashboardCommand({ DashboardName: 'other', DashboardBody: '{"widgets":[]}' }));
  const dashboard = await client.send(new GetDashboardCommand({ DashboardName: 'calls' }));
  const list = async (DashboardNamePrefix: string) =>
    (await client.send(new ListDashboardsCommand({ DashboardNamePrefix }))).DashboardEntries?.map(
      ({ DashboardName, DashboardArn }) => [DashboardName, DashboardArn],
    );
  return {
    dashboard: [dashboard.DashboardName, dashboard.DashboardArn, JSON.parse(dashboard.DashboardBody ?? '')],
    dashboards: [await list(''), await list('cal')],
    missing: await nameOf(client.send(new GetDashboardCommand({ DashboardName: 'none' }))),
    deleted: await nameOf(client.send(new DeleteDashboardsCommand({ DashboardNames: ['calls', 'other'] }))),
    deletedAgain: await nameOf(client.send(new DeleteDashboardsCommand({ DashboardNames: ['calls'] }))),
    left: await list(''),
  };
};

describe.skipIf(!hasMoto)(motoSuite('Dashboards, as moto keeps them'), () => {
  let moto: Moto;
  beforeAll(async () => {
    moto = await startMoto();
  }, 60_000);
  afterAll(() => moto.stop());

  it('are the same here', { timeout: 30_000 }, async () => {
    const { url } = await emulatorWith({});
    const [own, other] = [await story(url), await story(moto.url)];
    // moto refuses names that are gone: AWS was recorded to delete a dashboard as often as it is asked to.
    expect(own).toEqual({ ...other, deletedAgain: 'no error' });
  });
});
