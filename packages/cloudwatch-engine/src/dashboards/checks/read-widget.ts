import type { Placement, Widget } from '../dashboard.ts';
import type { GivenPlacement } from '../flow-layout.ts';
import { inside, type Place, refuse, warn } from '../message.ts';
import type { MetricProperties } from '../metric-widget.ts';
import { readMetricRows } from './metric-rows.ts';
import { metricProperties } from './metric-shapes.ts';
import { otherWidgets } from './other-widgets.ts';
import { also, anything, number, object, type Shape, text } from './shape.ts';
import {
  alarmProperties,
  customProperties,
  explorerProperties,
  logProperties,
  textProperties,
} from './widget-shapes.ts';

type RawWidget = GivenPlacement & { readonly type: string; readonly properties: unknown };

const UNKNOWN_TYPE =
  'The specified widget type is unknown. Use one of the allowed values: chart,custom,metric,service,text,log,alarm,explorer,timeline,serviceMap,serviceTable,trace';

/** What a widget shows, before it has its place. */
export type WidgetContent = Widget extends infer Each ? (Each extends Widget ? Omit<Each, 'placement'> : never) : never;
export type ReadWidget = { readonly content: WidgetContent; readonly given: GivenPlacement };

export const withPlacement = (content: WidgetContent, placement: Placement): Widget => ({ ...content, placement });

const both = ({ x, y }: GivenPlacement, place: Place): boolean => {
  if ((x === undefined) === (y === undefined)) return true;
  const [missing, present] = x === undefined ? ['x', 'y'] : ['y', 'x'];
  return refuse(place, `Should have property ${missing} when property ${present} is present`);
};

const rawWidget: Shape<RawWidget> = also(
  object<RawWidget>(
    {
      height: number({ integer: true, minimum: 1, maximum: 1000 }),
      properties: anything,
      type: text(),
      width: number({ integer: true, minimum: 1, maximum: 24 }),
      x: number({ integer: true, minimum: 0, maximum: 23 }),
      y: number({ integer: true, minimum: 0 }),
    },
    { required: ['type', 'properties'] },
  ),
  both,
);

function readMetric(properties: MetricProperties<readonly unknown[]>, place: Place): WidgetContent {
  const { metrics, ...rest } = properties;
  if (metrics === undefined) return { kind: 'metric', properties: rest };
  return { kind: 'metric', properties: { ...rest, metrics: readMetricRows(metrics, inside(place, 'metrics')) } };
}

function readContent({ type, properties }: RawWidget, widget: Place): WidgetContent | undefined {
  const place = inside(widget, 'properties');
  switch (type) {
    case 'metric':
      return metricProperties(properties, place) ? readMetric(properties, place) : undefined;
    case 'text':
      return textProperties(properties, place) ? { kind: type, properties } : undefined;
    case 'log':
      return logProperties(properties, place) ? { kind: type, properties } : undefined;
    case 'alarm':
      return alarmProperties(properties, place) ? { kind: type, properties } : undefined;
    case 'explorer':
      return explorerProperties(properties, place) ? { kind: type, properties } : undefined;
    case 'custom':
      return customProperties(properties, place) ? { kind: type, properties } : undefined;
  }
  const shape = otherWidgets.get(type);
  if (!shape) warn(inside(widget, 'type'), UNKNOWN_TYPE);
  return (shape ?? anything)(properties, place) ? { kind: 'other', type, properties } : undefined;
}

/** One widget, or nothing where it has an error. */
export function readWidget(value: unknown, place: Place): ReadWidget | undefined {
  if (!rawWidget(value, place)) return undefined;
  const content = readContent(value, place);
  const { x, y, width, height } = value;
  const given = {
    ...(x === undefined ? {} : { x }),
    ...(y === undefined ? {} : { y }),
    ...(width === undefined ? {} : { width }),
    ...(height === undefined ? {} : { height }),
  };
  return content && { content, given };
}
