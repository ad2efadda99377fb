// Plays the story of a campaign and takes the pictures of the README on the way: `pnpm pictures`.
import { mkdir, writeFile } from 'node:fs/promises';
import { pageImages } from '@voice-campaign/viewer/image';
import { applyLocally } from '../src/monitoring/apply-locally.ts';
import { demoPlan } from '../src/monitoring/demo-plan.ts';
import { startStoryCloud } from '../src/story/cloud.ts';
import { playStory } from '../src/story/play-story.ts';
import { viewStory } from '../src/story/view-story.ts';

const BEGIN = Date.UTC(2026, 10, 24, 9);
const HOUR = 3_600_000;
/** The answer rate has collapsed for three periods of five minutes. */
const ALARM_MINUTE = 38;
/** The burst waits in the queue. */
const BURST_MINUTE = 53;

const out = new URL('../../../docs/images/', import.meta.url);
const size = { width: 1280, height: 800 };

const cloud = await startStoryCloud(1, BEGIN, { port: 4580, warn: () => {} });
await applyLocally(demoPlan, cloud.emulator);
const viewer = await viewStory(cloud);
const images = await pageImages({ url: viewer.url });
const take = async (name: string, place: string, look: Parameters<typeof images.page>[1] = {}): Promise<void> => {
  const end = cloud.clock.now();
  const range = { start: new Date(end - 2 * HOUR).toISOString(), end: new Date(end).toISOString() };
  await writeFile(new URL(name, out), await images.page(place, { ...size, ...range, ...look }));
};
const alarmOf = (part: string): string =>
  demoPlan.metricAlarms.find(({ AlarmName }) => AlarmName?.includes(part))?.AlarmName ?? part;
const dashboardOf = (part: string): string => demoPlan.dashboards.find(({ name }) => name.includes(part))?.name ?? part;

try {
  await mkdir(out, { recursive: true });
  let minute = 0;
  await playStory({
    cloud,
    tell: () => {},
    pause: async () => {
      minute += 1;
      if (minute === ALARM_MINUTE) {
        await take('alarm.png', `alarms/${encodeURIComponent(alarmOf('answer-rate'))}`);
      }
      if (minute === BURST_MINUTE) await take('traces.png', 'traces', { theme: 'dark', height: 640 });
    },
  });
  await take('dashboard.png', `dashboards/${dashboardOf('business-metrics')}`);
  await take('overview.png', `dashboards/${dashboardOf('campaign-overview')}`, { theme: 'dark' });
  await take('logs.png', 'logs', { height: 640 });
  await take('plan.png', 'plan', { height: 720 });
} finally {
  await images.close();
  await viewer.stop();
  await cloud.stop();
}
