import type { Span, TraceDetail } from '../../protocol/trace-view.ts';
import { withUnit } from '../chart/format-number.ts';
import { Icon } from '../shell/icon.tsx';

type Props = {
  readonly trace: TraceDetail;
  readonly chosen: string | undefined;
  readonly choose: (id: string) => void;
};

const MARKS = [0, 0.25, 0.5, 0.75, 1];

/** Every part of a trace as a bar over the time of the whole. */
export function Waterfall({ trace, chosen, choose }: Props) {
  const length = trace.duration || 0.001;
  return (
    <div class="waterfall">
      <div class="wf-row wf-scale" aria-hidden="true">
        <span />
        <span class="wf-times">
          {MARKS.map((share) => (
            <i key={share} style={{ left: `${100 * share}%` }}>
              {withUnit(share * length, 'Seconds')}
            </i>
          ))}
        </span>
      </div>
      {trace.spans.map((span) => (
        <Row
          key={span.id}
          span={span}
          start={trace.start}
          length={length}
          isChosen={span.id === chosen}
          choose={choose}
        />
      ))}
    </div>
  );
}

type RowProps = {
  readonly span: Span;
  readonly start: number;
  readonly length: number;
  readonly isChosen: boolean;
  readonly choose: (id: string) => void;
};

function Row({ span, start, length, isChosen, choose }: RowProps) {
  const end = span.end ?? start + length;
  const left = (100 * (span.start - start)) / length;
  const width = Math.max(0.3, (100 * (end - span.start)) / length);
  const took = span.end === undefined ? 'in progress' : withUnit(span.end - span.start, 'Seconds');
  return (
    <button type="button" class="wf-row" aria-pressed={isChosen} onClick={() => choose(span.id)}>
      <span class="wf-name" style={{ paddingLeft: `${Math.min(span.depth, 12) * 13}px` }} title={span.name}>
        {span.state !== 'ok' && <Icon name={span.state === 'fault' ? 'alarm' : 'warn'} size={13} />}
        <span class={span.isSegment ? 'wf-segment' : ''}>{span.name}</span>
        {span.origin !== undefined && <em>{span.origin.replace(/^AWS::/, '')}</em>}
      </span>
      <span class="wf-track">
        <i
          class={`wf-bar wf-${span.state}${span.isSegment ? ' wf-bar-segment' : ''}`}
          style={{ left: `${left}%`, width: `${width}%` }}
        />
        <b class={width > 25 ? 'wf-inside' : ''} style={textPlace(left, width)}>
          {took}
        </b>
      </span>
    </button>
  );
}

/** Inside the bar where there is room, else on that side of it where there is. */
function textPlace(left: number, width: number): { readonly left: string } | { readonly right: string } {
  if (width > 25) return { right: `${100 - left - width}%` };
  return left + width > 80 ? { right: `${100 - left}%` } : { left: `${left + width}%` };
}
