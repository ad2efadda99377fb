import { useState } from 'preact/hooks';
import { dateTime } from '../chart/format-time.ts';
import { preferences } from '../state/preferences.ts';
import { emfGroupsOf } from './emf-metrics.ts';

const SHORT = 600;

type Props = { readonly at: number; readonly group: string; readonly message: string };

/** A log event on one line; a press opens all of it, JSON set out. EMF shows the metrics that it becomes. */
export function LogMessage({ at, group, message }: Props) {
  const [open, setOpen] = useState(false);
  const emf = emfGroupsOf(message);
  const short = message.length > SHORT ? `${message.slice(0, SHORT)}…` : message;
  return (
    <li class={`log log-${levelOf(message)}`}>
      <time>{dateTime(at, preferences.zone.value, true).slice(5)}</time>
      <span class="log-group" title={group}>
        {group.split('/').at(-1)}
      </span>
      <button type="button" class="log-text" aria-expanded={open} onClick={() => setOpen(!open)}>
        {open ? pretty(message) : short.trimEnd()}
      </button>
      {emf.length > 0 && (
        <span class="log-emf">
          {emf.map(({ namespace, dimensions, metrics }, index) => (
            <span key={index} title={`${namespace} by ${dimensions.map((one) => one || 'no dimension').join('; ')}`}>
              {metrics.map(({ name, value, unit }) => (
                <span key={name} class="mark">
                  {name} <b>{value}</b> {unit}
                </span>
              ))}
            </span>
          ))}
        </span>
      )}
    </li>
  );
}

const LEVELS = [
  [/"level"\s*:\s*"(?:ERROR|FATAL|CRITICAL)"|^\S*\s*(?:ERROR|FATAL)\b|\tERROR\t|Task timed out|"errorType"/i, 'error'],
  [/"level"\s*:\s*"WARN(?:ING)?"|\tWARN\t/i, 'warn'],
  [/^(?:START|END|REPORT|INIT_START|XRAY)\b|"type"\s*:\s*"platform\./, 'platform'],
] as const;

const levelOf = (message: string): string => LEVELS.find(([pattern]) => pattern.test(message))?.[1] ?? 'info';

function pretty(message: string): string {
  try {
    return JSON.stringify(JSON.parse(message), null, 2);
  } catch {
    return message.trimEnd();
  }
}
