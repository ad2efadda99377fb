import type { Journal } from '../state/journal.ts';
import type { TraceEvent, TraceStore } from '../xray/store/trace-store.ts';

const PARTS = ['metrics', 'logs', 'alarms', 'dashboards', 'sns', 'traces', 'xray', 'reset'] as const;

/** A part of the emulator that changed; `reset`: all of them were emptied. */
export type EmulatorChange = (typeof PARTS)[number];

/** Who wants to know of changes. */
export type Changes = {
  readonly tell: (part: string) => void;
  readonly onChange: (listener: (part: EmulatorChange) => void) => () => void;
};

const isPart = (name: string): name is EmulatorChange => (PARTS as readonly string[]).includes(name);

export const createChanges = (): Changes => {
  const listeners = new Set<(part: EmulatorChange) => void>();
  return {
    tell: (part) => {
      if (listeners.size > 0 && isPart(part)) for (const listener of listeners) listener(part);
    },
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
};

/**
 * A journal that tells of what it wrote down. It is told before the change is applied: a listener that reads at once
 * would see the state before.
 */
export const tellingJournal = (journal: Journal, { tell }: Changes): Journal => ({
  record: (part, event) => {
    journal.record(part, event);
    tell(part);
  },
});

/** Traces that write down each document, or that it was refused, and tell of it when it is there. */
export const tellingTraces = (traces: TraceStore, { tell }: Changes, journal: Journal): TraceStore => ({
  ...traces,
  record: (document) => {
    const isKept = traces.record(document);
    const event: TraceEvent = isKept ? document : { limitExceededIn: document.trace_id };
    journal.record(traces.state.name, event);
    tell('traces');
    return isKept;
  },
});
