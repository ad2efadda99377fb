import { type ChartSeries, type HorizontalMark, lastValue, type TimeChart } from '../chart/chart-series.ts';
import { shortNumber, withUnit } from '../chart/format-number.ts';

const START = Math.PI * 0.8;
const SWEEP = Math.PI * 1.4;
const RADIUS = 80;

type Point = readonly [number, number];

const at = (share: number, radius: number): Point => {
  const angle = START + SWEEP * share;
  return [100 + radius * Math.cos(angle), 100 + radius * Math.sin(angle)];
};

const text = ([x, y]: Point): string => `${x.toFixed(2)} ${y.toFixed(2)}`;

/** The arc from one share of the gauge to another. */
function arc(from: number, to: number, radius: number): string {
  const large = (to - from) * SWEEP > Math.PI ? 1 : 0;
  return `M ${text(at(from, radius))} A ${radius} ${radius} 0 ${large} 1 ${text(at(to, radius))}`;
}

/** One dial for each line, between the ends that the left axis gives, with the widget's thresholds around it. */
export function Gauges({ chart }: { readonly chart: TimeChart }) {
  const { min, max } = chart.left;
  if (min === undefined || max === undefined || max <= min) {
    return <p class="note">A gauge needs yAxis.left.min and yAxis.left.max, the first below the second.</p>;
  }
  return (
    <div class="gauges">
      {chart.series.map((line) => (
        <Gauge key={line.key} line={line} min={min} max={max} marks={chart.horizontal} />
      ))}
    </div>
  );
}

type Props = {
  readonly line: ChartSeries;
  readonly min: number;
  readonly max: number;
  readonly marks: readonly HorizontalMark[];
};

function Gauge({ line, min, max, marks }: Props) {
  const value = lastValue(line);
  const share = (of: number): number => Math.min(1, Math.max(0, (of - min) / (max - min)));
  const text = withUnit(value, line.unit);
  const color = value === undefined ? line.color : (colorAt(value, marks) ?? line.color);
  return (
    <figure class="gauge">
      <svg viewBox="0 0 200 168" role="img" aria-label={`${line.label}: ${text} of ${withUnit(max, line.unit)}`}>
        <path d={arc(0, 1, RADIUS)} class="gauge-track" />
        {marks.map((mark, index) => (
          <path key={index} d={arc(...span(mark, share), RADIUS + 13)} class="gauge-mark" stroke={mark.color} />
        ))}
        {value !== undefined && share(value) > 0 && (
          <path d={arc(0, share(value), RADIUS)} class="gauge-value" stroke={color} />
        )}
        <text x="100" y="108" class="gauge-number" font-size={Math.min(27, 225 / text.length)}>
          {text}
        </text>
        <text x={at(0, RADIUS)[0]} y="164" class="gauge-end">
          {endText(min, line.unit)}
        </text>
        <text x={at(1, RADIUS)[0]} y="164" class="gauge-end">
          {endText(max, line.unit)}
        </text>
      </svg>
      <figcaption title={line.label}>{line.label}</figcaption>
    </figure>
  );
}

/** In the unit of the number between, where it is short: 4G beside 1.67 GiB would be another number. */
const endText = (value: number, unit: string | undefined): string => {
  const text = withUnit(value, unit);
  return text.length > 10 ? shortNumber(value) : text;
};

/** From where to where a threshold's colour goes around the dial; a line without a side is a short stroke. */
function span(mark: HorizontalMark, share: (value: number) => number): readonly [number, number] {
  const from = share(mark.value);
  if (mark.until !== undefined) return [Math.min(from, share(mark.until)), Math.max(from, share(mark.until))];
  if (mark.fill === 'above') return [from, 1];
  if (mark.fill === 'below') return [0, from];
  return [Math.max(0, from - 0.006), Math.min(1, from + 0.006)];
}

function colorAt(value: number, marks: readonly HorizontalMark[]): string | undefined {
  return marks.find(({ value: from, until, fill }) => {
    if (until !== undefined) return value >= Math.min(from, until) && value <= Math.max(from, until);
    return fill === 'above' ? value >= from : fill === 'below' && value <= from;
  })?.color;
}
