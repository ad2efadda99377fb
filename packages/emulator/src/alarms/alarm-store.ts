import {
  type Alarm,
  type AlarmInput,
  type AlarmMuteRuleInput,
  type AlarmRecord,
  type AlarmState,
  HISTORY_SECONDS,
  type HistoryItem,
  type MuteRule,
  validateAlarm,
  validateMuteRule,
} from '@voice-campaign/cloudwatch-engine/alarms';
import type { Persistent } from '../state/journal.ts';

/** An alarm as it was put. Instants in seconds since 1970. */
export type StoredAlarm = {
  readonly alarm: Alarm;
  readonly configuredAt: number;
  readonly tags: Readonly<Record<string, string>>;
};

export type StoredMuteRule = {
  readonly rule: MuteRule;
  readonly updatedAt: number;
  readonly tags: Readonly<Record<string, string>>;
};

type AlarmsEvent =
  | {
      readonly kind: 'alarm';
      readonly input: AlarmInput;
      readonly configuredAt: number;
      readonly tags: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'alarm-deleted'; readonly name: string }
  /** What became of alarms: their records by name, and the state each had before its last transition. */
  | {
      readonly kind: 'records';
      readonly records: Readonly<Record<string, AlarmRecord>>;
      readonly previous: Readonly<Record<string, AlarmState>>;
    }
  | { readonly kind: 'history'; readonly items: readonly HistoryItem[] }
  | {
      readonly kind: 'mute-rule';
      readonly input: AlarmMuteRuleInput;
      readonly updatedAt: number;
      readonly tags: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'mute-rule-deleted'; readonly name: string };

/** Alarms, their states and history, and mute rules. */
export type AlarmStore = Persistent<AlarmsEvent> & {
  /** By name. */
  readonly alarms: ReadonlyMap<string, StoredAlarm>;
  readonly records: ReadonlyMap<string, AlarmRecord>;
  /** The state that an alarm had before its last transition. */
  readonly previous: ReadonlyMap<string, AlarmState>;
  /** Oldest first; of the last 30 days, and at most 100,000 items. */
  readonly history: readonly HistoryItem[];
  readonly muteRules: ReadonlyMap<string, StoredMuteRule>;
  /** Another number whenever alarms or mute rules are others than before. */
  readonly revision: () => number;
};

const mostItems = 100_000;

/** Of a history in one piece the text could be longer than a string may be. */
function* piecesOf<Item>(items: readonly Item[], length = 100): Iterable<readonly Item[]> {
  for (let from = 0; from < items.length; from += length) yield items.slice(from, from + length);
}

export const createAlarmStore = (): AlarmStore => {
  const alarms = new Map<string, StoredAlarm>();
  const records = new Map<string, AlarmRecord>();
  const previous = new Map<string, AlarmState>();
  const muteRules = new Map<string, StoredMuteRule>();
  const history: HistoryItem[] = [];
  let revision = 0;
  const keepHistory = (items: readonly HistoryItem[]): void => {
    history.push(...items);
    const oldest = (history.at(-1)?.at ?? 0) - HISTORY_SECONDS;
    const expired = history.findIndex(({ at }) => at >= oldest);
    history.splice(0, Math.max(expired, history.length - mostItems));
  };
  return {
    name: 'alarms',
    alarms,
    records,
    previous,
    history,
    muteRules,
    revision: () => revision,
    apply: (event) => {
      if (event.kind !== 'records' && event.kind !== 'history') revision += 1;
      switch (event.kind) {
        case 'alarm': {
          const validated = validateAlarm(event.input);
          // It was valid when it was put: another version of the rules would say otherwise.
          if (!validated.ok) throw new Error(validated.issues[0].message);
          const { alarm } = validated;
          alarms.set(alarm.name, { alarm, configuredAt: event.configuredAt, tags: event.tags });
          return;
        }
        case 'alarm-deleted':
          for (const map of [alarms, records, previous]) map.delete(event.name);
          return;
        case 'records':
          for (const [name, record] of Object.entries(event.records)) records.set(name, record);
          for (const [name, state] of Object.entries(event.previous)) previous.set(name, state);
          return;
        case 'history':
          keepHistory(event.items);
          return;
        case 'mute-rule': {
          const validated = validateMuteRule(event.input);
          if (!validated.ok) throw new Error(validated.issues[0].message);
          const { rule } = validated;
          muteRules.set(rule.name, { rule, updatedAt: event.updatedAt, tags: event.tags });
          return;
        }
        case 'mute-rule-deleted':
          muteRules.delete(event.name);
      }
    },
    *events() {
      for (const { alarm, configuredAt, tags } of alarms.values()) {
        yield { kind: 'alarm', input: alarm.input, configuredAt, tags };
      }
      for (const some of piecesOf([...records])) {
        yield { kind: 'records', records: Object.fromEntries(some), previous: {} };
      }
      for (const some of piecesOf([...previous])) {
        yield { kind: 'records', records: {}, previous: Object.fromEntries(some) };
      }
      for (const items of piecesOf(history)) yield { kind: 'history', items };
      for (const { rule, updatedAt, tags } of muteRules.values()) {
        yield { kind: 'mute-rule', input: rule.input, updatedAt, tags };
      }
    },
    reset: () => {
      revision += 1;
      for (const map of [alarms, records, previous, muteRules]) map.clear();
      history.length = 0;
    },
  };
};
