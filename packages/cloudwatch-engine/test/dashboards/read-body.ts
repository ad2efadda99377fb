import { type Dashboard, type DashboardMessage, parseDashboard } from '@voice-campaign/cloudwatch-engine/dashboards';

/** The dashboard of a body that must be fine. @throws Error with its findings where it is not. */
export const dashboardOf = (body: unknown): Dashboard => {
  const parsed = parseDashboard(JSON.stringify(body));
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.messages));
  return parsed.dashboard;
};

/** A body of one metric widget. */
export const graph = (properties: object): object => ({
  widgets: [{ type: 'metric', properties: { region: 'us-east-1', ...properties } }],
});

export const findingsOf = (body: unknown): readonly DashboardMessage[] => parseDashboard(JSON.stringify(body)).messages;
