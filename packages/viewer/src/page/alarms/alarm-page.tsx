import type { AlarmDetail } from '../../protocol/alarm-view.ts';
import { ago, dateTime } from '../chart/format-time.ts';
import { Icon } from '../shell/icon.tsx';
import { StateBadge } from '../shell/state-badge.tsx';
import { apiUrl, useAnswer } from '../state/api.ts';
import { alarms } from '../state/live.ts';
import { preferences } from '../state/preferences.ts';
import { linkTo } from '../state/route.ts';
import { chosenEnd, chosenStart, now, range } from '../state/time-range.ts';
import { AlarmMetric } from './alarm-metric.tsx';
import { MailboxList } from './mailbox-list.tsx';
import { RuleTree } from './rule-tree.tsx';
import { StateStrip } from './state-strip.tsx';

/** How often the metric of an alarm is asked for again. */
const REFRESH_SECONDS = 5;

/** One alarm: its state and why, its metric with the threshold, its past, and what it sent. */
export function AlarmPage({ name }: { readonly name: string }) {
  const url = apiUrl(['alarms', name], { start: chosenStart.value, end: chosenEnd.value });
  const current = alarms.value?.find((alarm) => alarm.name === name);
  const version = `${Math.floor(now.value / REFRESH_SECONDS)} ${current?.state} ${current?.since}`;
  const { answer, fault } = useAnswer<AlarmDetail>(url, version);
  if (fault !== undefined) return <p class="loading fault">{fault}</p>;
  if (!answer) return <p class="loading">Loading {name}…</p>;
  const alarm = current ?? answer.alarm;
  return (
    <div class="stack">
      <a class="back" href={linkTo(['alarms'])}>
        <Icon name="back" /> All alarms
      </a>
      <Head alarm={alarm} />
      <section class="card" aria-label="Over time">
        {alarm.kind === 'metric' && (
          <div class="alarm-chart">
            <AlarmMetric alarm={alarm} range={range.value} series={answer.series} />
          </div>
        )}
        <StateStrip detail={answer} range={range.value} />
      </section>
      {alarm.kind === 'composite' && alarm.rule && (
        <section class="card" aria-label="Rule">
          <header class="card-head">
            <h2>What it is made of</h2>
          </header>
          <RuleTree rule={alarm.rule} known={new Map((alarms.value ?? []).map((one) => [one.name, one]))} />
        </section>
      )}
      <div class="split">
        <History detail={answer} />
        <MailboxList alarm={name} />
      </div>
    </div>
  );
}

function Head({ alarm }: { readonly alarm: AlarmDetail['alarm'] }) {
  return (
    <section class="card alarm-head" aria-label="State">
      <div>
        <StateBadge state={alarm.state} />{' '}
        <span class="muted">since {dateTime(alarm.since, preferences.zone.value)}</span>{' '}
        <span class="muted">({ago(alarm.since, now.value)})</span>
      </div>
      {alarm.description !== undefined && <p>{alarm.description}</p>}
      <p class="mono">{alarm.kind === 'metric' ? alarm.condition : alarm.ruleText}</p>
      <p class="reason">{alarm.reason}</p>
      <Actions alarm={alarm} />
    </section>
  );
}

function Actions({ alarm }: { readonly alarm: AlarmDetail['alarm'] }) {
  if (alarm.actions.length === 0) return <p class="muted">It tells nobody: it has no actions.</p>;
  return (
    <ul class="actions">
      {alarm.actions.map(({ on, arn }) => (
        <li key={`${on} ${arn}`}>
          <StateBadge state={on} /> <code>{arn}</code>
        </li>
      ))}
      {!alarm.actionsEnabled && <li class="fault">Its actions are off.</li>}
    </ul>
  );
}

function History({ detail }: { readonly detail: AlarmDetail }) {
  return (
    <section class="card" aria-label="History">
      <header class="card-head">
        <h2>History</h2>
        <span class="card-aside">{detail.history.length}</span>
      </header>
      <ol class="history">
        {detail.history.map(({ at, summary, to, reason }, index) => (
          <li key={index}>
            <time>{dateTime(at, preferences.zone.value)}</time>
            <div>
              {to !== undefined && <StateBadge state={to} />} {summary}
              {reason !== undefined && <p class="muted">{reason}</p>}
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}
