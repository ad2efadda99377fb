/** `GET /api/logs/groups` */
export type LogGroups = {
  readonly groups: readonly {
    readonly name: string;
    /** Days; undefined keeps for ever. */
    readonly retentionDays?: number;
    readonly storedBytes: number;
  }[];
};

/** One event of a log group. */
export type LogLine = {
  /** Greater for what came later. */
  readonly id: number;
  /** Seconds since 1970, with milliseconds. */
  readonly at: number;
  readonly group: string;
  readonly stream: string;
  readonly message: string;
};

/** `GET /api/logs/events?group=&pattern=&limit=`: newest last; all groups without one. */
export type LogLines = { readonly lines: readonly LogLine[] };

/** `GET /api/logs/query?query=&start=&end=`: a Logs Insights query that begins with `SOURCE`. */
export type QueryAnswer = {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly matched: number;
  readonly scanned: number;
};
