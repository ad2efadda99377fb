import type { VariableValues } from '@voice-campaign/cloudwatch-engine/dashboards';
import type { WidgetData } from '../protocol/dashboard-view.ts';
import type { LiveEvent, LiveFault } from '../protocol/live-event.ts';
import type { TimeRange } from '../protocol/widget-series.ts';
import type { ChangedPart, ViewSource } from '../source/view-source.ts';
import { openDashboard, parseOnce } from '../view/open-dashboard.ts';
import { changeOf } from '../view/series-changes.ts';
import { widgetRequests } from '../view/widget-data.ts';

export type LiveQuestion = {
  readonly dashboard?: string;
  readonly values: VariableValues;
  /** The range at an instant: a relative one moves on. */
  readonly rangeAt: (now: number) => TimeRange;
  readonly periodOverride?: 'auto' | 'inherit';
  /** The last log line that the page has. */
  readonly after: number | undefined;
};

/** `id` is that of the last log line, from which a page that connects again goes on; undefined before there is one. */
export type Send = (event: LiveEvent, id: number | undefined) => void;

const COALESCED_MS = 100;
/** Queries over logs run over all events of the range. */
const LOG_QUERY_MS = 2000;
/** A range that moves on without data is told of, so that lines leave the chart. */
const IDLE_MS = 5000;
const MOST_LINES = 500;

/** What a page is told of when it begins to listen; a plan is that of the server's own start, and dear to make. */
const AT_FIRST: readonly ChangedPart[] = ['metrics', 'logs', 'alarms', 'dashboards', 'mailbox', 'traces'];

/** Tells one page of what changes, until the returned function is called. */
export function followChanges(source: ViewSource, asked: LiveQuestion, send: Send, onError: (error: unknown) => void) {
  const state: StreamState = {
    ...{ shown: new Map(), lastLine: asked.after, isKnown: false, logsAt: Number.NEGATIVE_INFINITY },
    ...{ parse: parseOnce(), faults: new Map(), told: new Map() },
  };
  const changed = new Set<ChangedPart>(AT_FIRST);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let busy = false;
  let ended = false;
  const run = async (): Promise<void> => {
    timer = undefined;
    busy = true;
    const parts = new Set(changed);
    changed.clear();
    await tell(source, asked, state, parts, (event) => !ended && send(event, state.lastLine), onError);
    busy = false;
    if (changed.size > 0) schedule();
  };
  const schedule = (): void => {
    if (!busy && !ended) timer ??= setTimeout(run, COALESCED_MS);
  };
  const stop = source.onChange((part) => {
    changed.add(part);
    schedule();
  });
  const idle = setInterval(() => {
    changed.add('metrics').add('logs');
    schedule();
  }, IDLE_MS);
  void run();
  return () => {
    ended = true;
    stop();
    clearTimeout(timer);
    clearInterval(idle);
  };
}

type StreamState = {
  /** What the page has of each widget. */
  readonly shown: Map<number, WidgetData>;
  lastLine: number | undefined;
  /** Whether the last line is one of this server. */
  isKnown: boolean;
  logsAt: number;
  readonly parse: ReturnType<typeof parseOnce>;
  /** What could not be read, until it can be. */
  readonly faults: Map<LiveFault['part'], string>;
  /** What was said last of the source and of faults, as JSON. */
  readonly told: Map<LiveEvent['kind'], string>;
};

/** What a source cannot say of one part keeps no other from being told. */
async function tell(
  source: ViewSource,
  asked: LiveQuestion,
  state: StreamState,
  parts: ReadonlySet<ChangedPart>,
  send: (event: LiveEvent) => void,
  onError: (error: unknown) => void,
): Promise<void> {
  const what = (['traces', 'mailbox', 'dashboards', 'plan'] as const).filter((part) => parts.has(part));
  // Also at first: what changed between the page's question and its listening, nobody else tells it.
  if (what.length > 0) send({ kind: 'changed', what });
  const work: Readonly<Record<LiveFault['part'], (() => Promise<void>) | undefined>> = {
    logs: parts.has('logs') ? () => tellLogs(source, state, send) : undefined,
    alarms: parts.has('alarms') ? async () => send({ kind: 'alarms', alarms: await source.alarms() }) : undefined,
    widgets: asked.dashboard === undefined ? undefined : () => tellWidgets(source, asked, state, parts, send),
  };
  await Promise.all(
    (['logs', 'alarms', 'widgets'] as const).map(async (part) => {
      try {
        await work[part]?.();
        if (work[part]) state.faults.delete(part);
      } catch (error) {
        state.faults.set(part, error instanceof Error ? error.message : String(error));
        onError(error);
      }
    }),
  );
  sendNews(state, { kind: 'faults', faults: [...state.faults].map(([part, message]) => ({ part, message })) }, send);
  sendNews(state, { kind: 'source', source: source.describe() }, send);
}

/** Of these a page is told what they are at first, and then only what is new. */
function sendNews(state: StreamState, event: LiveEvent, send: (event: LiveEvent) => void): void {
  const text = JSON.stringify(event);
  if (state.told.get(event.kind) === text) return;
  state.told.set(event.kind, text);
  send(event);
}

async function tellLogs(source: ViewSource, state: StreamState, send: (event: LiveEvent) => void): Promise<void> {
  // A page that has no lines yet asks for those before by itself.
  const after = await lineBefore(source, state);
  const limit = after === undefined ? 1 : MOST_LINES;
  const lines = await source.logLines({ limit, ...(after !== undefined && { after }) });
  const newest = lines.at(-1)?.id ?? after ?? 0;
  state.lastLine = newest;
  if (after === undefined || lines.length === 0) return;
  const skipped = Math.max(0, newest - after - lines.length);
  send({ kind: 'logs', lines, skipped });
}

/** A page that comes with a line which is not here yet had it from another server: all lines of this one are new to it. */
async function lineBefore(source: ViewSource, state: StreamState): Promise<number | undefined> {
  const { lastLine: after, isKnown } = state;
  state.isKnown = true;
  if (after === undefined || isKnown) return after;
  const [newest] = await source.logLines({ limit: 1 });
  return after > (newest?.id ?? 0) ? 0 : after;
}

async function tellWidgets(
  source: ViewSource,
  { dashboard = '', values, rangeAt, periodOverride }: LiveQuestion,
  state: StreamState,
  parts: ReadonlySet<ChangedPart>,
  send: (event: LiveEvent) => void,
): Promise<void> {
  const now = source.now();
  const withLogs = parts.has('logs') && now * 1000 - state.logsAt >= LOG_QUERY_MS;
  if (withLogs) state.logsAt = now * 1000;
  const due = (kind: 'metrics' | 'logs' | 'alarms'): boolean => (kind === 'logs' ? withLogs : parts.has(kind));
  const view = await openDashboard(source, dashboard, values, state.parse);
  if (!view) return;
  const shown = { range: rangeAt(now), ...(periodOverride && { periodOverride }) };
  const requests = widgetRequests(source, view.dashboard, shown);
  const asked = requests.filter(({ widget, kind }) => !state.shown.has(widget) || due(kind));
  // All at once, so that a source can ask for all of them in one call; each is told of when it is there.
  await Promise.all(
    asked.map(async ({ widget, load }) => {
      const data = await load();
      const event = changeOf(widget, state.shown.get(widget), data);
      state.shown.set(widget, data);
      if (event) send(event);
    }),
  );
}
