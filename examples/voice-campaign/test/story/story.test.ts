import { CloudWatchClient, DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clientOf } from '../../src/demo/deployment.ts';
import { applyLocally } from '../../src/monitoring/apply-locally.ts';
import { demoPlan } from '../../src/monitoring/demo-plan.ts';
import { reportMachines } from '../../src/simulator/machines.ts';
import { type StoryCloud, startStoryCloud } from '../../src/story/cloud.ts';
import { playStory } from '../../src/story/play-story.ts';
import type { Kept } from '../../src/story/promises.ts';
import { readDashboards, type Shown } from './read-dashboards.ts';
import { keyOf, readByAlarms, readByDashboards } from './series-of.ts';

// On Node 20 the SDK says that it will ask for 22 from 2027 on.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

const start = Date.UTC(2026, 10, 24, 12);
const minute = 60_000;

describe('the story of a campaign', () => {
  let cloud: StoryCloud;
  let kept: readonly Kept[] = [];
  let shown: readonly Shown[] = [];

  beforeAll(async () => {
    cloud = await startStoryCloud(1, start);
    const { complete } = await applyLocally(demoPlan, cloud.emulator);
    expect(complete).toBe(true);
    kept = await playStory({ cloud, tell: () => {} });
    const end = cloud.clock.now() / 1000;
    shown = await readDashboards(demoPlan, cloud.emulator, { start: start / 1000, end });
  }, 240_000);
  afterAll(() => cloud?.stop());

  const pointsOf = (widget: string): readonly (readonly [line: string, points: number])[] =>
    shown.filter((each) => each.widget === widget).map(({ line, points }) => [line, points]);

  it('keeps every promise: alarms go off, mail comes, the campaign is paused by itself, and everything recovers', () => {
    expect(kept.length).toBeGreaterThan(12);
    expect(kept.filter(({ problem }) => problem !== undefined)).toEqual([]);
  });

  it('was watched only through series that the campaign, its machines and the services publish', () => {
    const published = new Set(cloud.emulator.metrics.series().map(keyOf));
    const read = [...readByAlarms(demoPlan), ...readByDashboards(demoPlan)];
    expect(read.length).toBeGreaterThan(150);
    expect(read.filter((series) => !published.has(series))).toEqual([]);
  });

  it('shows data in every line of every widget, to the SDK’s own clients', () => {
    expect(shown.length).toBeGreaterThan(100);
    expect(shown.filter(({ points }) => points === 0)).toEqual([]);
  });

  it('has nothing to warn of in any widget', () => {
    expect(shown.filter(({ messages }) => messages.length > 0)).toEqual([]);
  });

  it('Requirement 10.1: a dashboard shows active calls, queue depth and dialing rate as they are', () => {
    const minutes = (cloud.clock.now() - start) / minute;
    for (const [title, line] of [
      ['Active calls over time', 'Calls in progress (most in the period)'],
      ['Queue depth', 'dial-tasks waiting'],
      ['Dialing rate', 'Dial attempts a minute'],
    ] as const) {
      const found = pointsOf(title).find(([label]) => label === line);
      expect(found?.[1], `${title}: ${line}`).toBeGreaterThan(0.7 * minutes);
    }
  });

  it('Requirement 10.5: the health of every part is shown, and a constrained resource is an alarm', async () => {
    const health = shown.filter(({ dashboard }) => dashboard.endsWith('system-health'));
    for (const part of ['Functions', 'Queues', 'Telephone server', 'Database']) {
      expect(
        health.some(({ widget, points }) => widget.startsWith(part) && points > 0),
        part,
      ).toBe(true);
    }
    await overload(cloud);
    const client = new CloudWatchClient(clientOf(cloud.emulator));
    const { MetricAlarms = [] } = await client.send(new DescribeAlarmsCommand({ StateValue: 'ALARM' }));
    client.destroy();
    const names = MetricAlarms.map(({ AlarmName = '' }) => AlarmName.replace('voice-campaign-demo-', ''));
    expect(names).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^critical-asterisk-cpu-high/),
        expect.stringMatching(/^warning-rds-connections/),
        expect.stringMatching(/^warning-rds-storage/),
      ]),
    );
  });
});

/** A quarter of an hour in which the machines are at their limits. */
async function overload({ emulator, clock }: StoryCloud): Promise<void> {
  const load = () => ({ activeCalls: 900, calls: 5_000_000 });
  for (let passed = 0; passed < 20; passed += 1) {
    await reportMachines({ url: emulator.url, load, everyMs: minute }).stop();
    await clock.advance('1m');
  }
}
