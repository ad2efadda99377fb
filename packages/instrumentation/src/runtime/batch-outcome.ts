/** What became of an SQS batch: how many of its records are delivered again, and what is wrong with the response. */
export type BatchOutcome = { readonly records: number; readonly failed: number; readonly problem?: string };

/** How an invocation ended. */
export type Ending = { readonly response?: unknown } | { readonly error: unknown };

/**
 * Reads the outcome of an SQS event by Lambda's rules (Developer Guide, "Handling errors for an SQS event source"):
 * an error fails the batch, and so does an entry of `batchItemFailures` without an id, or with one of no record.
 * Undefined for any other event.
 */
export function batchOutcome(event: unknown, ending: Ending): BatchOutcome | undefined {
  const batch = recordsOf(event);
  if (!batch) return undefined;
  const records = batch.length;
  if ('error' in ending) return { records, failed: records };
  const listed = memberOf(ending.response, 'batchItemFailures');
  if (!Array.isArray(listed) || listed.length === 0) return { records, failed: 0 };
  const known = new Set(batch.map((record) => memberOf(record, 'messageId')));
  const failures = listed.map((item) => memberOf(item, 'itemIdentifier'));
  const failed = new Set(failures);
  const stranger = failures.findIndex((id) => !known.has(id));
  if (stranger >= 0) {
    const id = JSON.stringify(failures[stranger]) ?? 'no itemIdentifier';
    return { records, failed: records, problem: `it names ${id}, which is no record: all are delivered again` };
  }
  if (failed.size === failures.length) return { records, failed: failed.size };
  return { records, failed: failed.size, problem: 'it names a record twice: name each that failed once' };
}

function recordsOf(event: unknown): readonly unknown[] | undefined {
  const records = memberOf(event, 'Records');
  return Array.isArray(records) && typeof memberOf(records[0], 'messageId') === 'string' ? records : undefined;
}

function memberOf(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}
