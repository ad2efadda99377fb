import { type Signal, signal } from '@preact/signals';
import type { AlarmView } from '../../protocol/alarm-view.ts';
import type { WidgetData } from '../../protocol/dashboard-view.ts';
import type { LiveEvent, LiveFault } from '../../protocol/live-event.ts';
import type { LogLine } from '../../protocol/log-view.ts';
import type { SourceView } from '../../protocol/source-view.ts';
import { withTails } from './series-tails.ts';

export const connection = signal<'waiting' | 'live' | 'lost'>('waiting');
/** All alarms as they are now; undefined before the first event. */
export const alarms = signal<readonly AlarmView[] | undefined>(undefined);
/** Where the numbers come from, as it was said last. */
export const source = signal<SourceView | undefined>(undefined);
/** What cannot be read at the moment. */
export const faults = signal<readonly LiveFault[]>([]);
/** Counts up with every sign that there is something new to ask for. */
export const versions = {
  traces: signal(0),
  mailbox: signal(0),
  dashboards: signal(0),
  plan: signal(0),
  logs: signal(0),
};
/** Told of log lines as they come, oldest first, and of how many were left out of a burst. */
export const logListeners = new Set<(lines: readonly LogLine[], skipped: number) => void>();

const LONGEST_WAIT_MS = 5000;

/** What each widget of the dashboards seen shows now, by dashboard and place. */
const widgets = new Map<string, Signal<WidgetData | undefined>>();
let pending = new Map<string, WidgetData>();

export function widgetData(dashboard: string, widget: number): Signal<WidgetData | undefined> {
  return dataAt(`${dashboard}/${widget}`);
}

function dataAt(place: string): Signal<WidgetData | undefined> {
  const known = widgets.get(place);
  if (known) return known;
  const made = signal<WidgetData | undefined>(undefined);
  widgets.set(place, made);
  return made;
}

/** What came between two frames is drawn once. */
function show(place: string, data: WidgetData): void {
  if (pending.size === 0) requestAnimationFrame(flush);
  pending.set(place, data);
}

function flush(): void {
  const ready = pending;
  pending = new Map();
  for (const [place, data] of ready) dataAt(place).value = data;
}

/**
 * Follows a stream of events until the returned function is called; when the server goes away, it is asked again after
 * a while, and says everything from the start. What it says of widgets is kept for `dashboard`.
 */
export function follow(url: string, dashboard = ''): () => void {
  let lastId = '';
  let waitMs = 250;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stream: EventSource | undefined;
  const connect = (): void => {
    const after = lastId === '' ? '' : `${url.includes('?') ? '&' : '?'}after=${encodeURIComponent(lastId)}`;
    stream = new EventSource(url + after);
    stream.onopen = () => {
      // Another server may have come in the place of the one that went.
      if (connection.value === 'lost') for (const what of ['plan', 'logs'] as const) versions[what].value += 1;
      connection.value = 'live';
      waitMs = 250;
    };
    stream.onmessage = ({ data, lastEventId }: MessageEvent<string>) => {
      if (lastEventId !== '') lastId = lastEventId;
      take(JSON.parse(data) as LiveEvent, dashboard);
    };
    stream.onerror = () => {
      stream?.close();
      connection.value = 'lost';
      timer = setTimeout(connect, waitMs);
      waitMs = Math.min(LONGEST_WAIT_MS, waitMs * 2);
    };
  };
  connect();
  return () => {
    clearTimeout(timer);
    stream?.close();
  };
}

function take(event: LiveEvent, dashboard: string): void {
  switch (event.kind) {
    case 'widget':
      show(`${dashboard}/${event.widget}`, event.data);
      return;
    case 'tails': {
      const place = `${dashboard}/${event.widget}`;
      const before = pending.get(place) ?? dataAt(place).peek();
      if (before) show(place, withTails(before, event.tails, event.range));
      return;
    }
    case 'alarms':
      alarms.value = event.alarms;
      return;
    case 'source':
      source.value = event.source;
      return;
    case 'faults':
      faults.value = event.faults;
      return;
    case 'logs':
      for (const listener of logListeners) listener(event.lines, event.skipped);
      return;
    case 'changed':
      for (const what of event.what) versions[what].value += 1;
  }
}
