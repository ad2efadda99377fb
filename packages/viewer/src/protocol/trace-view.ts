/** How many requests there were and how they ended. */
type Counts = { readonly ok: number; readonly errors: number; readonly throttles: number; readonly faults: number };

/** Seconds. */
export type Latency = Counts & {
  readonly count: number;
  readonly average?: number;
  readonly p50?: number;
  readonly p95?: number;
  readonly p99?: number;
};

/** `GET /api/traces?filter=&start=&end=`: summaries, newest first, at most 200 of `total`. */
export type TraceList = {
  readonly traces: readonly TraceEntry[];
  readonly total: number;
};

/** Times in seconds. */
export type TraceEntry = {
  readonly id: string;
  readonly start: number;
  readonly duration: number;
  readonly name: string;
  readonly state: TraceState;
  readonly method?: string;
  readonly url?: string;
  readonly status?: number;
  readonly annotations: Readonly<Record<string, readonly (string | number | boolean)[]>>;
  readonly services: readonly string[];
};

export type TraceState = 'ok' | 'error' | 'throttle' | 'fault';

/** One bar of a waterfall. `depth` counts from 0; times in seconds since 1970. */
export type Span = {
  readonly id: string;
  readonly name: string;
  readonly depth: number;
  readonly service: string;
  readonly origin?: string;
  readonly isSegment: boolean;
  readonly start: number;
  /** Undefined while it is in progress. */
  readonly end?: number;
  readonly state: TraceState;
  readonly annotations: Readonly<Record<string, string | number | boolean>>;
  readonly metadata: unknown;
  readonly http?: { readonly method?: string; readonly url?: string; readonly status?: number };
  readonly sql?: string;
  readonly exceptions: readonly {
    readonly type: string;
    readonly message: string;
    readonly stack: readonly string[];
  }[];
};

/** `GET /api/traces/{id}` */
export type TraceDetail = {
  readonly id: string;
  readonly start: number;
  readonly duration: number;
  readonly spans: readonly Span[];
  readonly links: readonly string[];
  /** Events that carry the trace's id or the request ids of its invocations, oldest first. */
  readonly logs: readonly { readonly at: number; readonly group: string; readonly message: string }[];
};

/** `GET /api/service-map?start=&end=` */
export type ServiceMap = {
  readonly nodes: readonly {
    readonly id: number;
    readonly name: string;
    readonly type?: string;
    readonly traffic: Latency;
    readonly edges: readonly { readonly to: number; readonly traffic: Latency }[];
  }[];
};
