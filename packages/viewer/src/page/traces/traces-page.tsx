import { useState } from 'preact/hooks';
import type { ServiceMap, TraceEntry, TraceList } from '../../protocol/trace-view.ts';
import { withUnit } from '../chart/format-number.ts';
import { dateTime } from '../chart/format-time.ts';
import { Icon } from '../shell/icon.tsx';
import { apiUrl, useAnswer } from '../state/api.ts';
import { versions } from '../state/live.ts';
import { preferences } from '../state/preferences.ts';
import { linkTo, query, setQuery } from '../state/route.ts';
import { chosenEnd, chosenStart, now, range } from '../state/time-range.ts';
import { ServiceMapView } from './service-map.tsx';
import { TraceBadge } from './trace-badge.tsx';

const EXAMPLES = ['fault = true', 'responsetime > 1', 'error = true OR throttle = true'];

/** The service map of the time range, and the traces that a filter expression finds. */
export function TracesPage() {
  const filter = query.value.get('filter') ?? '';
  const { start, end } = range.value;
  const asked = { start: chosenStart.value, end: chosenEnd.value };
  // New traces come in bursts: once a second is enough for the eye.
  const version = `${now.value} ${versions.traces.value}`;
  const [seen, setSeen] = useState(version);
  if (versions.traces.value > Number(seen.split(' ')[1] ?? 0) && seen.split(' ')[0] !== String(now.value))
    setSeen(version);
  const list = useAnswer<TraceList>(apiUrl(['traces'], { ...asked, filter: filter || undefined }), seen);
  const map = useAnswer<ServiceMap>(apiUrl(['service-map'], asked), seen);
  return (
    <div class="stack">
      <section class="card" aria-label="Service map">
        <header class="card-head">
          <h2>Service map</h2>
        </header>
        {map.answer && <ServiceMapView map={map.answer} seconds={end - start} />}
        {map.fault !== undefined && <p class="note fault">{map.fault}</p>}
      </section>
      <section class="card" aria-label="Traces">
        <FilterBar key={filter} filter={filter} total={list.answer?.total} />
        {list.fault !== undefined && (
          <p class="note fault" role="alert">
            {list.fault}
          </p>
        )}
        {list.answer && <TraceTable traces={list.answer.traces} total={list.answer.total} />}
      </section>
    </div>
  );
}

function FilterBar({ filter, total }: { readonly filter: string; readonly total: number | undefined }) {
  const [text, setText] = useState(filter);
  return (
    <form
      class="toolbar"
      onSubmit={(event) => {
        event.preventDefault();
        setQuery({ filter: text.trim() || undefined });
      }}
    >
      <input
        class="mono grow"
        aria-label="Filter expression of X-Ray"
        placeholder='Filter expression: service("dialer-worker") AND responsetime > 1'
        value={text}
        onInput={({ currentTarget }) => setText(currentTarget.value)}
      />
      <button type="submit" class="button">
        <Icon name="search" /> Search
      </button>
      {EXAMPLES.map((example) => (
        <button key={example} type="button" class="button mono" onClick={() => setQuery({ filter: example })}>
          {example}
        </button>
      ))}
      {total !== undefined && <span class="muted">{total} found</span>}
    </form>
  );
}

function TraceTable({ traces, total }: TraceList) {
  if (traces.length === 0) return <p class="note">No trace of this time range matches.</p>;
  return (
    <>
      <div class="table-wrap">
        <table class="table">
          <thead>
            <tr>
              <th scope="col">Result</th>
              <th scope="col">Began</th>
              <th scope="col" class="number">
                Took
              </th>
              <th scope="col">Entry</th>
              <th scope="col">Annotations</th>
              <th scope="col">Trace</th>
            </tr>
          </thead>
          <tbody>
            {traces.map((trace) => (
              <Row key={trace.id} trace={trace} />
            ))}
          </tbody>
        </table>
      </div>
      {total > traces.length && (
        <p class="note">
          The newest {traces.length} of {total}: narrow the filter or the time range.
        </p>
      )}
    </>
  );
}

function Row({ trace }: { readonly trace: TraceEntry }) {
  const { id, start, duration, name, state, method, url, status, annotations } = trace;
  const marks = Object.entries(annotations).slice(0, 4);
  return (
    <tr>
      <td>
        <TraceBadge state={state} />
      </td>
      <td class="number">{dateTime(start, preferences.zone.value, true)}</td>
      <td class="number">{withUnit(duration, 'Seconds')}</td>
      <td>
        {name} {method} {url} {status}
      </td>
      <td>
        {marks.map(([key, values]) => (
          <span key={key} class="mark">
            {key}={values.join(', ')}
          </span>
        ))}
      </td>
      <td>
        <a class="mono" href={linkTo(['traces', id])}>
          {id}
        </a>
      </td>
    </tr>
  );
}
