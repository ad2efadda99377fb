import { parseLogQuery, type QueryEvent, runLogQuery } from '../../../src/logs.ts';

export const start = Date.UTC(2026, 10, 23, 12);
export const end = start + 3_600_000;

export const event = (message: unknown, minute = 0, more: Partial<QueryEvent> = {}): QueryEvent => ({
  timestamp: start + minute * 60_000,
  ingestionTime: start + minute * 60_000 + 5,
  message: typeof message === 'string' ? message : JSON.stringify(message),
  logStream: 's-1',
  log: '123456789012:/aws/lambda/dialer-worker',
  pointer: `p-${minute}`,
  ...more,
});

/** Rows as lists of values, without the pointer. */
export const rows = (query: string, events: readonly QueryEvent[], limit?: number): readonly (readonly string[])[] => {
  const range = { start, end, now: end, ...(limit !== undefined && { limit }) };
  return runLogQuery(parseLogQuery(query), events, range).rows.map((row) =>
    row.flatMap(({ field, value }) => (field === '@ptr' ? [] : [value])),
  );
};

/** What an expression is of one event. */
export const value = (expression: string, message: unknown = {}): string | undefined =>
  rows(`fields ${expression} as x`, [event(message)])[0]?.[0];
