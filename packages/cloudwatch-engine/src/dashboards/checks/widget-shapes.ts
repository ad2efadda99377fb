import type {
  AlarmProperties,
  AlarmState,
  CustomProperties,
  ExplorerProperties,
  LogProperties,
  TextProperties,
} from '../dashboard.ts';
import { refuse } from '../message.ts';
import { period, statistic } from './metric-shapes.ts';
import { FUNCTION_ARN } from './recorded-patterns.ts';
import { anything, flag, list, number, object, oneOf, type Shape, text } from './shape.ts';

export const textProperties: Shape<TextProperties> = object(
  { markdown: text(), background: oneOf('solid', 'transparent') },
  { required: ['markdown'] },
);

export const logProperties: Shape<LogProperties> = object({
  query: text(),
  region: text(),
  accountId: text(),
  title: text(),
  view: oneOf('table', 'timeSeries', 'bar', 'pie'),
  stacked: flag,
  queryLanguage: text(),
  queryBy: text(),
  logGroupPrefixes: anything,
});

const alarmState: Shape<AlarmState> = (value, place): value is AlarmState => {
  if (value === 'ALARM' || value === 'INSUFFICIENT_DATA' || value === 'OK') return true;
  return refuse(
    place,
    typeof value === 'string' ? 'Should match pattern "OK|ALARM|INSUFFICIENT_DATA"' : 'Should be string',
  );
};

export const alarmProperties: Shape<AlarmProperties> = object(
  {
    alarms: list(text(), { minItems: 1, maxItems: 100 }),
    title: text(),
    sortBy: oneOf('default', 'stateUpdatedTimestamp', 'timestamp'),
    states: list(alarmState),
  },
  { required: ['alarms'] },
);

const explored: Shape<NonNullable<ExplorerProperties['metrics']>[number]> = object(
  { metricName: text(), resourceType: text(), stat: statistic },
  { required: ['metricName', 'resourceType'] },
);

export const explorerProperties: Shape<ExplorerProperties> = object({
  metrics: list(explored, { minItems: 1, maxItems: 100 }),
  labels: list(object({ key: text(), value: text() }, { required: ['key'] })),
  aggregateBy: object(
    { key: text(), func: oneOf('AVG', 'MIN', 'MAX', 'STDDEV', 'SUM') },
    { required: ['key', 'func'] },
  ),
  splitBy: text(),
  period,
  title: text(),
  widgetOptions: object({
    legend: object({ position: oneOf('right', 'bottom', 'hidden') }),
    rowsPerPage: number({ integer: true, minimum: 1 }),
    stacked: flag,
    view: oneOf('timeSeries', 'bar', 'pie'),
    widgetsPerRow: number({ integer: true, minimum: 1 }),
  }),
});

export const customProperties: Shape<CustomProperties> = object(
  {
    endpoint: text({ pattern: FUNCTION_ARN }),
    params: anything,
    title: text(),
    updateOn: object({ refresh: flag, resize: flag, timeRange: flag }),
  },
  { required: ['endpoint'] },
);
