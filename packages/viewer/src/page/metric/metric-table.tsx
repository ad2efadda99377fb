import type { MetricProperties } from '@voice-campaign/cloudwatch-engine/dashboards';
import { type ChartSeries, type Summary, summaryOf } from '../chart/chart-series.ts';
import { shortNumber } from '../chart/format-number.ts';
import { dateTime } from '../chart/format-time.ts';
import { ScrollRegion } from '../shell/scroll-region.tsx';
import { preferences } from '../state/preferences.ts';

const MOST_TIMES = 200;
const COLUMNS = { MIN: 'min', MAX: 'max', SUM: 'sum', AVG: 'average' } as const;
type Column = keyof typeof COLUMNS;

type Props = { readonly properties: MetricProperties; readonly series: readonly ChartSeries[] };

/** The numbers themselves: a column a line, newest first, under their minimum, maximum, sum and average. */
export function MetricTable({ properties, series }: Props) {
  const { summaryColumns = ['MIN', 'MAX', 'SUM', 'AVG'], showTimeSeriesData = true, layout } = properties.table ?? {};
  const zone = properties.timezone ?? preferences.zone.value;
  const times = showTimeSeriesData ? newestTimes(series) : [];
  const values = series.map((line) => new Map(line.timestamps.map((time, index) => [time, line.values[index]])));
  const summaries = series.map(summaryOf);
  if (layout === 'vertical') {
    const header = ['Time', ...series.map(({ label }) => label)];
    const rows = [
      ...summaryColumns.map((column) => [column, ...summaries.map((summary) => cell(summary, column))]),
      ...times.map((time) => [dateTime(time, zone), ...values.map((line) => shortNumber(line.get(time)))]),
    ];
    return <Grid header={header} rows={rows} summaryRows={summaryColumns.length} />;
  }
  const header = ['Label', ...summaryColumns, ...times.map((time) => dateTime(time, zone))];
  const rows = series.map(({ label }, index) => [
    label,
    ...summaryColumns.map((column) => cell(summaries[index], column)),
    ...times.map((time) => shortNumber(values[index]?.get(time))),
  ]);
  return <Grid header={header} rows={rows} summaryRows={0} />;
}

const cell = (summary: Summary | undefined, column: Column): string => shortNumber(summary?.[COLUMNS[column]]);

const newestTimes = (series: readonly ChartSeries[]): readonly number[] =>
  [...new Set(series.flatMap(({ timestamps }) => timestamps))].sort((one, other) => other - one).slice(0, MOST_TIMES);

type GridProps = {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly summaryRows: number;
};

function Grid({ header, rows, summaryRows }: GridProps) {
  return (
    <ScrollRegion label="Values">
      <table class="table numbers">
        <thead>
          <tr>
            {header.map((text, index) => (
              <th key={index} scope="col">
                {text}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={index} class={index < summaryRows ? 'summary' : undefined}>
              {row.map((text, place) => (
                <td key={place}>{text}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}
