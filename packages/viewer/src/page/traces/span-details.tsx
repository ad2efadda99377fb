import type { Span } from '../../protocol/trace-view.ts';
import { withUnit } from '../chart/format-number.ts';
import { TraceBadge } from './trace-badge.tsx';

type Props = { readonly span: Span; readonly traceStart: number };

/** All that is known of one part of a trace. */
export function SpanDetails({ span, traceStart }: Props) {
  const { name, metadata, exceptions } = span;
  const hasMetadata = typeof metadata === 'object' && metadata !== null && Object.keys(metadata).length > 0;
  return (
    <section class="card pad span" aria-label="Part of the trace">
      <h2>{name}</h2>
      <Facts span={span} traceStart={traceStart} />
      {exceptions.map(({ type, message, stack }, index) => (
        <div key={index} class="exception">
          <b>{type}</b>: {message}
          {stack.length > 0 && <pre>{stack.join('\n')}</pre>}
        </div>
      ))}
      {hasMetadata && (
        <details>
          <summary>Metadata</summary>
          <pre class="mono">{JSON.stringify(metadata, null, 2)}</pre>
        </details>
      )}
    </section>
  );
}

function Facts({ span, traceStart }: Props) {
  const { service, state, start, end, annotations, http } = span;
  const marks = Object.entries(annotations);
  return (
    <dl>
      <dt>Result</dt>
      <dd>
        <TraceBadge state={state} />
      </dd>
      <dt>Service</dt>
      <dd>{service}</dd>
      <dt>Began</dt>
      <dd>{withUnit(start - traceStart, 'Seconds')} after the first</dd>
      <dt>Took</dt>
      <dd>{end === undefined ? 'in progress' : withUnit(end - start, 'Seconds')}</dd>
      {http && (
        <>
          <dt>HTTP</dt>
          <dd>
            {http.method} {http.url} {http.status}
          </dd>
        </>
      )}
      {marks.map(([key, value]) => (
        <>
          <dt class="mono">{key}</dt>
          <dd class="mono">{String(value)}</dd>
        </>
      ))}
    </dl>
  );
}
