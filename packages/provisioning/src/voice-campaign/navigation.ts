import type { DashboardDefinition } from '../monitoring/dashboard-definition.ts';

const titles = {
  'campaign-overview': 'Campaign overview',
  'system-health': 'System health',
  'business-metrics': 'Business metrics',
  'xray-metrics': 'Traces',
} as const;

/** The first row of a dashboard: what it is, and the way to the others. */
export const navigation = (own: keyof typeof titles, about: string): DashboardDefinition['rows'][number] => {
  const links = Object.entries(titles).map(([name, title]) =>
    name === own ? `**${title}**` : `[${title}](#dashboards/dashboard/{{prefix}}-${name})`,
  );
  const markdown = `# ${titles[own]} · {{project}} {{environment}}\n${about}\n\n${links.join(' · ')}`;
  return { height: 3, widgets: [{ kind: 'text', width: 24, markdown }] };
};
