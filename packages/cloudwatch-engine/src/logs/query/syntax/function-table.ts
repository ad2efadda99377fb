/** How many arguments a function takes; the last of two numbers may be infinite. */
type Arity = readonly [least: number, most: number];

const many = Number.POSITIVE_INFINITY;

/** Functions of one event (user guide, Supported operations and functions), by name in lower case. */
export const scalarFunctions = {
  abs: [1, 1],
  ceil: [1, 1],
  floor: [1, 1],
  greatest: [1, many],
  least: [1, many],
  log: [1, 1],
  round: [1, 2],
  sqrt: [1, 1],
  tonumber: [1, 1],
  toint: [1, 1],
  tolong: [1, 1],
  todouble: [1, 1],
  bin: [1, 1],
  datefloor: [2, 2],
  dateceil: [2, 2],
  frommillis: [1, 1],
  tomillis: [1, 1],
  now: [0, 0],
  parsedate: [2, 3],
  formatdate: [2, 3],
  strftime: [2, 3],
  querystarttime: [0, 0],
  queryendtime: [0, 0],
  querytimerange: [0, 0],
  ispresent: [1, 1],
  coalesce: [1, many],
  // Ten branches and a default.
  case: [2, 21],
  if: [3, 3],
  isnumeric: [1, 1],
  messagesize: [1, 1],
  isvalidip: [1, 1],
  isvalidipv4: [1, 1],
  isvalidipv6: [1, 1],
  isipinsubnet: [2, 2],
  isipv4insubnet: [2, 2],
  isipv6insubnet: [2, 2],
  ipv4tonumber: [1, 1],
  isprivateip: [1, 1],
  ispublicip: [1, 1],
  isempty: [1, 1],
  isblank: [1, 1],
  concat: [1, many],
  ltrim: [1, 2],
  rtrim: [1, 2],
  trim: [1, 2],
  strlen: [1, 1],
  toupper: [1, 1],
  tolower: [1, 1],
  substr: [2, 3],
  replace: [3, 3],
  regexreplace: [3, 3],
  strcontains: [2, 3],
  startswith: [2, 2],
  endswith: [2, 2],
  split: [2, 2],
  urlencode: [1, 1],
  urldecode: [1, 1],
  base64encode: [1, 1],
  base64decode: [1, 1],
  hextoascii: [1, 1],
  hextodec: [1, 1],
  dectohex: [1, 1],
  jsonparse: [1, 1],
  jsonstringify: [1, 1],
  jsonarraysize: [1, 1],
  jsonarraycontains: [2, 2],
} as const satisfies Readonly<Record<string, Arity>>;

/** Functions of many events, which `stats` takes. */
export const aggregateFunctions = {
  avg: [1, 1],
  count: [0, 1],
  count_distinct: [1, 1],
  max: [1, 1],
  min: [1, 1],
  pct: [2, 2],
  stddev: [1, 1],
  sum: [1, 1],
  earliest: [1, 1],
  latest: [1, 1],
  sortsfirst: [1, 1],
  sortslast: [1, 1],
} as const satisfies Readonly<Record<string, Arity>>;

export type ScalarFunction = keyof typeof scalarFunctions;
export type AggregateFunction = keyof typeof aggregateFunctions;

export const isScalar = (name: string): name is ScalarFunction => Object.hasOwn(scalarFunctions, name);
export const isAggregate = (name: string): name is AggregateFunction => Object.hasOwn(aggregateFunctions, name);

/** The number of arguments of a function; `undefined` for a name that is none. */
export const arityOf = (name: string): Arity | undefined => {
  if (isScalar(name)) return scalarFunctions[name];
  return isAggregate(name) ? aggregateFunctions[name] : undefined;
};

/** Functions of the language that are not emulated, by name in lower case. */
export const refusedFunctions = [
  'countovertime',
  'haversine',
  'histogram',
  'isreservedip',
  'md5',
  'rate',
  'sha256',
  'sumovertime',
] as const;

/** Commands of the language that are not emulated. */
export const refusedCommands = [
  'accum',
  'addtotals',
  'anomaly',
  'appendcols',
  'autoregress',
  'cidrlookup',
  'cluster',
  'countfrequent',
  'diff',
  'filldown',
  'fillmissing',
  'filterindex',
  'join',
  'logcompare',
  'lookup',
  'outlier',
  'pattern',
  'relevantfields',
  'sessionize',
  'unmask',
] as const;
