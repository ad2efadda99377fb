import type { ViewSource } from './view-source.ts';

/** The source with these dashboards, bodies by their names, and none of its own. */
export function withDashboards(source: ViewSource, bodies: ReadonlyMap<string, string>): ViewSource {
  const lastModified = source.now();
  return {
    ...source,
    dashboards: async () => [...bodies.keys()].sort().map((name) => ({ name, lastModified })),
    dashboardBody: async (name) => bodies.get(name),
  };
}
