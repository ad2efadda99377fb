import type { DashboardEntry } from '../../protocol/dashboard-view.ts';
import { dateTime } from '../chart/format-time.ts';
import { preferences } from '../state/preferences.ts';
import { linkTo } from '../state/route.ts';

type Props = { readonly list: readonly DashboardEntry[] | undefined; readonly fault: string | undefined };

/** Every dashboard there is, and where they come from while there is none. */
export function DashboardsPage({ list, fault }: Props) {
  if (fault !== undefined) return <p class="loading fault">{fault}</p>;
  if (list === undefined) return <p class="loading">Loading…</p>;
  if (list.length === 0) {
    return (
      <div class="empty">
        <h2>No dashboards yet</h2>
        <p>A dashboard is here as soon as PutDashboard was called:</p>
        <pre>
          aws --endpoint-url {location.origin} cloudwatch put-dashboard \{'\n'}
          {'  '}--dashboard-name overview --dashboard-body file://overview.json
        </pre>
      </div>
    );
  }
  return (
    <ul class="tiles">
      {list.map(({ name, lastModified }) => (
        <li key={name}>
          <a class="card tile" href={linkTo(['dashboards', name])}>
            <b>{name}</b>
            <span>Changed {dateTime(lastModified, preferences.zone.value)}</span>
          </a>
        </li>
      ))}
    </ul>
  );
}
