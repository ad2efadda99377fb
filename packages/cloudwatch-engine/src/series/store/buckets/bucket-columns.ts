import type { Samples, StatisticSet } from '../../statistic/samples.ts';
import { type BucketContent, sortSets } from './open-bucket.ts';

/** Counts the bytes of everything that shares it. */
export type ByteMeter = { bytes: number };

/**
 * Buckets as rows of columns in the order of time. The samples of row i are entries `ends[i - 1]` (0 for the first) to
 * `ends[i]` of `values` and `counts`.
 */
export type BucketColumns = {
  readonly meter: ByteMeter;
  rows: number;
  /** Where a reader began last. */
  near: number;
  stamps: Float64Array;
  ends: Uint32Array;
  /** How many samples a row has, and their sum, those of statistic sets included. */
  totals: Float64Array;
  sums: Float64Array;
  values: Float64Array;
  counts: Float64Array;
  /** Statistic sets that say less than raw samples, by the start of their bucket. */
  readonly sets: Map<number, readonly StatisticSet[]>;
};

/** What a row and a sample take in all columns. */
const BYTES_OF_ROW = 28;
const BYTES_OF_SAMPLE = 16;
const BYTES_OF_SET = 150;

const NO_NUMBERS = new Float64Array(0);
const NO_ENDS = new Uint32Array(0);

export function createBucketColumns(meter: ByteMeter): BucketColumns {
  return {
    ...{ meter, rows: 0, near: 0, stamps: NO_NUMBERS, totals: NO_NUMBERS, sums: NO_NUMBERS },
    ...{ values: NO_NUMBERS, counts: NO_NUMBERS, ends: NO_ENDS, sets: new Map() },
  };
}

/**
 * The first row at or after a time; as many as there are rows where none is. Looks `near` a row first, in steps that
 * double: an alarm reads on where it read a minute ago, and the memory of all rows is far from the processor.
 */
