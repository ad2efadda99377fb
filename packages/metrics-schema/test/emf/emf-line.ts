import { readFileSync } from 'node:fs';
import { type EmfIssue, parseEmf } from '@voice-campaign/metrics-schema';

export const TIMESTAMP = 1_700_000_000_000;

export type Parts = {
  namespace?: unknown;
  dimensions?: unknown;
  metrics?: unknown;
  timestamp?: unknown;
  members?: object;
};

/** A line with one directive of one metric, Calls = 1, but for these parts. */
export function line({
  namespace = 'voice/test',
  dimensions = [[]],
  metrics = [{ Name: 'Calls', Unit: 'Count' }],
  timestamp = TIMESTAMP,
  members = {},
}: Parts = {}): string {
  const CloudWatchMetrics = [{ Namespace: namespace, Dimensions: dimensions, Metrics: metrics }];
  return JSON.stringify({ _aws: { Timestamp: timestamp, CloudWatchMetrics }, Calls: 1, ...members });
}

export const fixture = (file: string) =>
  JSON.stringify(JSON.parse(readFileSync(new URL(`../fixtures/emf/${file}`, import.meta.url), 'utf8')));

export function taken(text: string, now?: number) {
  const parsed = parseEmf(text, now === undefined ? {} : { now });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed));
  return parsed;
}

export function issuesOf(text: string, now?: number): readonly EmfIssue[] {
  const parsed = parseEmf(text, now === undefined ? {} : { now });
  return parsed.ok ? parsed.warnings : parsed.issues;
}

export const written = (text: string, now?: number) =>
  issuesOf(text, now).map(({ effect, code }) => `${effect} ${code}`);
