import type { Scope } from './aws-metrics.ts';

/** Traces that go through one of some services and, where a condition is given, meet it. */
export type TraceGroupDefinition = {
  readonly services: readonly Scope[];
  /** A filter expression, to be met as well. */
  readonly condition?: string;
};

/** What X-Ray decides by where a trace begins; for each resource in scope. */
export type SamplingRuleDefinition = {
  readonly scope: Scope;
  /** 1 to 9999; the lowest that matches decides. */
  readonly priority: number;
  /** Requests a second that are sampled before the rate. */
  readonly reservoirSize: number;
  /** 0 to 1. */
  readonly fixedRate: number;
  /** May hold the placeholders of a monitoring document, `*` and `?`. */
  readonly serviceName: string;
  /** Lambda samples by a rule of its own and asks for none: whose traces this one decides on. */
  readonly effective: 'at-its-roots' | 'only-for-sdk-and-adot-roots';
};
