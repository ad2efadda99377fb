import { type Input, readString } from '../service-api/input.ts';
import { coralError } from '../service-api/service-error.ts';
import { invalidValue, missingParameter } from './cloudwatch-errors.ts';

/** Draws the JSON of a metric widget as a PNG. */
export type DrawWidget = (widget: string) => Promise<Uint8Array>;

const WAY = 'give startEmulator drawWidget: pageImages of @voice-campaign/viewer/image has a widget that draws';

const FORMATS = ['png', 'image/png'];

/** GetMetricWidgetImage (API reference), by whoever draws: nothing in the emulator does. */
export const metricWidgetImage =
  (draw: DrawWidget | undefined) =>
  async (input: Input): Promise<{ readonly MetricWidgetImage: Buffer }> => {
    const widget = readString(input, 'MetricWidget');
    if (widget === undefined) throw missingParameter('MetricWidget');
    const format = readString(input, 'OutputFormat') ?? 'png';
    if (!FORMATS.includes(format)) throw invalidValue(`OutputFormat ${format} is not png`);
    if (draw === undefined) {
      throw coralError('UnknownOperationException', `GetMetricWidgetImage is not emulated while nothing draws: ${WAY}`);
    }
    try {
      return { MetricWidgetImage: Buffer.from(await draw(widget)) };
    } catch (error) {
      throw invalidValue(`MetricWidget cannot be drawn: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
