import type { TraceState } from '../../protocol/trace-view.ts';
import { Icon } from '../shell/icon.tsx';

const LOOK = {
  ok: ['ok', 'OK', 'state-OK'],
  error: ['warn', 'Error', 'state-warn'],
  throttle: ['warn', 'Throttled', 'state-warn'],
  fault: ['alarm', 'Fault', 'state-ALARM'],
} as const;

export function TraceBadge({ state }: { readonly state: TraceState }) {
  const [icon, word, look] = LOOK[state];
  return (
    <span class={`state ${look}`}>
      <Icon name={icon} size={14} /> {word}
    </span>
  );
}
