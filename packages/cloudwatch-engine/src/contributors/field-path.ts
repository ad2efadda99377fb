/** The way to a field of a JSON log event: names of members and places in lists. */
export type FieldPath = readonly (string | number)[];

const STEP = /\.([^.[\]\s"]+)|\[(\d{1,9})\]/uy;

/** `$.users[1].name`, "JSON property format notation" of the user guide; `undefined` for what is none. */
export function parseFieldPath(text: string): FieldPath | undefined {
  if (!text.startsWith('$')) return undefined;
  const path: (string | number)[] = [];
  for (let at = 1; at < text.length; at = STEP.lastIndex) {
    STEP.lastIndex = at;
    const step = STEP.exec(text);
    if (!step) return undefined;
    const [, name, place] = step;
    path.push(name ?? Number(place));
  }
  return path.length > 0 && typeof path[0] === 'string' ? path : undefined;
}

/** What stands there, `undefined` where nothing does. */
export function valueAt(root: unknown, path: FieldPath): unknown {
  let value = root;
  for (const step of path) {
    if (typeof step === 'number') value = Array.isArray(value) ? value[step] : undefined;
    else if (typeof value === 'object' && value !== null && Object.hasOwn(value, step)) {
      value = (value as Readonly<Record<string, unknown>>)[step];
    } else return undefined;
  }
  return value;
}
