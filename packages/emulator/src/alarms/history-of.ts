import {
  type Alarm,
  type AlarmEvent,
  actionsHeldBack,
  contributorUpdate,
  type HistoryItem,
  stateUpdate,
} from '@voice-campaign/cloudwatch-engine/alarms';

/** What the history of an alarm says of an event; of actions only what was held back, since others are told as they run. */
export const historyOf = (alarm: Alarm, event: AlarmEvent): readonly HistoryItem[] => {
  switch (event.kind) {
    case 'state':
      return [stateUpdate(alarm, event.from, event.to)];
    case 'muted':
      return [actionsHeldBack(alarm, event.at, 'a mute rule')];
    case 'suppressed':
      return [actionsHeldBack(alarm, event.at, event.suppression.by)];
    case 'contributor':
      return [contributorUpdate(alarm, event.at, event)];
    case 'actions':
      return [];
  }
};
