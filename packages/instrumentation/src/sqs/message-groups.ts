import type { SQSRecord } from 'aws-lambda';

/** Runs the work of a record when its turn in its message group has come. */
export type InTurn = <T>(record: SQSRecord, run: () => Promise<T>) => Promise<T>;

/**
 * Keeps the order of a FIFO queue: of one message group one record at a time, in the order of the batch, and none
 * after one that failed: those reject, so that they are delivered again behind it (`skipped` hears of each). Groups do
 * not wait for each other. Records of other queues have no order; their group is for fairness alone.
 */
export function messageGroups(skipped: (record: SQSRecord) => void): InTurn {
  const last = new Map<string, Promise<unknown>>();
  return (record, run) => {
    const group = record.eventSourceARN?.endsWith('.fifo') ? record.attributes.MessageGroupId : undefined;
    if (group === undefined) return run();
    const turn = (last.get(group) ?? Promise.resolve()).then(run, () => {
      skipped(record);
      throw new Error('an earlier record of the message group failed');
    });
    last.set(group, turn);
    return turn;
  };
}
