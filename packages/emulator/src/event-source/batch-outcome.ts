/** What a batch came to: which of its messages are to be deleted, and why the others are not. */
export type BatchOutcome = {
  readonly succeeded: readonly string[];
  readonly failed: readonly string[];
  /** Set when the whole batch failed. */
  readonly reason?: string;
};

type Failures = { readonly kind: 'none' } | { readonly kind: 'some'; readonly ids: readonly string[] };
type Reading = Failures | { readonly kind: 'malformed'; readonly reason: string };

const malformed = (reason: string): Reading => ({ kind: 'malformed', reason });

const readItem = (item: unknown): string | undefined => {
  if (typeof item !== 'object' || item === null || !('itemIdentifier' in item)) return undefined;
  const { itemIdentifier } = item;
  return typeof itemIdentifier === 'string' && itemIdentifier !== '' ? itemIdentifier : undefined;
};

const readFailures = (payload: string): Reading => {
  let response: unknown;
  try {
    response = payload.trim() === '' ? null : JSON.parse(payload);
  } catch {
    return malformed('the response is not JSON');
  }
  if (typeof response !== 'object' || response === null || !('batchItemFailures' in response)) return { kind: 'none' };
  const { batchItemFailures } = response;
  if (batchItemFailures === null) return { kind: 'none' };
  if (!Array.isArray(batchItemFailures)) return malformed('batchItemFailures is not a list');
  const ids: string[] = [];
  for (const item of batchItemFailures as readonly unknown[]) {
    const id = readItem(item);
    if (id === undefined) return malformed('an entry of batchItemFailures has no itemIdentifier, or an empty one');
    ids.push(id);
  }
  return ids.length === 0 ? { kind: 'none' } : { kind: 'some', ids };
};

/**
 * Applies Lambda's rules for SQS batches (Developer Guide, "Success and failure conditions"). A function error fails
 * the batch; without ReportBatchItemFailures any response succeeds. With it: a null or empty response, and a null or
 * empty list, succeed; an itemIdentifier that is empty, null, under a wrong key or of no message of the batch fails
 * all of it, and so does a response that is not JSON.
 */
export const batchOutcomeOf = (
  messageIds: readonly string[],
  result: { readonly payload: string; readonly functionError?: string },
  reportsItemFailures: boolean,
): BatchOutcome => {
  const allFailed = (reason: string): BatchOutcome => ({ succeeded: [], failed: messageIds, reason });
  if (result.functionError !== undefined) return allFailed('the function failed');
  if (!reportsItemFailures) return { succeeded: messageIds, failed: [] };
  const failures = readFailures(result.payload);
  switch (failures.kind) {
    case 'none':
      return { succeeded: messageIds, failed: [] };
    case 'malformed':
      return allFailed(failures.reason);
    case 'some': {
      const known = new Set(messageIds);
      const unknown = failures.ids.find((id) => !known.has(id));
      if (unknown !== undefined) return allFailed(`itemIdentifier ${unknown} is of no message in the batch`);
      const failed = new Set(failures.ids);
      return { succeeded: messageIds.filter((id) => !failed.has(id)), failed: [...failed] };
    }
  }
};
