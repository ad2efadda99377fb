import { type QueryReader, takeMatch, unexpected } from './query-reader.ts';

/** Words that a field of the same name is told from by backquotes. */
const words = new Set(['and', 'or', 'not', 'in', 'like', 'as', 'by', 'asc', 'desc', 'true', 'false']);

const bare = /^@{0,2}[A-Za-z_][\w@]*(?:\.[\w@]+)*$/;
const bareMember = /^[\w@]+$/;
const name = /(?:@{0,2}[A-Za-z_][\w@]*|@{0,2}`[^`]+`)(?:\.[\w@]+|\.`[^`]+`|\[\d+\])*/y;
const members = /(?:\.[\w@]+|\.`[^`]+`|\[\d+\])+/y;
const pieces = /`([^`]+)`|[^.`[\]]+/g;

const isBare = (text: string): boolean => bare.test(text) && !words.has(text.split('.')[0]?.toLowerCase() ?? '');

/** The members that a name leads to, from the outermost: `a`, `b.c` of ``a.`b.c` ``. */
export const fieldPath = (field: string): readonly string[] =>
  field.includes('`') ? Array.from(field.matchAll(pieces), ([piece, quoted]) => quoted ?? piece) : field.split('.');

const memberText = (member: string): string => (bareMember.test(member) ? `.${member}` : `.\`${member}\``);

/** Members behind something that has some, as a query writes them. */
export const printMembers = (path: readonly string[]): string => path.map(memberText).join('');

/** Members written right behind what was read: `.a`, `[0]`, ``.`b.c` ``; none without any. */
export const takeMembers = (reader: QueryReader): readonly string[] => {
  members.lastIndex = reader.at;
  const found = members.exec(reader.text)?.[0];
  if (found === undefined) return [];
  reader.at += found.length;
  return Array.from(found.matchAll(pieces), ([piece, quoted]) => quoted ?? piece);
};

/**
 * A field's name. One with other characters than letters, digits, _ @ and . stands between backquotes, which the name keeps
 * only where it has members behind it or is one.
 */
const takeFieldName = (reader: QueryReader): string | undefined => {
  const found = takeMatch(reader, name);
  if (found === undefined) return undefined;
  if (!found.includes('`')) return found.replace(/\[(\d+)\]/g, '.$1');
  const [head = '', at = '', quoted] = /^(@{0,2})(?:`([^`]+)`|[\w@]+)/.exec(found) ?? [];
  const first = quoted === undefined ? head : `${at}${quoted}`;
  const rest = Array.from(found.slice(head.length).matchAll(pieces), ([piece, inner]) => inner ?? piece);
  if (rest.length === 0) return first;
  return `${isBare(first) && !first.includes('.') ? first : `\`${first}\``}${printMembers(rest)}`;
};

/** A field's name. @throws LogQueryError that says what it would have been of, where none stands. */
export const expectFieldName = (reader: QueryReader, expected: string): string => {
  const found = takeFieldName(reader);
  if (found === undefined) throw unexpected(reader, expected);
  return found;
};

const whole = new RegExp(`^${name.source}$`);

/** Whether a text is a field's name as a query writes it; one of a column may be any expression. */
export const isFieldName = (text: string): boolean => whole.test(text);

export const printField = (field: string): string => (field.includes('`') || isBare(field) ? field : `\`${field}\``);
