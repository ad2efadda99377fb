import type { StateValue } from '@voice-campaign/cloudwatch-engine/alarms';
import { useState } from 'preact/hooks';
import type { AlarmView } from '../../protocol/alarm-view.ts';
import { ago } from '../chart/format-time.ts';
import { StateBadge } from '../shell/state-badge.tsx';
import { alarms } from '../state/live.ts';
import { linkTo, query, setQuery } from '../state/route.ts';
import { now } from '../state/time-range.ts';
import { MailboxList } from './mailbox-list.tsx';

const RANK = { ALARM: 0, INSUFFICIENT_DATA: 1, OK: 2 } as const;
const CHOICES = [
  ['ALARM', 'In alarm'],
  ['INSUFFICIENT_DATA', 'Insufficient data'],
  ['OK', 'OK'],
] as const;

/** Every alarm, those that fire first, and beside them what SNS sent. */
export function AlarmsPage() {
  const [text, setText] = useState('');
  const all = alarms.value;
  if (all === undefined) return <p class="loading">Loading…</p>;
  const state = query.value.get('state');
  const shown = all
    .filter((alarm) => (state === null || alarm.state === state) && matches(alarm, text))
    .toSorted((one, other) => RANK[one.state] - RANK[other.state] || other.since - one.since);
  return (
    <div class="split">
      <section class="card" aria-label="Alarms">
        <div class="toolbar">
          <StateChoice all={all} state={state} />
          <input
            type="search"
            aria-label="Find an alarm"
            placeholder="Find an alarm"
            value={text}
            onInput={({ currentTarget }) => setText(currentTarget.value)}
          />
        </div>
        {all.length === 0 && <p class="note">There are no alarms. PutMetricAlarm makes one.</p>}
        <ul class="alarm-list">
          {shown.map((alarm) => (
            <AlarmRow key={alarm.arn} alarm={alarm} />
          ))}
        </ul>
      </section>
      <MailboxList />
    </div>
  );
}

function StateChoice({ all, state }: { readonly all: readonly AlarmView[]; readonly state: string | null }) {
  return (
    <div class="segments">
      <button type="button" aria-pressed={state === null} onClick={() => setQuery({ state: undefined })}>
        All {all.length}
      </button>
      {CHOICES.map(([value, label]) => (
        <button key={value} type="button" aria-pressed={state === value} onClick={() => setQuery({ state: value })}>
          {label} {countOf(all, value)}
        </button>
      ))}
    </div>
  );
}

const countOf = (all: readonly AlarmView[], state: StateValue): number =>
  all.filter((alarm) => alarm.state === state).length;

const matches = ({ name, description = '' }: AlarmView, text: string): boolean =>
  `${name} ${description}`.toLowerCase().includes(text.trim().toLowerCase());

function AlarmRow({ alarm }: { readonly alarm: AlarmView }) {
  return (
    <li>
      <a class={`alarm-row alarm-row-${alarm.state}`} href={linkTo(['alarms', alarm.name])}>
        <StateBadge state={alarm.state} />
        <span class="alarm-main">
          <b>{alarm.name}</b>
          {alarm.description !== undefined && <span>{alarm.description}</span>}
          <span class="mono">{alarm.kind === 'metric' ? alarm.condition : alarm.ruleText}</span>
        </span>
        <span class="alarm-since">
          {ago(alarm.since, now.value)}
          {!alarm.actionsEnabled && <em>actions are off</em>}
        </span>
      </a>
    </li>
  );
}
