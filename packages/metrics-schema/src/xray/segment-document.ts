/** Times in seconds since 1970, with fractions. An open document is overwritten by the closed one of the same id. */
type Closed = { readonly end_time: number; readonly in_progress?: never };
type Open = { readonly in_progress: true; readonly end_time?: never };

export type StackFrame = { readonly path?: string; readonly line?: number; readonly label?: string };

export type SegmentException = {
  /** 16 hexadecimal digits. */
  readonly id: string;
  readonly message?: string;
  readonly type?: string;
  /** Whether a downstream service returned it. */
  readonly remote?: boolean;
  /** Stack frames left out of `stack`. */
  readonly truncated?: number;
  /** Exceptions left out between this one and the one it caused. */
  readonly skipped?: number;
  /** The id of the exception that caused this one. */
  readonly cause?: string;
  readonly stack?: readonly StackFrame[];
};

/** The id of an exception that was recorded already, or the exceptions themselves. */
export type SegmentCause =
  | string
  | {
      readonly working_directory?: string;
      readonly paths?: readonly string[];
      readonly exceptions?: readonly SegmentException[];
    };

export type SegmentHttp = {
  readonly request?: {
    readonly method?: string;
    readonly url?: string;
    readonly user_agent?: string;
    readonly client_ip?: string;
    /** Segments only: `client_ip` is from a header that may have been forged. */
    readonly x_forwarded_for?: boolean;
    /** Subsegments only: the service called sends a segment of its own. */
    readonly traced?: boolean;
  };
  /** `content_length` in bytes. */
  readonly response?: { readonly status?: number; readonly content_length?: number };
};

export type SegmentSql = {
  readonly connection_string?: string;
  readonly url?: string;
  readonly sanitized_query?: string;
  readonly database_type?: string;
  readonly database_version?: string;
  readonly driver_version?: string;
  readonly user?: string;
  readonly preparation?: 'call' | 'statement';
};

/** The AWS resource a segment runs on, or a subsegment calls; services add members of their own. */
export type SegmentAws = {
  readonly account_id?: string;
  readonly operation?: string;
  readonly region?: string;
  readonly request_id?: string;
  readonly queue_url?: string;
  readonly table_name?: string;
  readonly [member: string]: unknown;
};

type Entity = (Closed | Open) & {
  /** 16 hexadecimal digits. */
  readonly id: string;
  readonly name: string;
  readonly start_time: number;
  /** A 4xx answer, or a mistake of the caller. */
  readonly error?: boolean;
  /** A 429 answer. */
  readonly throttle?: boolean;
  /** A 5xx answer, or an error of our own. */
  readonly fault?: boolean;
  readonly cause?: SegmentCause;
  readonly http?: SegmentHttp;
  readonly aws?: SegmentAws;
  /** Indexed for search; keys of letters, digits and underscores. */
  readonly annotations?: Readonly<Record<string, string | number | boolean>>;
  /** Not indexed: namespace, then key. */
  readonly metadata?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly subsegments?: readonly SubsegmentDocument[];
};

/** The work of one service for one request (X-Ray Developer Guide, "Segment documents"). */
export type SegmentDocument = Entity & {
  readonly trace_id: string;
  readonly parent_id?: string;
  readonly type?: never;
  readonly user?: string;
  readonly origin?: string;
  readonly resource_arn?: string;
  readonly service?: { readonly version?: string };
};

/** A part of that work, inside its segment or parent subsegment. */
export type SubsegmentDocument = Entity & {
  /** `local`, or none: no call to another service. */
  readonly namespace?: 'aws' | 'remote' | 'local';
  readonly sql?: SegmentSql;
  readonly precursor_ids?: readonly string[];
};

/** A subsegment that is sent by itself. */
export type IndependentSubsegment = SubsegmentDocument & {
  readonly type: 'subsegment';
  readonly trace_id: string;
  readonly parent_id: string;
};

/** The JSON text of one document, as PutTraceSegments and the daemon take it; it is neither checked nor changed. */
export function renderSegment(document: SegmentDocument | IndependentSubsegment): string {
  return JSON.stringify(document);
}
