/** What a piece of an expression is worth: S, TS and TS[] of the user guide ("Data type abbreviations"). */
export type ValueKind = 'scalar' | 'series' | 'array';

export type Parameter = {
  /** What may stand there; `metric` is a series that is no result of an expression. */
  readonly takes: readonly (ValueKind | 'metric' | 'text')[];
  /** Words in capitals that may stand there. */
  readonly words?: readonly string[];
  readonly optional?: true;
};

export type Signature = {
  readonly parameters: readonly Parameter[];
  /** `same` as the first argument; `reduced`: a scalar of a series, a series of an array. */
  readonly returns: ValueKind | 'same' | 'reduced';
};

const SERIES: Parameter = { takes: ['series'] };
const ARRAY: Parameter = { takes: ['array'] };
const SCALAR: Parameter = { takes: ['scalar'] };
const TEXT: Parameter = { takes: ['text'] };
const SERIES_OR_ARRAY: Parameter = { takes: ['series', 'array'] };

const PER_POINT: Signature = { parameters: [SERIES_OR_ARRAY], returns: 'same' };
const REDUCE: Signature = { parameters: [SERIES_OR_ARRAY], returns: 'reduced' };
const CLOCK: Signature = { parameters: [SERIES], returns: 'series' };
const ONE_OF_ARRAY: Signature = { parameters: [ARRAY], returns: 'series' };

/** Every function of metric math that is evaluated (user guide, "Functions supported for metric math"); IF has rules of its own. */
export const FUNCTIONS = {
  ABS: PER_POINT,
  ANOMALY_DETECTION_BAND: { parameters: [SERIES, { takes: ['scalar'], optional: true }], returns: 'array' },
  AVG: REDUCE,
  CEIL: PER_POINT,
  DATAPOINT_COUNT: REDUCE,
  DATE: CLOCK,
  DAY: CLOCK,
  DIFF: PER_POINT,
  DIFF_TIME: PER_POINT,
  EPOCH: CLOCK,
  FILL: {
    parameters: [SERIES_OR_ARRAY, { takes: ['scalar', 'series'], words: ['REPEAT', 'LINEAR'] }],
    returns: 'same',
  },
  FIRST: ONE_OF_ARRAY,
  FLOOR: PER_POINT,
  HOUR: CLOCK,
  IF: {
    parameters: [
      { takes: ['scalar', 'series'] },
      { takes: ['scalar', 'series'] },
      { takes: ['scalar', 'series'], optional: true },
    ],
    returns: 'series',
  },
  INSIGHT_RULE_METRIC: { parameters: [TEXT, TEXT], returns: 'series' },
  LAST: ONE_OF_ARRAY,
  LOG: PER_POINT,
  LOG10: PER_POINT,
  MAX: REDUCE,
  METRICS: { parameters: [{ takes: ['text'], optional: true }], returns: 'array' },
  METRIC_COUNT: { parameters: [ARRAY], returns: 'scalar' },
  MIN: REDUCE,
  MINUTE: CLOCK,
  MONTH: CLOCK,
  PERIOD: { parameters: [{ takes: ['metric'] }], returns: 'scalar' },
  RATE: PER_POINT,
  REMOVE_EMPTY: { parameters: [ARRAY], returns: 'array' },
  RUNNING_SUM: PER_POINT,
  SEARCH: { parameters: [TEXT, TEXT, { takes: ['scalar'], optional: true }], returns: 'array' },
  SLICE: { parameters: [ARRAY, SCALAR, { takes: ['scalar'], optional: true }], returns: 'array' },
  SORT: {
    parameters: [
      ARRAY,
      { takes: [], words: ['AVG', 'MIN', 'MAX', 'SUM'] },
      { takes: [], words: ['ASC', 'DESC'] },
      { takes: ['scalar'], optional: true },
    ],
    returns: 'array',
  },
  STDDEV: REDUCE,
  SUM: REDUCE,
  TIME_SERIES: { parameters: [SCALAR], returns: 'series' },
  YEAR: CLOCK,
} as const satisfies Readonly<Record<string, Signature>>;

export type FunctionName = keyof typeof FUNCTIONS;

/** Documented functions that need data from outside CloudWatch's metrics, with what to do instead. */
export const REFUSED: Readonly<Record<string, string>> = {
  DB_PERF_INSIGHTS: 'it reads RDS Performance Insights: query a metric of AWS/RDS instead',
  LAMBDA: 'it calls a data source connector: publish its values as a metric',
  SERVICE_QUOTA: 'it reads Service Quotas: write the quota as a number, for example TIME_SERIES(1000)',
};

export function isFunction(name: string): name is FunctionName {
  return Object.hasOwn(FUNCTIONS, name);
}
