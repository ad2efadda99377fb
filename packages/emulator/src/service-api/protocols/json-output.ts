import { secondsOf } from '../timestamps.ts';
import { doublesText, doubleText, numbersText, numberText } from './number-text.ts';
import { createTextPieces, type TextPieces } from './text-pieces.ts';

const NO_NAMES: ReadonlySet<string> = new Set();

/** JSON as AWS writes it: timestamps are epoch seconds, and the numbers of members that are `doubles` have a point. */
export const renderJson = (value: unknown, doubles = NO_NAMES): Uint8Array => {
  const pieces = createTextPieces();
  writer(doubles, pieces)(value ?? {}, false);
  return pieces.bytes();
};

type Add = (text: string) => void;
type Write = (value: unknown, isDouble: boolean) => void;

/** Not by the second argument of JSON.stringify, which is called for each number of many. */
const writer = (doubles: ReadonlySet<string>, pieces: TextPieces): Write => {
  const { add, addAscii } = pieces;
  const timestamps = timestampWriter();
  const write: Write = (value, isDouble) => {
    if (typeof value === 'number') return add(isDouble ? doubleText(value) : numberText(value));
    if (typeof value !== 'object' || value === null) return add(JSON.stringify(value) ?? 'null');
    if (value instanceof Date) return add(doubleText(value.getTime() / 1000));
    if (value instanceof Uint8Array) return add(`"${Buffer.from(value).toString('base64')}"`);
    if (value instanceof Map) return writeMembers([...value], add, (member) => write(member, isDouble));
    if (Array.isArray(value)) return writeList(value, isDouble, pieces, write);
    const seconds = secondsOf(value);
    if (seconds) return addAscii(timestamps(seconds));
    return writeMembers(Object.entries(value), add, (member, name) => write(member, doubles.has(name)));
  };
  return write;
};

/** JSON has no word for it: a member goes, in a list it is null. */
const isWordless = (value: unknown): boolean =>
  value === undefined || typeof value === 'function' || typeof value === 'symbol';

const writeMembers = (
  members: readonly (readonly [string, unknown])[],
  add: Add,
  write: (member: unknown, name: string) => void,
): void => {
  let before = '{';
  for (const [name, member] of members) {
    if (isWordless(member)) continue;
    add(`${before}${JSON.stringify(name)}:`);
    write(member, name);
    before = ',';
  }
  add(before === '{' ? '{}' : '}');
};

const writeList = (list: readonly unknown[], isDouble: boolean, { add, addAscii }: TextPieces, write: Write): void => {
  const atOnce = isDouble ? doublesText(list) : numbersText(list);
  if (atOnce !== undefined) {
    addAscii(atOnce);
    return;
  }
  add('[');
  for (let index = 0; index < list.length; index += 1) {
    if (index > 0) add(',');
    write(list[index], isDouble);
  }
  add(']');
};

/** The timestamps of one metric are often those of the one before it: they are written once. */
const timestampWriter = (): ((list: readonly number[]) => string) => {
  let last: readonly number[] = [];
  let text = '[]';
  return (list) => {
    let same = list.length === last.length;
    for (let index = 0; same && list !== last && index < list.length; index += 1) same = list[index] === last[index];
    if (!same) text = list.length === 0 ? '[]' : (doublesText(list) ?? `[${list.map(doubleText).join(',')}]`);
    last = list;
    return text;
  };
};
