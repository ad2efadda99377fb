import type { MetricProperties } from '@voice-campaign/cloudwatch-engine/dashboards';
import { type ChartSeries, lastValue, summaryOf, type TimeChart } from '../chart/chart-series.ts';
import { fullNumber, shortNumber, withUnit } from '../chart/format-number.ts';
import { TimeSeriesChart } from '../chart/time-chart.tsx';

type Props = { readonly properties: MetricProperties; readonly chart: TimeChart };

/** The last value of each line in large letters, with its course below it where the widget asks for a sparkline. */
export function SingleValue({ properties, chart }: Props) {
  const withSpark = properties.sparkline === true && properties.setPeriodToTimeRange !== true;
  return (
    <div class="singles">
      {chart.series.map((line) => {
        const text = valueText(line, properties);
        return (
          <div class="single" key={line.key}>
            <div class="single-label" title={line.label}>
              <i class="swatch" style={{ background: line.color }} />
              {line.label}
            </div>
            <div class="single-value" title={text} style={{ '--letters': text.length }}>
              <b>{text}</b>
              {properties.trend !== false && withSpark && <Trend line={line} />}
            </div>
            {withSpark && (
              <TimeSeriesChart
                spark
                chart={{ ...chart, series: [line], stacked: false, horizontal: [], vertical: [] }}
              />
            )}
          </div>
        );
      })}
    </div>
  );
}

function valueText(line: ChartSeries, { singleValueFullPrecision }: MetricProperties): string {
  const value = lastValue(line);
  return singleValueFullPrecision ? fullNumber(value) : withUnit(value, line.unit);
}

/** How far the last value is from the average of the range before it: an arrow and a word beside the number. */
function Trend({ line }: { readonly line: ChartSeries }) {
  const summary = summaryOf(line);
  if (!summary || summary.average === 0 || line.values.length < 3) return null;
  const change = (summary.last - summary.average) / Math.abs(summary.average);
  const percent = Math.round(Math.abs(change) * 100);
  if (percent < 1) return <span class="trend">= average</span>;
  const text = percent > 999 ? `${shortNumber(percent / 100)}×` : `${percent} %`;
  return (
    <span class="trend" title="The last value against the average of this time range">
      {change > 0 ? '▲' : '▼'} {text}
    </span>
  );
}
