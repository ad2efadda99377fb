/** Why a JSON text could not be parsed, in the words of AWS's parser where they are known to us. */
const reasonOf = (text: string): string => {
  const word = /^\s*([\w$]+)/.exec(text)?.[1];
  if (word !== undefined) {
    return (
      `Unrecognized token '${word}': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or ` +
      `'false')${sourceAt(text.indexOf(word) + word.length)}`
    );
  }
  const [before = '', character = ''] = /^\s*\{\s*([^"\s}])/.exec(text) ?? [];
  if (character === '') return '';
  const code = `'${character}' (code ${character.charCodeAt(0)})`;
  return `Unexpected character (${code}): was expecting double-quote to start field name${sourceAt(before.length - 1)}`;
};

const sourceAt = (read: number): string =>
  `\n at [Source: REDACTED (\`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION\` disabled); line: 1, column: ${read + 1}]`;

/** What an attribute says whose value is JSON. `refuse` makes the error of one that is none. */
export const parseJsonAttribute = (text: string, refuse: (reason: string) => Error): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    throw refuse(`failed to parse JSON. ${reasonOf(text)}`.trimEnd());
  }
};
