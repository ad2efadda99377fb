import { ALARM_ARN } from './recorded-patterns.ts';
import { anything, list, object, type Shape, text } from './shape.ts';

type TraceProperties = Readonly<
  Record<'title' | 'region' | 'accountId' | 'groupARN' | 'filterExpression' | 'traceId', string>
>;

const traces: Shape<unknown> = object<Partial<TraceProperties>>({
  title: text(),
  region: text(),
  accountId: text(),
  groupARN: text(),
  filterExpression: text(),
  traceId: text(),
});

type ChartProperties = {
  readonly data: { readonly queries: readonly unknown[] };
  readonly title: string;
  readonly view: string;
  readonly description?: string;
  readonly region?: string;
  readonly plotOptions?: unknown;
};

const chart: Shape<unknown> = object<ChartProperties>(
  {
    data: object({ queries: list(anything) }, { required: ['queries'] }),
    title: text(),
    view: text(),
    description: text(),
    region: text(),
    plotOptions: anything,
  },
  { required: ['data', 'title', 'view'] },
);

/** Types that CloudWatch stores and nothing here draws, with what PutDashboard was seen to ask of their properties. */
export const otherWidgets: ReadonlyMap<string, Shape<unknown>> = new Map([
  ['chart', chart],
  ['service', anything],
  [
    'timeline',
    object<{ readonly alarm: string; readonly title?: string }>(
      { alarm: text({ pattern: ALARM_ARN }), title: text() },
      { required: ['alarm'] },
    ),
  ],
  ['serviceMap', traces],
  ['serviceTable', traces],
  ['trace', traces],
]);
