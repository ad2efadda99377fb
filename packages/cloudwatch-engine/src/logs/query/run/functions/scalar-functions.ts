import { formattedDate } from '../../dates/formatted-date.ts';
import { parsedDate } from '../../dates/parsed-date.ts';
import type { ScalarFunction } from '../../syntax/function-table.ts';
import { wholeTree } from '../json-fragment.ts';
import { areEqual, finite, isTree, numberOf, type QueryValue, textOf, valueOfJson } from '../query-value.ts';
import { addressFunctions } from './address-functions.ts';
import { utf8Length } from './text-bytes.ts';
import { textFunctions } from './text-functions.ts';

const number = (value: QueryValue, run: (value: number) => number): QueryValue => {
  const found = numberOf(value);
  return found === undefined ? undefined : finite(run(found));
};

const extreme = (args: readonly QueryValue[], pick: (...numbers: number[]) => number): QueryValue => {
  const numbers = args.flatMap((value) => numberOf(value) ?? []);
  return numbers.length === 0 ? undefined : pick(...numbers);
};

/** Halves go up. */
const rounded = (value: number, decimals: QueryValue): number => {
  const factor = 10 ** Math.trunc(numberOf(decimals) ?? 0);
  return Math.round(value * factor) / factor;
};

/** Cut off towards 0; what does not fit is missing. */
const whole = (value: QueryValue, bits: 32 | 64): QueryValue => {
  const found = numberOf(value);
  if (found === undefined) return undefined;
  const cut = Math.trunc(found);
  return cut >= -(2 ** (bits - 1)) && cut < 2 ** (bits - 1) ? cut : undefined;
};

const treeOf = (value: QueryValue): object | undefined => {
  if (value !== undefined && isTree(value)) return value.json;
  const text = textOf(value);
  return text === undefined ? undefined : wholeTree(text);
};

const listOf = (value: QueryValue): readonly unknown[] | undefined => {
  const tree = treeOf(value);
  return Array.isArray(tree) ? tree : undefined;
};

type Run = (args: readonly QueryValue[]) => QueryValue;

const formatDate: Run = ([value, format, zone]) => {
  const [instant, text] = [numberOf(value), textOf(format)];
  return instant === undefined || text === undefined ? undefined : formattedDate(instant, text, textOf(zone) ?? 'UTC');
};

/** Functions that ask for more than values: a period, the time, the record or a branch. */
type OfMore =
  | 'bin'
  | 'datefloor'
  | 'dateceil'
  | 'now'
  | 'querystarttime'
  | 'queryendtime'
  | 'querytimerange'
  | 'if'
  | 'case'
  | 'regexreplace';

/** Functions of values alone. */
export const scalarRuns: Readonly<Record<Exclude<ScalarFunction, OfMore>, Run>> = {
  ...addressFunctions,
  ...textFunctions,
  abs: ([value]) => number(value, Math.abs),
  ceil: ([value]) => number(value, Math.ceil),
  floor: ([value]) => number(value, Math.floor),
  round: ([value, decimals]) => number(value, (found) => rounded(found, decimals)),
  sqrt: ([value]) => number(value, Math.sqrt),
  log: ([value]) => number(value, Math.log),
  greatest: (args) => extreme(args, Math.max),
  least: (args) => extreme(args, Math.min),
  tonumber: ([value]) => numberOf(value),
  todouble: ([value]) => numberOf(value),
  toint: ([value]) => whole(value, 32),
  tolong: ([value]) => whole(value, 64),
  frommillis: ([value]) => {
    const instant = numberOf(value);
    return instant === undefined ? undefined : { instant };
  },
  tomillis: ([value]) => numberOf(value),
  formatdate: formatDate,
  strftime: formatDate,
  parsedate: ([value, pattern, zone]) => {
    const [text, written] = [textOf(value), textOf(pattern)];
    return text === undefined || written === undefined ? undefined : parsedDate(text, written, textOf(zone) ?? 'UTC');
  },
  ispresent: ([value]) => value !== undefined,
  isnumeric: ([value]) => numberOf(value) !== undefined,
  coalesce: (args) => args.find((value) => value !== undefined),
  messagesize: ([value]) => {
    const text = textOf(value);
    return text === undefined ? undefined : utf8Length(text);
  },
  jsonparse: ([value]) => {
    const text = textOf(value);
    return text === undefined ? undefined : valueOfJson(wholeTree(text));
  },
  jsonstringify: ([value]) =>
    value === undefined ? undefined : JSON.stringify(isTree(value) ? value.json : (numberOf(value) ?? textOf(value))),
  jsonarraysize: ([value]) => listOf(value)?.length,
  jsonarraycontains: ([value, searched]) => (listOf(value) ?? []).some((each) => areEqual(valueOfJson(each), searched)),
};
