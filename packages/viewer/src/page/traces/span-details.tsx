import type { Span } from '../../protocol/trace-view.ts';
import { withUnit } from '../chart/format-number.ts';
import { TraceBadge } from './trace-badge.tsx';

/** All that is known of one part of a trace. */
export function SpanDetails({ span, traceStart }: { readonly span: Span; readonly traceStart: number }) {
  const { name, service, state, start, end, annotations, metadata, http, exceptions } = span;
  const marks = Object.entries(annotations);
  const hasMetadata = typeof metadata === 'object' && metadata !== null && Object.keys(metadata).length > 0;
  return (
    <section class="card pad span" aria-label="Part of the trace">
      <h2>{name}</h2>
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
