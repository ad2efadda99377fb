import { CloudWatchClient, GetMetricWidgetImageCommand } from '@aws-sdk/client-cloudwatch';
import { type Emulator, startEmulator, testClock } from '@voice-campaign/emulator';
import { PNG } from 'pngjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PageImages, pageImages } from '../../src/image.ts';
import { emulatorSource, startViewer, type Viewer } from '../../src/index.ts';
import { noBrowser } from './browser.ts';
import { fillEmulator } from './sample-data.ts';

const NOW = Date.UTC(2026, 10, 24, 12, 30);

describe.skipIf(noBrowser)(`GetMetricWidgetImage${noBrowser ? ` (${noBrowser})` : ''}`, () => {
  let emulator: Emulator;
  let viewer: Viewer;
  let images: PageImages;
  let client: CloudWatchClient;

  beforeAll(async () => {
    const clock = testClock(NOW);
    const drawWidget = (widget: string) => images.widget(widget);
    emulator = await startEmulator({ functions: [], clock, stopOnSignals: false, warn: () => {}, drawWidget });
    await fillEmulator(emulator, NOW);
    viewer = await startViewer({ source: emulatorSource(emulator, { now: clock.now }) });
    images = await pageImages({ url: viewer.url });
    const credentials = { accessKeyId: 'a', secretAccessKey: 'b' };
    client = new CloudWatchClient({ endpoint: emulator.url, region: 'us-east-1', credentials, maxAttempts: 1 });
  });
  afterAll(async () => {
    client?.destroy();
    await images?.close();
    await viewer?.stop();
    await emulator?.stop();
  });
  const draw = (widget: object) =>
    client.send(new GetMetricWidgetImageCommand({ MetricWidget: JSON.stringify(widget) }));

  it('gives the client of the SDK a PNG of the widget, of the size and theme that it asks for', async () => {
    const metrics = [['voice/showcase', 'Calls', { color: '#ff0000' }]];
    const { MetricWidgetImage } = await draw({
      metrics,
      width: 400,
      height: 240,
      theme: 'dark',
      period: 60,
      stat: 'Sum',
    });
    const png = PNG.sync.read(Buffer.from(MetricWidgetImage ?? []));
    expect([png.width, png.height]).toEqual([400, 240]);
    expect([...png.data.subarray(0, 3)]).toEqual([0x16, 0x1c, 0x25]);
    let red = 0;
    for (let at = 0; at < png.data.length; at += 4) {
      const [r = 0, g = 0, b = 0] = png.data.subarray(at, at + 3);
      if (r > 150 && g < 60 && b < 60) red += 1;
    }
    expect(red).toBeGreaterThan(100);
  });

  it('draws a widget that is longer than an address can be, and says where its limit is', async () => {
    const metrics = [['voice/showcase', 'Calls']];
    const vertical = [{ value: new Date(NOW).toISOString(), label: 'x'.repeat(40_000) }];
    const { MetricWidgetImage } = await draw({ metrics, annotations: { vertical }, width: 300, height: 200 });
    expect(PNG.sync.read(Buffer.from(MetricWidgetImage ?? [])).width).toBe(300);
    const answer = await fetch(`${viewer.url}/api/widget`, { method: 'POST', body: 'x'.repeat(200_000) });
    expect([answer.status, await answer.json()]).toEqual([413, { message: 'A widget has 102400 bytes at most' }]);
  });

  it('says what is wrong with a widget', async () => {
    await expect(draw({ metrics: [['only a namespace']] })).rejects.toThrow(/MetricWidget cannot be drawn: .*metrics/);
  });
});
