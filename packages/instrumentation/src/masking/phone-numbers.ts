/**
 * Finds telephone numbers in free text, with one regular expression whose alternatives are all bounded, so that the
 * time is linear in the length of the text.
 *
 * - International: `+`, `%2B`, `\u002b` or `00`, then 8 to 15 digits grouped in any way (ITU-T E.123).
 * - National: an area code in parentheses, a trunk 0 and 9 to 15 digits in all, or a grouping listed in GROUPED.
 * - Bare runs of 10 to 15 digits, as nothing tells `447911123456` from an account id.
 *
 * Ten digits or more in one piece end at a space: in `+15551234567 503` the 503 is a status.
 *
 * Kept all the same: Unix time in seconds and milliseconds, compact timestamps, dates, decimals, prices, account ids in
 * ARNs and queue URLs, UUIDs, X-Ray trace ids, runs glued to a letter (hexadecimal ids, `1024kB`), 16 digits or more.
 */

const raw = String.raw;

/** What stands between groups where nothing else marks a number: no dot, which could be a decimal point. */
const DASH = raw`[ \-\xa0\u2010-\u2015]`;
/** What stands between groups of a number that is marked as one. */
const GAP = raw`(?:${DASH}|[.()]|%20)`;
/** What goes on after digits in one piece. */
const MORE = raw`(?! |%20)${GAP}{1,3}\d`;
const PLUS = raw`\+|%(?:25)?2[Bb]|\\u002[Bb]`;

const HEX = raw`[\dA-Fa-f]`;

const MARKED = [
  raw`(?:${PLUS})(?:[1-9]\d{9,14}(?!${MORE})|${GAP}{0,2}[1-9](?:${GAP}{0,3}\d){7,14})(?![\d*])`,
  raw`\(\d{2,5}\)(?:${GAP}{0,2}\d){6,10}(?![\d*])`,
];

const KEPT = [
  raw`${HEX}{8}-(?:${HEX}{24}|(?:${HEX}{4}-){3}${HEX}{12})`,
  raw`arn(?::[\w-]{0,40}){3}:\d{12}:`,
  raw`amazonaws[.a-z]{4,7}/\d{12}/`,
  raw`(?:19|20)\d\d[-/.][01]\d[-/.][0-3]\d(?!\d)`,
  raw`[0-3]\d[-/.][0-3]\d[-/.](?:19|20)\d\d(?!\d)`,
  // An escape's digits belong to it, not to the number that follows.
  `%${HEX}{2}`,
];

/** With fewer than 12 digits, or with groups to follow, `00` and what it marks is left to TRUNK. */
const BARE = raw`(?!(?:1[5-9]\d{8}|1\d{12}|20\d{12}|00\d{8,9})(?!\d)|00\d{10,13}${MORE}|000)\d{10,15}`;

/** National use without a trunk 0: North America, Brazil, China, Denmark, India, Mexico, Poland, Russia, Spain... */
const GROUPED = [
  raw`\d{3}${DASH}\d{3}${DASH}\d{3,4}`,
  raw`\d{3}\.\d{3}\.\d{3,4}`,
  raw`\d{2,3}${DASH}\d{4,5}${DASH}\d{4}`,
  raw`\d{2,3}${DASH}\d{2,3}(?:${DASH}\d\d){2}`,
  raw`\d{5} \d{5}`,
  // Not the status and size of an access log.
  raw`(?![2-5]0\d )\d{3}${DASH}\d{7}`,
];

/** Not the minutes of a time or a fraction. */
const TRUNK = raw`(?<!\d[.:](?=0\d\D))0(?:0${GAP}{0,2})?[1-9](?:(?:${GAP}{1,2}|/)?\d){7,13}`;

/** No currency, asterisk, digit, decimal point or letter before; the end of an escape (`\n`, `%3A`, `%20`) is none. */
const BEFORE = raw`(?<![$€£¥] ?|\d\.|\*|[\dA-Za-z](?<!\\[nrt]|%${HEX}{2}))`;
/** No digit, asterisk, decimal point or letter after; the `x` or `ext` of an extension is none. */
const AFTER = raw`(?![\d*]|\.\d|(?!ext)[A-WYZa-wyz])`;

/** Its group matches what only looks like a number. */
const NUMBERS = new RegExp(
  `${MARKED.join('|')}|(${KEPT.join('|')})|${BEFORE}(?:${[BARE, TRUNK, ...GROUPED].join('|')})${AFTER}`,
  'g',
);

/** No number has fewer than 8 digits, or a letter in it: most texts, UUIDs too, need no more than this. */
function mayHoldNumber(text: string): boolean {
  let digits = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code > 57) {
      // Letters below z, and `[` to '`', which stand in no number either; higher ones may be hyphens.
      if (code > 64 && code < 123) digits = 0;
    } else if (code > 47 && ++digits > 7) return true;
  }
  return false;
}

/** `text` with each telephone number in it replaced; the very same text where there is none. */
export function replaceNumbers(text: string, replace: (match: string) => string): string {
  return mayHoldNumber(text) ? text.replace(NUMBERS, (match, kept) => (kept ? match : replace(match))) : text;
}

/** How much of a number stays readable. */
export type Keep = {
  /** The country code of an international number. Default true. */
  readonly countryCode?: boolean;
  /** How many digits at the end, at most 4. Default 2. */
  readonly last?: number;
};

const PREFIX = new RegExp(`^(?:${PLUS}|00)`);
/** ITU-T E.164 country codes: 1 and 7, then those of two digits, else three. */
const COUNTRY = /^(?:[17]|2[07]|3[^578]|4[^2]|5[^09]|6[0-6]|8[1246]|9[^679]|...)/;

/** `+1 555 123 4567` as `+1********67`, `(555) 123-4567` as `********67`: an asterisk for each hidden digit. */
export function maskNumber(number: string, { countryCode = true, last = 2 }: Keep = {}): string {
  const prefix = PREFIX.exec(number)?.[0] ?? '';
  const digits = number.slice(prefix.length).replace(/%20|\D/g, '');
  const code = (prefix && countryCode && COUNTRY.exec(digits)?.[0]) || '';
  const end = Math.max(digits.length - Math.min(last, 4), code.length);
  return prefix + code + '*'.repeat(end - code.length) + digits.slice(end);
}
