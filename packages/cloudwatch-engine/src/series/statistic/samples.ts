/**
 * Samples by value: `counts[i]` times `values[i]`, in rising order of values, at least one. Samples of one value are
 * one entry as long as their counts are whole; others stay apart, so that no order of arrival shows in the last digit.
 */
export type Samples = { readonly values: Float64Array; readonly counts: Float64Array };

/** The samples from one entry, inclusive, to another, exclusive; at least one. */
export type SampleRange = Samples & { readonly from: number; readonly to: number };

/** A statistic set (API reference, StatisticSet): what remains of samples summed up before they came. */
export type StatisticSet = {
  readonly sampleCount: number;
  readonly sum: number;
  readonly minimum: number;
  readonly maximum: number;
};

/** Sorts samples, each seen `counts[i]` times (default once). */
export function samplesOf(values: readonly number[], counts?: readonly number[]): Samples {
  if (!counts) return countEqual(new Float64Array(values).sort());
  const order = values.map((_, index) => index);
  order.sort((a, b) => compare(at(values, a), at(counts, a), at(values, b), at(counts, b)));
  const builder = createBuilder(values.length);
  for (const index of order) append(builder, at(values, index), at(counts, index));
  return finish(builder);
}

/** All samples of both. */
export function mergeSamples(a: Samples, b: Samples): Samples {
  const builder = createBuilder(a.values.length + b.values.length);
  let i = 0;
  let j = 0;
  while (i < a.values.length && j < b.values.length) {
    const [va, ca, vb, cb] = [at(a.values, i), at(a.counts, i), at(b.values, j), at(b.counts, j)];
    if (compare(va, ca, vb, cb) <= 0) {
      append(builder, va, ca);
      i += 1;
    } else {
      append(builder, vb, cb);
      j += 1;
    }
  }
  for (; i < a.values.length; i += 1) append(builder, at(a.values, i), at(a.counts, i));
  for (; j < b.values.length; j += 1) append(builder, at(b.values, j), at(b.counts, j));
  return finish(builder);
}

/** All samples of all of them, of which there is at least one. */
export function mergeAll(runs: readonly Samples[]): Samples {
  const [first, second, ...rest] = runs;
  if (!first) throw new RangeError('no samples to merge');
  if (!second) return first;
  if (rest.length === 0) return mergeSamples(first, second);
  const middle = runs.length >> 1;
  return mergeSamples(mergeAll(runs.slice(0, middle)), mergeAll(runs.slice(middle)));
}

/** All of them, as a range. */
export function rangeOf({ values, counts }: Samples): SampleRange {
  return { values, counts, from: 0, to: values.length };
}

/** Typed arrays are read inside their length only, which the compiler cannot know. */
function at(list: Float64Array | readonly number[], index: number): number {
  return list[index] as number;
}

function countEqual(sorted: Float64Array): Samples {
  const builder = createBuilder(sorted.length);
  for (let index = 0; index < sorted.length; index += 1) append(builder, at(sorted, index), 1);
  return finish(builder);
}

type Builder = { readonly values: Float64Array; readonly counts: Float64Array; length: number };

function createBuilder(capacity: number): Builder {
  return { values: new Float64Array(capacity), counts: new Float64Array(capacity), length: 0 };
}

function append(builder: Builder, value: number, count: number): void {
  const { values, counts, length } = builder;
  const last = length - 1;
  if (length > 0 && values[last] === value) {
    const before = at(counts, last);
    const sum = before + count;
    if (Number.isSafeInteger(before) && Number.isSafeInteger(count) && Number.isSafeInteger(sum)) {
      counts[last] = sum;
      return;
    }
  }
  values[length] = value;
  counts[length] = count;
  builder.length = length + 1;
}

function finish({ values, counts, length }: Builder): Samples {
  return length === values.length
    ? { values, counts }
    : { values: values.slice(0, length), counts: counts.slice(0, length) };
}

/** By value; of one value the whole count first, then the others by size: one order for one set of samples. */
function compare(valueA: number, countA: number, valueB: number, countB: number): number {
  if (valueA !== valueB) return valueA < valueB ? -1 : 1;
  const whole = Number(Number.isSafeInteger(countB)) - Number(Number.isSafeInteger(countA));
  return whole === 0 ? countA - countB : whole;
}
