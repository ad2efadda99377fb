import { useEffect } from 'preact/hooks';
import type { DashboardEntry } from '../protocol/dashboard-view.ts';
import type { SourceView } from '../protocol/source-view.ts';
import { AlarmPage } from './alarms/alarm-page.tsx';
import { AlarmsPage } from './alarms/alarms-page.tsx';
import { DashboardPage } from './dashboard/dashboard-page.tsx';
import { DashboardsPage } from './dashboard/dashboards-page.tsx';
import { LogsPage } from './logs/logs-page.tsx';
import { PlanPage } from './plan/plan-page.tsx';
import { Rail, SECTIONS } from './shell/rail.tsx';
import { RangePicker } from './shell/range-picker.tsx';
import { ThemeButton } from './shell/theme-button.tsx';
import { apiUrl, useAnswer } from './state/api.ts';
import { connection, follow, versions } from './state/live.ts';
import { path, query } from './state/route.ts';
import { setClock } from './state/time-range.ts';
import { TracePage } from './traces/trace-page.tsx';
import { TracesPage } from './traces/traces-page.tsx';

const LIVE = { live: 'Live', waiting: 'Connecting', lost: 'Connection lost' } as const;

import { LoneWidget } from './widget/lone-widget.tsx';

/** The whole page. */
export function App() {
  const [section = 'dashboards', name] = path.value;
  const plain = query.value.get('plain') !== null;
  const source = useAnswer<SourceView>(apiUrl(['meta']));
  const list = useAnswer<{ readonly dashboards: readonly DashboardEntry[] }>(
    apiUrl(['dashboards']),
    versions.dashboards.value,
  );
  useClockOf(source.answer);
  const isDashboard = section === 'dashboards' && name !== undefined;
  // A dashboard has a stream of its own, which says of alarms and all else too.
  useEffect(() => (isDashboard ? undefined : follow(apiUrl(['events']))), [isDashboard]);
  const title =
    (section === 'logs' ? undefined : name) ?? SECTIONS.find(([key]) => key === section)?.[1] ?? 'Not found';
  useEffect(() => {
    document.title = `${title} · Voice Campaign`;
  }, [title]);
  return (
    <div class={plain ? 'app plain' : 'app'}>
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

function useClockOf(source: SourceView | undefined): void {
  const sourceNow = source?.now;
  useEffect(() => {
    if (sourceNow !== undefined) setClock(sourceNow);
  }, [sourceNow]);
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
  if (section === 'alarms') return name === undefined ? <AlarmsPage /> : <AlarmPage key={name} name={name} />;
  if (section === 'traces') return name === undefined ? <TracesPage /> : <TracePage key={name} id={name} />;
  if (section === 'logs') return <LogsPage tab={name ?? 'tail'} />;
  if (section === 'plan') return <PlanPage />;
  if (section === 'widget') return <LoneWidget />;
  return <p class="loading">There is no such page.</p>;
}
