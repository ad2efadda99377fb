import { useEffect, useRef, useState } from 'preact/hooks';
import type { LogGroups, LogLine, LogLines } from '../../protocol/log-view.ts';
import { Icon } from '../shell/icon.tsx';
import { TextField } from '../shell/text-field.tsx';
import { apiUrl, useAnswer } from '../state/api.ts';
import { logListeners, versions } from '../state/live.ts';
import { query, setQuery } from '../state/route.ts';
import { LogMessage } from './log-message.tsx';

const MOST_SHOWN = 500;

/** Log events as they come; a group and a filter pattern choose among them. */
export function LiveTail() {
  const group = query.value.get('group') ?? '';
  const pattern = query.value.get('pattern') ?? '';
  const [paused, setPaused] = useState(false);
  const { lines, skipped, fault } = useTail(group, pattern, paused);
  return (
    <section class="card" aria-label="Live tail">
      <div class="toolbar">
        <GroupChoice group={group} />
        <TextField
          class="mono grow"
          name="Filter pattern"
          placeholder='Filter pattern: { $.level = "ERROR" } or words'
          value={pattern}
          onChoose={(chosen) => setQuery({ pattern: chosen || undefined })}
        />
        <button type="button" class="button" aria-pressed={paused} onClick={() => setPaused(!paused)}>
          <Icon name={paused ? 'play' : 'pause'} /> {paused ? 'Go on' : 'Pause'}
        </button>
      </div>
      {fault !== undefined && (
        <p class="note fault" role="alert">
          {fault}
        </p>
      )}
      {skipped > 0 && (
        <p class="note">
          {skipped} events came too fast to be followed; a query finds those that are not among the newest here.
        </p>
      )}
      {lines.length === 0 && fault === undefined && <p class="note">No events yet. They appear as they come.</p>}
      <ol class="tail">
        {lines.map(({ id, at, group, message }) => (
          <LogMessage key={id} at={at} group={group} message={message} />
        ))}
      </ol>
    </section>
  );
}

function GroupChoice({ group }: { readonly group: string }) {
  const groups = useAnswer<LogGroups>(apiUrl(['logs', 'groups']), versions.logs.value);
  return (
    <select
      aria-label="Log group"
      value={group}
      onChange={({ currentTarget }) => setQuery({ group: currentTarget.value || undefined })}
    >
      <option value="">All log groups</option>
      {groups.answer?.groups.map(({ name }) => (
        <option key={name} value={name}>
          {name}
        </option>
      ))}
    </select>
  );
}

/** Newest first. With a pattern, the server matches: whatever comes is a reason to ask it again. */
function useTail(group: string, pattern: string, paused: boolean) {
  const [version, setVersion] = useState(0);
  const [added, setAdded] = useState<readonly LogLine[]>([]);
  const [skipped, setSkipped] = useState(0);
  const waiting = useRef(false);
  // After a while without a server, all may be other lines, with the numbers of those before.
  const again = versions.logs.value;
  const first = useAnswer<LogLines>(
    apiUrl(['logs', 'events'], { group: group || undefined, pattern: pattern || undefined, limit: MOST_SHOWN }),
    `${version}/${again}`,
  );
  // What came while the answer was on its way is not in it, and stays.
  useEffect(() => setAdded([]), [group, pattern, again]);
  useEffect(() => {
    if (paused) {
      waiting.current = true;
      return;
    }
    if (waiting.current) setVersion((last) => last + 1);
    waiting.current = false;
    const listener = (lines: readonly LogLine[], left: number): void => {
      // The newest are asked for where some were left out, which may have been of this group.
      if (pattern !== '' || left > 0) setVersion((last) => last + 1);
      if (pattern !== '') return;
      setSkipped((before) => before + left);
      const wanted = lines.filter((line) => group === '' || line.group === group);
      if (wanted.length > 0) setAdded((before) => [...before, ...wanted].slice(-MOST_SHOWN));
    };
    logListeners.add(listener);
    return () => {
      logListeners.delete(listener);
    };
  }, [group, pattern, paused]);
  const byId = new Map([...(first.answer?.lines ?? []), ...added].map((line) => [line.id, line]));
  const lines = [...byId.values()].sort((one, other) => other.id - one.id).slice(0, MOST_SHOWN);
  return { lines, skipped, fault: first.fault };
}
