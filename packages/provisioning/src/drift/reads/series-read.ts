import type { ExpressionReads, SearchRead } from '@voice-campaign/cloudwatch-engine/math';
import type { Finding, FindingCode, Place } from '../finding.ts';

/** One series that a widget or an alarm asks for by name. */
export type NamedRead = {
  readonly kind: 'series';
  readonly namespace: string;
  readonly metric: string;
  readonly dimensions: Readonly<Record<string, string>>;
  /** Dimensions whose value a dashboard variable changes. */
  readonly open: ReadonlySet<string>;
};

export type InsightsRead = { readonly kind: 'insights'; readonly query: NonNullable<ExpressionReads['insights']> };

/** Something that is read, where, and how. */
export type Read = {
  readonly at: Place;
  readonly wanted: NamedRead | (SearchRead & { readonly kind: 'search' }) | InsightsRead;
  readonly statistic: string;
  /** Seconds. */
  readonly periodSeconds: number;
  /** The unit that the reader asks for: CloudWatch then gives samples of that unit alone. */
  readonly unit?: string;
  /** Words beside the series as it is drawn, where no expression stands between. */
  readonly words?: string;
  /** What an alarm compares the series with as it is. */
  readonly threshold?: number;
};

/** What a body or an alarm reads, and what of it cannot be read. */
export type Reads = { readonly reads: readonly Read[]; readonly findings: readonly Finding[] };

export const joined = (all: readonly Reads[]): Reads => ({
  reads: all.flatMap(({ reads }) => reads),
  findings: all.flatMap(({ findings }) => findings),
});

export const unreadable = (
  code: Extract<FindingCode, 'emf' | 'dashboard' | 'alarm' | 'expression'>,
  at: Place,
  message: string,
): Finding => ({
  code,
  severity: 'error',
  at,
  message,
});
