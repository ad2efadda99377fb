import type {
  AlarmProperties,
  CustomProperties,
  DashboardVariable,
  ExplorerProperties,
  LogProperties,
  TextProperties,
} from '../dashboard.ts';
import { type Place, refuse } from '../message.ts';
import { period, statistic } from './metric-shapes.ts';
import { also, anything, flag, list, number, object, oneOf, type Shape, text } from './shape.ts';

export const textProperties: Shape<TextProperties> = object(
  { markdown: text(), background: oneOf('solid', 'transparent') },
  { required: ['markdown'] },
);

export const logProperties: Shape<LogProperties> = object(
  {
    query: text(),
    region: text(),
    accountId: text(),
    title: text(),
    view: oneOf('table', 'timeSeries', 'bar', 'pie'),
    stacked: flag,
    queryLanguage: text(),
    queryBy: text(),
    logGroupPrefixes: anything,
  },
  { required: ['query', 'region'] },
);

export const alarmProperties: Shape<AlarmProperties> = object(
  {
    alarms: list(text(), { minItems: 1, maxItems: 100 }),
    title: text(),
    sortBy: oneOf('default', 'stateUpdatedTimestamp', 'timestamp'),
    states: list(oneOf('ALARM', 'INSUFFICIENT_DATA', 'OK')),
  },
  { required: ['alarms'] },
);

const explored: Shape<ExplorerProperties['metrics'][number]> = object(
  { metricName: text(), resourceType: text(), stat: statistic },
  { required: ['metricName', 'resourceType'] },
);

export const explorerProperties: Shape<ExplorerProperties> = object(
  {
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
  },
  { required: ['metrics', 'labels'] },
);

export const customProperties: Shape<CustomProperties> = object(
  {
    endpoint: text(),
    params: anything,
    title: text(),
    updateOn: object({ refresh: flag, resize: flag, timeRange: flag }),
  },
  { required: ['endpoint'] },
);

const variableValue: Shape<string | number | boolean> = (value, place): value is string | number | boolean =>
  typeof value === 'number' || typeof value === 'boolean' || text({ maxLength: 255 })(value, place);

const missing = (place: Place, ...names: readonly (string | false)[]): boolean =>
  names.reduce(
    (fits, name) => (name === false ? fits : refuse(place, `Should have required property '${name}'`)),
    true,
  );

/** What it changes, and where its values come from. */
function isComplete(variable: DashboardVariable, place: Place): boolean {
  const { type, inputType, values, search, populateFrom } = variable;
  const changes = missing(place, variable[type] === undefined && type);
  if (inputType === 'input' || values !== undefined || (search !== undefined && populateFrom !== undefined)) {
    return changes;
  }
  missing(place, 'values', search === undefined && 'search', populateFrom === undefined && 'populateFrom');
  return refuse(place, 'Should match exactly one schema in oneOf');
}

export const variables: Shape<readonly DashboardVariable[]> = list(
  also(
    object<DashboardVariable>(
      {
        type: oneOf('property', 'pattern'),
        property: text({ minLength: 1 }),
        pattern: text({ minLength: 1 }),
        inputType: oneOf('input', 'select', 'radio'),
        id: text({ pattern: /^[0-9A-Za-z_-]+$/, maxLength: 32 }),
        label: text({ maxLength: 30 }),
        defaultValue: variableValue,
        visible: flag,
        values: list(object({ value: variableValue, label: text({ maxLength: 255 }) }, { required: ['value'] }), {
          minItems: 1,
          maxItems: 500,
        }),
        search: text({ maxLength: 2048 }),
        populateFrom: text(),
      },
      { required: ['type', 'inputType', 'id'] },
    ),
    isComplete,
  ),
  { maxItems: 25 },
);
