import { useEffect } from 'preact/hooks';
import type { DashboardEntry } from '../protocol/dashboard-view.ts';
import type { SourceView } from '../protocol/source-view.ts';
import { DashboardPage } from './dashboard/dashboard-page.tsx';
import { DashboardsPage } from './dashboard/dashboards-page.tsx';
import { Rail, SECTIONS } from './shell/rail.tsx';
import { RangePicker } from './shell/range-picker.tsx';
import { ThemeButton } from './shell/theme-button.tsx';
import { apiUrl, useAnswer } from './state/api.ts';
import { connection, follow, versions } from './state/live.ts';
import { path } from './state/route.ts';

const LIVE = { live: 'Live', waiting: 'Connecting', lost: 'Connection lost' } as const;

/** The whole page. */
export function App() {
  const [section = 'dashboards', name] = path.value;
  const source = useAnswer<SourceView>(apiUrl(['meta']));
  const list = useAnswer<{ readonly dashboards: readonly DashboardEntry[] }>(
    apiUrl(['dashboards']),
    versions.dashboards.value,
  );
  const isDashboard = section === 'dashboards' && name !== undefined;
  // A dashboard has a stream of its own, which says of alarms and all else too.
  useEffect(() => (isDashboard ? undefined : follow(apiUrl(['events']))), [isDashboard]);
  const title = name ?? SECTIONS.find(([key]) => key === section)?.[1] ?? 'Not found';
  useEffect(() => {
    document.title = `${title} · Voice Campaign`;
  }, [title]);
  return (
    <div class="app">
      <a class="skip" href="#content">
        To the content
      </a>
      <Rail dashboards={list.answer?.dashboards ?? []} source={source.answer} />
      <div class="main">
        <header class="top">
          <h1 title={title}>{title}</h1>
          <span class={`live live-${connection.value}`} role="status">
            <i /> {LIVE[connection.value]}
          </span>
          <RangePicker />
          <ThemeButton />
        </header>
        <main class="content" id="content" tabIndex={-1}>
          <Section section={section} name={name} list={list.answer?.dashboards} fault={list.fault} />
        </main>
      </div>
    </div>
  );
}

type SectionProps = {
  readonly section: string;
  readonly name: string | undefined;
  readonly list: readonly DashboardEntry[] | undefined;
  readonly fault: string | undefined;
};

function Section({ section, name, list, fault }: SectionProps) {
  if (section === 'dashboards' && name !== undefined) return <DashboardPage key={name} name={name} />;
  if (section === 'dashboards') return <DashboardsPage list={list} fault={fault} />;
  return <p class="loading">There is no such page.</p>;
}
