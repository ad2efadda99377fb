import type { AlarmView } from './alarm-view.ts';
import type { WidgetData } from './dashboard-view.ts';
import type { LogLine } from './log-view.ts';
import type { SourceView } from './source-view.ts';

/** A line of which some points changed: what it had from the first timestamp on is replaced. */
export type SeriesTail = {
  readonly key: string;
  /** When it is another than before, as one with `${LAST}` is. */
  readonly label?: string;
  readonly timestamps: readonly number[];
  readonly values: readonly (number | null)[];
};

/**
 * `GET /api/events?dashboard=&start=-PT3H&end=&period=&var.{id}=&after=`: server-sent events, coalesced for at most 100 ms. A
 * stream begins with `widget` for every widget of the dashboard, so that whoever connects again has missed nothing; log
 * lines go on after the id in `after`, or the `Last-Event-ID`.
 */
export type LiveEvent =
  | { readonly kind: 'widget'; readonly widget: number; readonly data: WidgetData }
  | {
      readonly kind: 'tails';
      readonly widget: number;
      readonly range: { readonly start: number; readonly end: number };
      readonly tails: readonly SeriesTail[];
    }
  | { readonly kind: 'alarms'; readonly alarms: readonly AlarmView[] }
  | { readonly kind: 'logs'; readonly lines: readonly LogLine[]; readonly skipped: number }
  /** Where the numbers come from and how old they are, when it changes and every few seconds. */
  | { readonly kind: 'source'; readonly source: SourceView }
  /** All that cannot be read at the moment; empty when all can be again. */
  | { readonly kind: 'faults'; readonly faults: readonly LiveFault[] }
  /** Something new to ask for: another trace, mail, or dashboard. */
  | { readonly kind: 'changed'; readonly what: readonly ('traces' | 'mailbox' | 'dashboards' | 'plan')[] };

/** What cannot be read, in the source's words; what was read before stays. */
export type LiveFault = { readonly part: 'logs' | 'alarms' | 'widgets'; readonly message: string };
