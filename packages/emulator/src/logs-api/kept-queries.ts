import type { QueryResult } from '@voice-campaign/cloudwatch-engine/logs';
import type { QueryMemory } from '../logs/query-memory.ts';
import { limitExceeded } from './logs-errors.ts';

type Kept = { readonly id: string; readonly result: QueryResult };

/** Queries whose results can still be asked for: the last, as many as count and memory allow. */
export type KeptQueries<Query extends Kept> = Pick<ReadonlyMap<string, Query>, 'get' | 'values'> & {
  /** @throws ServiceError LimitExceededException for results that are too large alone. */
  readonly add: (run: () => Query) => Query;
  readonly clear: () => void;
};

const mostKept = 1000;
/** What V8 takes for a field of a row beside the text of its value. */
const bytesOfField = 120;

export const createKeptQueries = <Query extends Kept>(memory: QueryMemory): KeptQueries<Query> => {
  const queries = new Map<string, Query>();
  const sizes = new Map<string, number>();
  const forget = (id: string): void => {
    memory.bytes -= sizes.get(id) ?? 0;
    sizes.delete(id);
    queries.delete(id);
    memory.queries = queries.size;
  };
  return {
    get: (id) => queries.get(id),
    values: () => queries.values(),
    add: (run) => {
      const query = run();
      const bytes = bytesOf(query.result, memory.maxBytes);
      queries.set(query.id, query);
      sizes.set(query.id, bytes);
      memory.bytes += bytes;
      for (const id of queries.keys()) {
        if (queries.size <= mostKept && memory.bytes <= memory.maxBytes) break;
        forget(id);
        memory.dropped += 1;
      }
      memory.queries = queries.size;
      return query;
    },
    clear: () => {
      for (const id of [...queries.keys()]) forget(id);
      memory.dropped = 0;
    },
  };
};

const wayOut = 'ask for fewer or shorter fields, or for less with limit';

/** @throws ServiceError LimitExceededException as soon as it is more than there may be. */
const bytesOf = ({ rows }: QueryResult, maxBytes: number): number => {
  let bytes = 0;
  for (const row of rows) {
    for (const { value } of row) {
      bytes += bytesOfField + value.length;
      if (bytes > maxBytes) {
        throw limitExceeded(`The results of the query take more than the ${maxBytes} bytes there are here: ${wayOut}`);
      }
      if (/[\u0100-\uffff]/.test(value)) bytes += value.length;
    }
  }
  return bytes;
};
