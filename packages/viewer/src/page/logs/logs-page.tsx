import { linkTo } from '../state/route.ts';
import { LiveTail } from './live-tail.tsx';
import { QueryPage } from './query-page.tsx';

const TABS = [
  ['tail', 'Live tail'],
  ['query', 'Query'],
] as const;

export function LogsPage({ tab }: { readonly tab: string }) {
  return (
    <div class="stack">
      <nav class="tabs" aria-label="Ways to read logs">
        {TABS.map(([key, label]) => (
          <a key={key} href={linkTo(['logs', key])} aria-current={tab === key ? 'page' : undefined}>
            {label}
          </a>
        ))}
      </nav>
      {tab === 'query' ? <QueryPage /> : <LiveTail />}
    </div>
  );
}
