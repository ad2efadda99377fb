import { lastValue, type TimeChart } from './chart-series.ts';
import { withUnit } from './format-number.ts';
import { dateTime, type TimeZone, zoneName } from './format-time.ts';

const MOST_LINES = 14;

export type TooltipAt = { readonly x: number; readonly y: number };

let shown: HTMLElement | undefined;

/** Shows the values of a chart at an instant beside the pointer. What it says is text, never markup. */
export function showTooltip(chart: TimeChart, time: number, zone: TimeZone, at: TooltipAt): void {
  const box = shown ?? document.body.appendChild(element('div', 'tooltip'));
  shown = box;
  const head = element('div', 'tooltip-time', `${dateTime(time, zone)} ${zoneName(time, zone)}`);
  const lines = valuesAt(chart, time);
  const rows = lines.slice(0, MOST_LINES).map(({ color, label, text }) => {
    const row = element('div', 'tooltip-row');
    const swatch = element('i', 'swatch');
    swatch.style.background = color;
    row.append(swatch, element('span', 'tooltip-label', label), element('b', '', text));
    return row;
  });
  const more = lines.length - rows.length;
  box.replaceChildren(head, ...rows, ...(more > 0 ? [element('div', 'tooltip-more', `and ${more} more`)] : []));
  place(box, at);
}

export function hideTooltip(): void {
  shown?.remove();
  shown = undefined;
}

function valuesAt({ series }: TimeChart, time: number) {
  return series
    .flatMap((line) => {
      const value = valueAt(line, time);
      if (value === undefined) return [];
      return [{ color: line.color, label: line.label, value, text: withUnit(value, line.unit) }];
    })
    .sort((one, other) => other.value - one.value);
}

/** The value of the period that the instant is in. */
function valueAt(line: TimeChart['series'][number], time: number): number | undefined {
  let low = 0;
  let high = line.timestamps.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((line.timestamps[middle] ?? 0) <= time) low = middle + 1;
    else high = middle;
  }
  const at = line.timestamps[low - 1];
  if (at === undefined || time - at >= Math.max(1, line.periodSeconds)) return undefined;
  return lastValue({ values: line.values.slice(low - 1, low) });
}

function place(box: HTMLElement, { x, y }: TooltipAt): void {
  const { offsetWidth, offsetHeight } = box;
  const left = x + 16 + offsetWidth > innerWidth ? x - offsetWidth - 16 : x + 16;
  const top = Math.min(y + 12, innerHeight - offsetHeight - 8);
  box.style.transform = `translate(${Math.max(4, left)}px, ${Math.max(4, top)}px)`;
}

function element(tag: string, className: string, text?: string): HTMLElement {
  const made = document.createElement(tag);
  made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}
