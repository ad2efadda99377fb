import type { DashboardEntry } from '../../protocol/dashboard-view.ts';
import type { SourceView } from '../../protocol/source-view.ts';
import { alarms } from '../state/live.ts';
import { linkTo, path } from '../state/route.ts';
import { Icon, type IconName } from './icon.tsx';
import { ownPart } from './short-name.ts';
import { SourceNote } from './source-note.tsx';

export const SECTIONS = [
  ['dashboards', 'Dashboards'],
  ['alarms', 'Alarms'],
  ['traces', 'Traces'],
  ['logs', 'Logs'],
  ['plan', 'Cost & drift'],
] as const satisfies readonly (readonly [IconName, string])[];

type Props = { readonly dashboards: readonly DashboardEntry[]; readonly source: SourceView | undefined };

/** The way to every part of the page, and where its numbers come from. */
export function Rail({ dashboards, source }: Props) {
  const [section = 'dashboards', name] = path.value;
  const firing = alarms.value?.filter(({ state }) => state === 'ALARM').length ?? 0;
  return (
    <div class="rail">
      <a class="brand" href={linkTo(['dashboards'])}>
        <Sign />
        <span>Voice Campaign</span>
      </a>
      <nav aria-label="Parts of the page">
        {SECTIONS.map(([key, label]) => (
          <>
            <a class="rail-link" href={linkTo([key])} aria-current={section === key ? 'page' : undefined}>
              <Icon name={key} size={18} /> {label}
              {key === 'alarms' && firing > 0 && (
                <span class="rail-count">
                  {firing}
                  <span class="sr-only"> in alarm</span>
                </span>
              )}
            </a>
            {key === 'dashboards' && section === 'dashboards' && dashboards.length > 0 && (
              <Names dashboards={dashboards} shown={name} />
            )}
          </>
        ))}
      </nav>
      {source && <SourceNote source={source} />}
    </div>
  );
}

function Sign() {
  return (
    <svg width="24" height="24" viewBox="0 0 24 24" aria-hidden="true">
      <rect width="24" height="24" rx="6" fill="var(--accent)" />
      <path d="M5 15l4-5 4 3 6-7" fill="none" stroke="var(--accent-ink)" stroke-width="2.2" stroke-linecap="round" />
    </svg>
  );
}

type NamesProps = { readonly dashboards: readonly DashboardEntry[]; readonly shown: string | undefined };

function Names({ dashboards, shown }: NamesProps) {
  const names = dashboards.map(({ name }) => name);
  return (
    <div class="rail-sub">
      {dashboards.map((entry) => (
        <a
          key={entry.name}
          href={linkTo(['dashboards', entry.name])}
          title={entry.name}
          aria-current={entry.name === shown ? 'page' : undefined}
        >
          {ownPart(entry.name, names)}
        </a>
      ))}
    </div>
  );
}
