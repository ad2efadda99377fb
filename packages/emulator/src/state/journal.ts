/**
 * A part of the emulator's state that survives a restart. It changes through `apply` alone, so that the events of the
 * past, applied in their order to an empty part, make the same state. Events are plain JSON.
 */
export type Persistent<Event> = {
  /** Names the part in the journal; never changes. */
  readonly name: string;
  readonly apply: (event: Event) => void;
  /** Few events that make the present state from an empty one: what a compacted journal holds. */
  readonly events: () => Iterable<Event>;
  /** Makes it empty, as it was at first. */
  readonly reset: () => void;
};

/** Where the changes of all parts are written down. What `record` was given survives the end of the process. */
export type Journal = {
  readonly record: (part: string, event: unknown) => void;
};

/** State that lives as long as the process. */
export const memoryJournal: Journal = { record: () => {} };

/** Changes `part`: writes the event down, then applies it. */
export const committer =
  <Event>(journal: Journal, part: Persistent<Event>): ((event: Event) => void) =>
  (event) => {
    journal.record(part.name, event);
    part.apply(event);
  };
