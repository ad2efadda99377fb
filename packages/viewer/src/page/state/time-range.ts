import { computed, signal } from '@preact/signals';
import { startBefore } from '../../protocol/start-before.ts';
import type { TimeRange } from '../../protocol/widget-series.ts';
import { query, setQuery } from './route.ts';

/** Relative ranges end now and move on with it. */
export const RELATIVE = [
  ['-PT5M', 300, '5m'],
  ['-PT15M', 900, '15m'],
  ['-PT1H', 3600, '1h'],
  ['-PT3H', 10_800, '3h'],
  ['-PT12H', 43_200, '12h'],
  ['-P1D', 86_400, '1d'],
  ['-P3D', 259_200, '3d'],
  ['-P7D', 604_800, '1w'],
  ['-P28D', 2_419_200, '4w'],
] as const;

const DEFAULT_SECONDS = 10_800;

/** Seconds that the source's clock is ahead of the browser's. */
let ahead = 0;

/** Goes by the clock of the source, unless it is the browser's but for the time an answer takes. */
export function setClock(sourceNow: number): void {
  const difference = sourceNow - Date.now() / 1000;
  ahead = Math.abs(difference) < 2 ? 0 : difference;
  now.value = Math.floor(Date.now() / 1000 + ahead);
}

/** Moves on once a second while the page is seen; relative ranges end at it. */
export const now = signal(Math.floor(Date.now() / 1000));

type Ends = { readonly start?: string | undefined; readonly end?: string | undefined };

/** The range that the dashboard's body asks for, before the reader chooses one. */
export const suggestedStart = signal<Ends>({});

/** Both ends are of the address or both of the dashboard: one of each is a range that nobody asked for. */
const chosen = computed((): Ends => {
  const start = query.value.get('start') ?? undefined;
  const end = query.value.get('end') ?? undefined;
  const isSensible = start !== undefined && (startBefore(start, 0) ?? instantOf(start)) !== undefined;
  return isSensible ? { start, end } : suggestedStart.value;
});

export const chosenStart = computed(() => chosen.value.start ?? '-PT3H');
export const chosenEnd = computed(() => {
  const { end } = chosen.value;
  return end !== undefined && instantOf(end) !== undefined ? end : undefined;
});

export const isRelative = computed(
  () => chosenEnd.value === undefined && startBefore(chosenStart.value, now.value) !== undefined,
);

/** How long the range is, when it is relative. */
const relativeSeconds = computed(
  () => now.value - (startBefore(chosenStart.value, now.value) ?? now.value - DEFAULT_SECONDS),
);

/** Where a relative range ends: now, in steps of less than what a pixel of a chart shows. */
const relativeEnd = computed(() => {
  const step = Math.max(1, Math.floor(relativeSeconds.value / 900));
  return Math.ceil(now.value / step) * step;
});

/** What all widgets show. */
export const range = computed<TimeRange>(() => {
  const until = chosenEnd.value === undefined ? undefined : instantOf(chosenEnd.value);
  const end = until ?? (isRelative.value ? relativeEnd.value : now.value);
  const start = startBefore(chosenStart.value, end) ?? instantOf(chosenStart.value);
  return start === undefined || start >= end ? { start: now.value - DEFAULT_SECONDS, end: now.value } : { start, end };
});

function instantOf(text: string): number | undefined {
  const milliseconds = Date.parse(text);
  return Number.isNaN(milliseconds) ? undefined : Math.floor(milliseconds / 1000);
}

const isoOf = (seconds: number): string => new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');

export function showRelative(duration: string): void {
  setQuery({ start: duration, end: undefined });
}

/** From here on the range stands still. Seconds since 1970. */
export function zoomTo(start: number, end: number): void {
  setQuery({ start: isoOf(start), end: isoOf(end) });
}

/** Half the range with 0.5, twice the range with 2, around its middle, but never beyond the present. */
export function zoomBy(factor: number): void {
  const { start, end } = range.value;
  const length = Math.max(60, (end - start) * factor);
  const last = Math.min(now.value, Math.round((start + end) / 2 + length / 2));
  zoomTo(Math.round(last - length), last);
}

/** Moves the range by a share of its length. */
export function panBy(share: number): void {
  const { start, end } = range.value;
  const by = Math.min(Math.round((end - start) * share), Math.max(0, now.value - end));
  zoomTo(start + by, end + by);
}

export function resetRange(): void {
  setQuery({ start: undefined, end: undefined });
}

setInterval(() => {
  if (document.visibilityState === 'visible') now.value = Math.floor(Date.now() / 1000 + ahead);
}, 1000);
