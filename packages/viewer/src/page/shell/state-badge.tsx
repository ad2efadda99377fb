import type { StateValue } from '@voice-campaign/cloudwatch-engine/alarms';
import { Icon } from './icon.tsx';

const LOOK = {
  OK: { icon: 'ok', word: 'OK' },
  ALARM: { icon: 'alarm', word: 'In alarm' },
  INSUFFICIENT_DATA: { icon: 'unknown', word: 'Insufficient data' },
} as const;

/** A state by its sign, its word and its colour. */
export function StateBadge({ state }: { readonly state: StateValue }) {
  const { icon, word } = LOOK[state];
  return (
    <span class={`state state-${state}`}>
      <Icon name={icon} size={14} /> {word}
    </span>
  );
}