export function rowAt({ stamps, rows }: BucketColumns, stamp: number, near = rows >> 1): number {
  let low = 0;
  let high = rows;
  let step = 1;
  if (near < rows && (stamps[near] as number) < stamp) {
    low = near + 1;
    for (; low + step <= rows && (stamps[low + step - 1] as number) < stamp; step *= 2) low += step;
    high = Math.min(rows, low + step - 1);
  } else {
    high = Math.min(near, rows);
    for (; high >= step && (stamps[high - step] as number) >= stamp; step *= 2) high -= step;
    low = Math.max(0, high - step + 1);
  }
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((stamps[middle] as number) < stamp) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Where the samples of a row begin; for the number of rows, where they end. */
export function offsetOf({ ends }: BucketColumns, row: number): number {
  return row === 0 ? 0 : (ends[row - 1] as number);
}

export function minimumAt(columns: BucketColumns, row: number): number {
  const from = offsetOf(columns, row);
  const own = from < offsetOf(columns, row + 1) ? (columns.values[from] as number) : Number.POSITIVE_INFINITY;
  const sets = setsAt(columns, row);
  return sets.length === 0 ? own : Math.min(own, ...sets.map(({ minimum }) => minimum));
}

export function maximumAt(columns: BucketColumns, row: number): number {
  const to = offsetOf(columns, row + 1);
  const own = offsetOf(columns, row) < to ? (columns.values[to - 1] as number) : Number.NEGATIVE_INFINITY;
  const sets = setsAt(columns, row);
  return sets.length === 0 ? own : Math.max(own, ...sets.map(({ maximum }) => maximum));
}

const NO_SETS: readonly StatisticSet[] = [];

/** The statistic sets of a row that say less than raw samples. */
export function setsAt({ sets, stamps }: BucketColumns, row: number): readonly StatisticSet[] {
  return sets.size === 0 ? NO_SETS : (sets.get(stamps[row] as number) ?? NO_SETS);
}

/** A copy of a row. */
export function contentAt(columns: BucketColumns, row: number): BucketContent {
  const stamp = columns.stamps[row] as number;
  const [from, to] = [offsetOf(columns, row), offsetOf(columns, row + 1)];
  const samples = from === to ? undefined : samplesBetween(columns, from, to);
  return { stamp, samples, sets: setsAt(columns, row) };
}

function samplesBetween({ values, counts }: BucketColumns, from: number, to: number): Samples {
  return { values: values.slice(from, to), counts: counts.slice(from, to) };
}

/** Adds a row later than all others. */
export function appendRow(columns: BucketColumns, content: BucketContent): void {
  const { stamp, samples } = content;
  const row = columns.rows;
  const from = offsetOf(columns, row);
  const end = from + (samples?.values.length ?? 0);
  reserve(columns, row + 1, end);
  const sets = sortSets(content.sets);
  keepSets(columns, stamp, sets);
  if (samples) {
    columns.values.set(samples.values, from);
    columns.counts.set(samples.counts, from);
  }
  let total = 0;
  let sum = 0;
  for (let index = from; index < end; index += 1) {
    const count = columns.counts[index] as number;
    total += count;
    sum += (columns.values[index] as number) * count;
  }
  for (const set of sets) {
    total += set.sampleCount;
    sum += set.sum;
  }
  columns.stamps[row] = stamp;
  columns.ends[row] = end;
  columns.totals[row] = total;
  columns.sums[row] = sum;
  columns.rows = row + 1;
}

/** Adds a row of one sample, seen once, later than all others. */
export function appendSample(columns: BucketColumns, stamp: number, value: number): void {
  const row = columns.rows;
  const from = offsetOf(columns, row);
  reserve(columns, row + 1, from + 1);
  columns.values[from] = value;
  columns.counts[from] = 1;
  columns.stamps[row] = stamp;
  columns.ends[row] = from + 1;
  columns.totals[row] = 1;
  columns.sums[row] = value;
  columns.rows = row + 1;
}

function keepSets(columns: BucketColumns, stamp: number, sets: readonly StatisticSet[]): void {
  columns.meter.bytes += BYTES_OF_SET * (sets.length - (columns.sets.get(stamp)?.length ?? 0));
  if (sets.length > 0) columns.sets.set(stamp, sets);
  else columns.sets.delete(stamp);
}

function reserve(columns: BucketColumns, rows: number, samples: number): void {
  if (rows > columns.stamps.length) resizeRows(columns, roomFor(rows));
  if (samples > columns.values.length) resizeSamples(columns, roomFor(samples));
}

/** A quarter more: columns that were cut to what they hold would take half as much again with their next row otherwise. */
function roomFor(count: number): number {
  return Math.max(8, count + Math.max(4, count >> 2));
}

function resizeRows(columns: BucketColumns, capacity: number): void {
  columns.meter.bytes += BYTES_OF_ROW * (capacity - columns.stamps.length);
  columns.stamps = resized(columns.stamps, capacity);
  columns.totals = resized(columns.totals, capacity);
  columns.sums = resized(columns.sums, capacity);
  const ends = capacity === 0 ? NO_ENDS : new Uint32Array(capacity);
  ends.set(columns.ends.subarray(0, capacity));
  columns.ends = ends;
}

function resizeSamples(columns: BucketColumns, capacity: number): void {
  columns.meter.bytes += BYTES_OF_SAMPLE * (capacity - columns.values.length);
  columns.values = resized(columns.values, capacity);
  columns.counts = resized(columns.counts, capacity);
}

function resized(column: Float64Array, capacity: number): Float64Array {
  if (capacity === 0) return NO_NUMBERS;
  const wider = new Float64Array(capacity);
  wider.set(column.subarray(0, capacity));
  return wider;
}

/** The memory that all rows take. */
export function bytesOfColumns({ stamps, values, sets }: BucketColumns): number {
  return (
    BYTES_OF_ROW * stamps.length +
    BYTES_OF_SAMPLE * values.length +
    BYTES_OF_SET * countSets(sets, Number.NEGATIVE_INFINITY)
  );
}

/** The memory that rows from a time on would take alone, without room for more. */
export function bytesFrom(columns: BucketColumns, stamp: number): number {
  const row = rowAt(columns, stamp);
  const samples = offsetOf(columns, columns.rows) - offsetOf(columns, row);
  const sets = countSets(columns.sets, stamp);
  return BYTES_OF_ROW * (columns.rows - row) + BYTES_OF_SAMPLE * samples + BYTES_OF_SET * sets;
}

function countSets(sets: BucketColumns['sets'], from: number): number {
  let count = 0;
  if (sets.size > 0) for (const [stamp, list] of sets) if (stamp >= from) count += list.length;
  return count;
}

/** Gives back the room for more rows. */
export function fitColumns(columns: BucketColumns): void {
  const samples = offsetOf(columns, columns.rows);
  if (columns.stamps.length > columns.rows) resizeRows(columns, columns.rows);
  if (columns.values.length > samples) resizeSamples(columns, samples);
}

/** Forgets all rows before a time, and the memory they took. Returns how many there were. */
export function dropRows(columns: BucketColumns, stamp: number): number {
  const dropped = rowAt(columns, stamp);
  if (dropped === 0) return 0;
  const { rows } = columns;
  const [from, to] = [offsetOf(columns, dropped), offsetOf(columns, rows)];
  for (let row = 0; row < dropped; row += 1) keepSets(columns, columns.stamps[row] as number, []);
  for (const column of [columns.stamps, columns.totals, columns.sums]) column.copyWithin(0, dropped, rows);
  for (let row = dropped; row < rows; row += 1) columns.ends[row - dropped] = (columns.ends[row] as number) - from;
  for (const column of [columns.values, columns.counts]) column.copyWithin(0, from, to);
  columns.rows = rows - dropped;
  if (columns.stamps.length > 2 * columns.rows) resizeRows(columns, columns.rows);
  if (columns.values.length > 2 * (to - from)) resizeSamples(columns, to - from);
  return dropped;
}
