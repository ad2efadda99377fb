import type { QueryResult } from '@voice-campaign/cloudwatch-engine/math';

/** The results of requests that go on on another page, for a while: the next page need not calculate them again. */
export type KeptResults = {
  /** Those from index `from` on: no page goes back. Gives back what finds them again. */
  readonly keep: (request: string, results: readonly QueryResult[], from: number) => number;
  /** `undefined` for another request, and for what has been dropped. */
  readonly find: (id: number, request: string) => readonly QueryResult[] | undefined;
  /** After the last page: whoever asks for a page again has it calculated again. */
  readonly drop: (id: number) => void;
};

const mostDatapoints = 1_000_000;

type Kept = { readonly request: string; readonly results: readonly QueryResult[]; readonly datapoints: number };

/** Keeps at most `limit` datapoints (default 1,000,000), those of the latest requests. */
export const createKeptResults = (limit = mostDatapoints): KeptResults => {
  const kept = new Map<number, Kept>();
  let held = 0;
  let last = 0;
  const drop = (id: number): void => {
    held -= kept.get(id)?.datapoints ?? 0;
    kept.delete(id);
  };
  return {
    keep: (request, all, from) => {
      const results = all.map((result, index) => (index < from ? { ...result, timestamps: [], values: [] } : result));
      const datapoints = results.reduce((sum, { values }) => sum + values.length, 0);
      last += 1;
      held += datapoints;
      kept.set(last, { request, results, datapoints });
      for (const id of kept.keys()) {
        if (held <= limit) break;
        drop(id);
      }
      return last;
    },
    find: (id, request) => {
      const found = kept.get(id);
      return found?.request === request ? found.results : undefined;
    },
    drop,
  };
};
