import type { SQSEvent } from 'aws-lambda';
import { answer, dialBatch } from './work.ts';

export const handler = async (event: SQSEvent): Promise<object> => {
  dialBatch(event);
  await answer();
  await answer();
  return { batchItemFailures: [] };
};
