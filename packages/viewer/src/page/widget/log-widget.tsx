import type { LogProperties } from '@voice-campaign/cloudwatch-engine/dashboards';
import type { WidgetData } from '../../protocol/dashboard-view.ts';
import { Bars } from '../metric/bar-view.tsx';
import { TimeSeries } from '../metric/metric-view.tsx';
import { Pie } from '../metric/pie-view.tsx';
import { shownTheme } from '../state/preferences.ts';
import { linesOf, MOST_SHARES, ringShares, sharesOf } from './log-shares.ts';
import { RowsTable } from './rows-table.tsx';
import { Note } from './widget-frame.tsx';

type Props = { readonly properties: LogProperties; readonly data: Extract<WidgetData, { readonly kind: 'logs' }> };

/** The answer of a Logs Insights query, as the widget's `view` says. */
export function LogWidget({ properties, data }: Props) {
  const theme = shownTheme.value;
  const view = properties.view ?? 'table';
  if (data.rows.length === 0) return <Note>No log event of this time range matches the query.</Note>;
  switch (view) {
    case 'table':
      return <RowsTable columns={data.columns} rows={data.rows} />;
    case 'bar':
    case 'pie': {
      const shares = sharesOf(data, theme);
      if (!shares) return <Note>The query gives no numbers to draw: let it end with stats … by ….</Note>;
      if (view === 'pie') return <Pie shares={ringShares(shares, theme)} labels />;
      return (
        <>
          <Bars shares={shares.slice(0, MOST_SHARES)} />
          {shares.length > MOST_SHARES && <Note>{shares.length - MOST_SHARES} more rows are not shown.</Note>}
        </>
      );
    }
    case 'timeSeries': {
      const series = linesOf(data, theme);
      if (!series) return <Note>The query gives no numbers over time: let it end with stats … by bin(5m).</Note>;
      const nothing = { left: {}, right: {}, horizontal: [], vertical: [] };
      const chart = { ...nothing, range: data.range, series, stacked: properties.stacked === true };
      return <TimeSeries properties={{}} chart={chart} />;
    }
  }
}
