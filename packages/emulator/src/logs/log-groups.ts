import type { Unit } from '@voice-campaign/metrics-schema';
import type { Persistent } from '../state/journal.ts';

/** What a metric filter makes of the events it matches (API reference, MetricTransformation). */
export type MetricTransformation = {
  readonly namespace: string;
  readonly name: string;
  /** A number, or a field of the event such as `$.latency` or `$size`. */
  readonly value: string;
  readonly defaultValue?: number;
  /** Dimension name to the field that holds its value. */
  readonly dimensions?: Readonly<Record<string, string>>;
  readonly unit?: Unit;
};

/** Fields of an event that are not in its message; the service calls them system fields. */
export const systemFields = ['@aws.account', '@aws.region', '@source.log'] as const;

export type SystemField = (typeof systemFields)[number];

export type MetricFilter = {
  readonly name: string;
  readonly pattern: string;
  readonly transformations: readonly MetricTransformation[];
  readonly systemDimensions?: readonly SystemField[];
  /** Epoch milliseconds. */
  readonly createdAt: number;
};

export type LogGroup = {
  readonly name: string;
  readonly createdAt: number;
  /** Absent: for ever. */
  readonly retentionDays?: number;
  /** Kept and shown; nothing is encrypted. */
  readonly kmsKeyId?: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly metricFilters: Readonly<Record<string, MetricFilter>>;
};

export type LogStream = { readonly name: string; readonly createdAt: number };

type QueryDefinition = {
  readonly id: string;
  readonly name: string;
  readonly queryString: string;
  readonly logGroupNames: readonly string[];
  readonly modifiedAt: number;
};

export type LogGroupsEvent =
  | { readonly kind: 'group'; readonly group: LogGroup }
  | { readonly kind: 'group-deleted'; readonly name: string }
  | { readonly kind: 'stream'; readonly group: string; readonly stream: LogStream }
  | { readonly kind: 'stream-deleted'; readonly group: string; readonly name: string }
  | { readonly kind: 'query'; readonly definition: QueryDefinition }
  | { readonly kind: 'query-deleted'; readonly id: string };

export type LogGroupsState = Persistent<LogGroupsEvent> & {
  readonly groups: ReadonlyMap<string, LogGroup>;
  readonly streamsOf: (group: string) => ReadonlyMap<string, LogStream>;
  readonly queries: ReadonlyMap<string, QueryDefinition>;
};

const noStreams: ReadonlyMap<string, LogStream> = new Map();

/** Log groups with their settings and streams, and saved queries; events are in the log store. */
export const createLogGroups = (): LogGroupsState => {
  const groups = new Map<string, LogGroup>();
  const streams = new Map<string, Map<string, LogStream>>();
  const queries = new Map<string, QueryDefinition>();
  return {
    name: 'log-groups',
    groups,
    queries,
    streamsOf: (group) => streams.get(group) ?? noStreams,
    apply: (event) => {
      switch (event.kind) {
        case 'group':
          groups.set(event.group.name, event.group);
          return;
        case 'group-deleted':
          groups.delete(event.name);
          streams.delete(event.name);
          return;
        case 'stream': {
          const own = streams.get(event.group) ?? new Map<string, LogStream>();
          streams.set(event.group, own.set(event.stream.name, event.stream));
          return;
        }
        case 'stream-deleted':
          streams.get(event.group)?.delete(event.name);
          return;
        case 'query':
          queries.set(event.definition.id, event.definition);
          return;
        case 'query-deleted':
          queries.delete(event.id);
      }
    },
    reset: () => {
      groups.clear();
      streams.clear();
      queries.clear();
    },
    *events() {
      for (const group of groups.values()) yield { kind: 'group', group };
      for (const [group, own] of streams) for (const stream of own.values()) yield { kind: 'stream', group, stream };
      for (const definition of queries.values()) yield { kind: 'query', definition };
    },
  };
};
