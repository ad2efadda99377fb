import type { Persistent } from '../state/journal.ts';

export type StoredDashboard = {
  readonly name: string;
  /** Without white space. */
  readonly body: string;
  /** Epoch milliseconds. */
  readonly modifiedAt: number;
  /** Absent where there never were any: it counts in the size. */
  readonly tags?: Readonly<Record<string, string>>;
};

export type DashboardsEvent =
  | { readonly kind: 'dashboard'; readonly dashboard: StoredDashboard }
  | { readonly kind: 'dashboard-deleted'; readonly name: string };

export type DashboardStore = Persistent<DashboardsEvent> & {
  /** By name. */
  readonly dashboards: ReadonlyMap<string, StoredDashboard>;
};

export const createDashboardStore = (): DashboardStore => {
  const dashboards = new Map<string, StoredDashboard>();
  return {
    name: 'dashboards',
    dashboards,
    apply: (event) => {
      if (event.kind === 'dashboard') dashboards.set(event.dashboard.name, event.dashboard);
      else dashboards.delete(event.name);
    },
    *events() {
      for (const dashboard of dashboards.values()) yield { kind: 'dashboard', dashboard };
    },
    reset: () => dashboards.clear(),
  };
};
