import { GetMetricWidgetImageCommand } from '@aws-sdk/client-cloudwatch';
import { expect, it } from 'vitest';
import { cloudwatchClientOf, emulatorWith, errorOf } from '../running-emulator.ts';

const image = new GetMetricWidgetImageCommand({ MetricWidget: '{"metrics":[["voice/test","TotalCalls"]]}' });

it('is no operation while nothing draws, which no client tries again', async () => {
  const error = await errorOf(cloudwatchClientOf(await emulatorWith({})).send(image));
  expect(error.name).toBe('UnknownOperationException');
  expect(error.message).toMatch(
    /^GetMetricWidgetImage is not emulated while nothing draws: give startEmulator drawWidget/,
  );
});

it('answers what is drawn', async () => {
  const drawWidget = async (widget: string) => Buffer.from(`drawn: ${widget.length}`);
  const { MetricWidgetImage } = await cloudwatchClientOf(await emulatorWith({ drawWidget })).send(image);
  expect(Buffer.from(MetricWidgetImage ?? []).toString()).toBe('drawn: 41');
});
