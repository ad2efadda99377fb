import { countPoints, fitCall, type SizedDatum } from './metric-data.ts';

/** Data that wait for their call, oldest first, up to a number of data points. */
export type Backlog = {
  append(data: readonly SizedDatum[]): void;
  /** Takes the oldest data out, as many as fit into one call. */
  takeCall(): readonly SizedDatum[];
  /** Puts back what takeCall gave, after a failed call. */
  putBack(data: readonly SizedDatum[]): void;
  /** Drops the oldest data beyond the limit; the number of data points dropped. */
  trim(): number;
  points(): number;
};

export function createBacklog(maxPoints: number): Backlog {
  let waiting: readonly SizedDatum[] = [];
  return {
    append(data) {
      waiting = [...waiting, ...data];
    },
    takeCall() {
      const count = fitCall(waiting);
      const call = waiting.slice(0, count);
      waiting = waiting.slice(count);
      return call;
    },
    putBack(data) {
      waiting = [...data, ...waiting];
    },
    trim() {
      const before = countPoints(waiting);
      let excess = before - maxPoints;
      let drop = 0;
      while (excess > 0) excess -= waiting[drop++]?.points ?? excess;
      waiting = waiting.slice(drop);
      return before - countPoints(waiting);
    },
    points: () => countPoints(waiting),
  };
}
