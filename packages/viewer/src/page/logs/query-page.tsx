import { useState } from 'preact/hooks';
import type { QueryAnswer } from '../../protocol/log-view.ts';
import { Icon } from '../shell/icon.tsx';
import { apiUrl, useAnswer } from '../state/api.ts';
import { query, setQuery } from '../state/route.ts';
import { chosenEnd, chosenStart, range } from '../state/time-range.ts';
import { LogWidget } from '../widget/log-widget.tsx';

const VIEWS = ['table', 'timeSeries', 'bar', 'pie'] as const;
type View = (typeof VIEWS)[number];
const NAMES = { table: 'Table', timeSeries: 'Lines', bar: 'Bars', pie: 'Ring' } as const;

const isView = (text: string | null): text is View => VIEWS.some((view) => view === text);

/** A Logs Insights query over the time range, and its answer. */
export function QueryPage() {
  const text = query.value.get('query') ?? '';
  const given = query.value.get('view');
  const view = isView(given) ? given : 'table';
  const [draft, setDraft] = useState(text);
  const [runs, setRuns] = useState(0);
  const asked = { query: text, start: chosenStart.value, end: chosenEnd.value };
  const { answer, fault, loading } = useAnswer<QueryAnswer>(
    text === '' ? undefined : apiUrl(['logs', 'query'], asked),
    runs,
  );
  const run = (): void => {
    setQuery({ query: draft });
    setRuns((last) => last + 1);
  };
  return (
    <section class="card" aria-label="Query">
      <div class="query">
        <QueryField draft={draft} setDraft={setDraft} run={run} />
        <div class="toolbar">
          <button type="button" class="button button-primary" onClick={run}>
            <Icon name="play" /> Run
          </button>
          <span class="muted">Ctrl + Enter</span>
          <ViewChoice view={view} />
          {answer && (
            <span class="muted">
              {answer.matched} of {answer.scanned} events, {answer.rows.length} rows{loading && ', asking again'}
            </span>
          )}
        </div>
      </div>
      {fault !== undefined && (
        <p class="note fault" role="alert">
          {fault}
        </p>
      )}
      {answer && fault === undefined && (
        <div class="query-answer">
          <LogWidget properties={{ view }} data={{ kind: 'logs', range: range.value, ...answer }} />
        </div>
      )}
    </section>
  );
}

type FieldProps = {
  readonly draft: string;
  readonly setDraft: (text: string) => void;
  readonly run: () => void;
};

function QueryField({ draft, setDraft, run }: FieldProps) {
  return (
    <textarea
      aria-label="Logs Insights query"
      rows={4}
      spellcheck={false}
      placeholder={"SOURCE '/aws/lambda/dialer-worker' | filter level = 'ERROR' | stats count(*) by bin(5m)"}
      value={draft}
      onInput={({ currentTarget }) => setDraft(currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) run();
      }}
    />
  );
}

function ViewChoice({ view }: { readonly view: View }) {
  return (
    <div class="segments">
      {VIEWS.map((one) => (
        <button key={one} type="button" aria-pressed={one === view} onClick={() => setQuery({ view: one })}>
          {NAMES[one]}
        </button>
      ))}
    </div>
  );
}
