/** One value for each step, oldest first; undefined where the step has none. */
export type SampleValues = readonly (number | undefined)[];

export type ParsedSeries =
  | { readonly ok: true; readonly values: SampleValues }
  /** `at` is the index of the first character of the item that is wrong. */
  | {
      readonly ok: false;
      readonly issue: { readonly code: 'item' | 'too-long'; readonly at: number; readonly message: string };
    };

const MOST_SAMPLES = 1_000_000;
const NUMBER = String.raw`\d+(?:\.\d+)?(?:[eE][+-]?\d+)?`;
const ITEM = new RegExp(`^(?:(_)|(-?${NUMBER})(?:([+-]${NUMBER}))?)(?:x(\\d+))?$`);

/**
 * Reads a series, one sample a step: `7` is a sample and `_` a step without one; `axn` is exactly n samples of a, `_xn` n
 * steps without any, and `a+bxn` n samples that rise by b from a (`a-bxn`: fall). promtool, which has the same letters,
 * means n + 1 samples by `axn`.
 */
export function parseSeries(text: string): ParsedSeries {
  const values: (number | undefined)[] = [];
  for (const match of text.matchAll(/\S+/g)) {
    const item = match[0];
    const refuse = (code: 'item' | 'too-long', message: string) =>
      ({ ok: false, issue: { code, at: match.index, message } }) as const;
    const [all, missing, first, step, times] = ITEM.exec(item) ?? [];
    if (all === undefined || (step !== undefined && times === undefined)) {
      return refuse(
        'item',
        `"${item}" is no sample: write 7, _ for none, 7x5 for five of them, or 0+10x5 for 0 10 20 30 40`,
      );
    }
    const count = Number(times ?? 1);
    if (values.length + count > MOST_SAMPLES) {
      return refuse(
        'too-long',
        `"${item}" makes more than ${MOST_SAMPLES} samples of the series: take a longer interval`,
      );
    }
    for (let index = 0; index < count; index += 1) {
      values.push(missing === undefined ? Number(first) + index * Number(step ?? 0) : undefined);
    }
  }
  return { ok: true, values };
}

/** The shortest notation without steps that `parseSeries` reads as the same samples. */
export function printSeries(values: SampleValues): string {
  const items: string[] = [];
  for (let index = 0; index < values.length; ) {
    let end = index + 1;
    while (end < values.length && Object.is(values[end], values[index])) end += 1;
    const item = values[index] === undefined ? '_' : String(values[index]);
    items.push(end - index === 1 ? item : `${item}x${end - index}`);
    index = end;
  }
  return items.join(' ');
}
