/** What placeholders stand for, by their names. */
export type Bindings = Readonly<Record<string, string>>;

/** The text with every `{{placeholder}}` that has a binding replaced; others stay as they are. */
export const fillText = (text: string, bindings: Bindings): string =>
  text.replace(/\{\{([a-z]+)\}\}/g, (whole, name: string) => bindings[name] ?? whole);

/** The same for every text in a value; the names of members are no text. */
export const fill = <T>(value: T, bindings: Bindings): T => {
  if (typeof value === 'string') return fillText(value, bindings) as T;
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map((each: unknown) => fill(each, bindings)) as T;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, fill(each, bindings)])) as T;
};
