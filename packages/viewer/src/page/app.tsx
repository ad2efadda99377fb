import { useEffect } from 'preact/hooks';
import type { DashboardEntry } from '../protocol/dashboard-view.ts';
import type { SourceView } from '../protocol/source-view.ts';
import { AlarmPage } from './alarms/alarm-page.tsx';
import { AlarmsPage } from './alarms/alarms-page.tsx';
import { DashboardPage } from './dashboard/dashboard-page.tsx';
import { DashboardsPage } from './dashboard/dashboards-page.tsx';
import { LogsPage } from './logs/logs-page.tsx';
import { PlanPage } from './plan/plan-page.tsx';
import { FaultBanner } from './shell/fault-banner.tsx';
import { Rail, SECTIONS } from './shell/rail.tsx';
import { RangePicker } from './shell/range-picker.tsx';
import { SourceNote } from './shell/source-note.tsx';
import { ThemeButton } from './shell/theme-button.tsx';
import { apiUrl, useAnswer } from './state/api.ts';
import { connection, follow, source, versions } from './state/live.ts';
import { path, query } from './state/route.ts';
import { setClock } from './state/time-range.ts';
import { TracePage } from './traces/trace-page.tsx';
import { TracesPage } from './traces/traces-page.tsx';
import { LoneWidget } from './widget/lone-widget.tsx';

const LIVE = { live: 'Live', waiting: 'Connecting', lost: 'Connection lost' } as const;

/** The whole page. */
export function App() {
  const [section = 'dashboards', name] = path.value;
  const plain = query.value.get('plain') !== null;
  const meta = useAnswer<SourceView>(apiUrl(['meta'])).answer;
  const list = useAnswer<{ readonly dashboards: readonly DashboardEntry[] }>(
    apiUrl(['dashboards']),
    versions.dashboards.value,
  );
  const shown = source.value ?? meta;
  useClockOf(meta);
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
      <Rail dashboards={list.answer?.dashboards ?? []} source={shown} />
      <div class="main">
        <header class="top">
          <h1 title={title}>{title}</h1>
          <span class={`live live-${connection.value}`} role="status">
            <i /> {LIVE[connection.value]}
          </span>
          <RangePicker />
          <ThemeButton />
        </header>
        <FaultBanner />
        <main class="content" id="content" tabIndex={-1}>
          <Section section={section} name={name} list={list.answer?.dashboards} fault={list.fault} />
        </main>
        {shown && (
          <footer class="source-foot">
            <SourceNote source={shown} />
          </footer>
        )}
      </div>
    </div>
  );
}

function useClockOf(meta: SourceView | undefined): void {
  const sourceNow = meta?.now;
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
