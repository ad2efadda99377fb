import type { SubsegmentDocument } from '@voice-campaign/metrics-schema';
import { type Clock, shiftOnto } from '../core/clock.ts';
import type { TraceDocument, TraceStore } from './store/trace-store.ts';
import { newTraceId, type Random } from './trace-ids.ts';

/** Where traces come in from functions, the platform and the daemon, whose instants are ones of real time. */
export type TraceIntake = {
  /** The id of a trace that begins now, on the emulator's clock. */
  readonly begin: () => string;
  /** Records a document, moved onto the emulator's clock. False: its trace is full, see `TraceStore.record`. */
  readonly record: (document: TraceDocument) => boolean;
};

export type TraceIntakeSetting = {
  readonly traces: Pick<TraceStore, 'record'>;
  readonly clock: Clock;
  /** Real time, epoch milliseconds. */
  readonly now: () => number;
  readonly random: Random;
};

/** As many traces as can be under way at once. */
const maximumShifts = 20_000;

/**
 * All documents of a trace are moved as far as its first: a trace begins when the emulator's clock says, and lasts as
 * long as it really did, whether that clock stands still or is advanced meanwhile.
 */
export const createTraceIntake = ({ traces, clock, now, random }: TraceIntakeSetting): TraceIntake => {
  const shifts = new Map<string, number>();
  const shiftOf = (traceId: string): number => {
    const known = shifts.get(traceId);
    if (known !== undefined) return known;
    const shift = shiftOnto(clock, now);
    if (shift !== 0) {
      shifts.set(traceId, shift);
      const [oldest] = shifts.keys();
      if (shifts.size > maximumShifts && oldest !== undefined) shifts.delete(oldest);
    }
    return shift;
  };
  return {
    begin: () => {
      const id = newTraceId(clock.now(), random);
      shiftOf(id);
      return id;
    },
    record: (document) => {
      const shift = shiftOf(document.trace_id);
      return traces.record(shift === 0 ? document : moved(document, shift / 1000));
    },
  };
};

const moved = <T extends SubsegmentDocument>(entity: T, seconds: number): T => ({
  ...entity,
  start_time: entity.start_time + seconds,
  ...(entity.end_time !== undefined && { end_time: entity.end_time + seconds }),
  ...(entity.subsegments !== undefined && { subsegments: entity.subsegments.map((child) => moved(child, seconds)) }),
});
