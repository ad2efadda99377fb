import { useState } from 'preact/hooks';
import type { Span, TraceDetail } from '../../protocol/trace-view.ts';
import { withUnit } from '../chart/format-number.ts';
import { dateTime } from '../chart/format-time.ts';
import { LogMessage } from '../logs/log-message.tsx';
import { Icon } from '../shell/icon.tsx';
import { apiUrl, useAnswer } from '../state/api.ts';
import { preferences } from '../state/preferences.ts';
import { linkTo } from '../state/route.ts';
import { SpanDetails } from './span-details.tsx';
import { Waterfall } from './waterfall.tsx';

/** One trace: its waterfall, what is known of the chosen part, linked traces, and the log of its invocations. */
export function TracePage({ id }: { readonly id: string }) {
  const { answer, fault } = useAnswer<TraceDetail>(apiUrl(['traces', id]));
  const [chosen, setChosen] = useState<string | undefined>(undefined);
  if (fault !== undefined) return <p class="loading fault">{fault}</p>;
  if (!answer) return <p class="loading">Loading…</p>;
  const span = answer.spans.find((one) => one.id === chosen) ?? firstWorth(answer.spans);
  return (
    <div class="stack">
      <a class="back" href={linkTo(['traces'])}>
        <Icon name="back" /> All traces
      </a>
      <p class="muted">
        Began {dateTime(answer.start, preferences.zone.value, true)}, took {withUnit(answer.duration, 'Seconds')},{' '}
        {answer.spans.length} parts
      </p>
      <div class="split wide-left">
        <section class="card" aria-label="Waterfall">
          <Waterfall trace={answer} chosen={span?.id} choose={setChosen} />
        </section>
        {span && <SpanDetails span={span} traceStart={answer.start} />}
      </div>
      {answer.links.length > 0 && <Links links={answer.links} />}
      <Logs logs={answer.logs} />
    </div>
  );
}

/** What went wrong deepest inside, else the first part. */
const firstWorth = (spans: readonly Span[]): Span | undefined =>
  spans.findLast(({ exceptions }) => exceptions.length > 0) ??
  spans.findLast(({ state }) => state !== 'ok') ??
  spans[0];

function Links({ links }: Pick<TraceDetail, 'links'>) {
  return (
    <section class="card pad" aria-label="Linked traces">
      <h2>Linked traces</h2>
      <ul class="links">
        {links.map((link) => (
          <li key={link}>
            <a class="mono" href={linkTo(['traces', link])}>
              {link}
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Logs({ logs }: Pick<TraceDetail, 'logs'>) {
  return (
    <section class="card" aria-label="Log events of this trace">
      <header class="card-head">
        <h2>Log events of this trace</h2>
        <span class="card-aside">{logs.length}</span>
      </header>
      {logs.length === 0 && <p class="note">No log event names this trace or its requests.</p>}
      <ol class="tail">
        {logs.map(({ at, group, message }, index) => (
          <LogMessage key={index} at={at} group={group} message={message} />
        ))}
      </ol>
    </section>
  );
}
