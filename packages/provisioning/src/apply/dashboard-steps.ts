import { GetDashboardCommand, PutDashboardCommand } from '@aws-sdk/client-cloudwatch';
import type { MonitoringPlan } from '../plan/monitoring-plan.ts';
import type { Clients } from './clients.ts';
import { isSameJson } from './covers.ts';
import { done, isAbsent, type Step, unchanged } from './outcome.ts';

/** Dashboards; what CloudWatch has to say about a body that it took is in the note. */
export const dashboardSteps = ({ dashboards }: MonitoringPlan, { cloudWatch }: Clients): readonly Step[] =>
  dashboards.map(({ name, body }) => ({
    type: 'AWS::CloudWatch::Dashboard',
    name,
    run: async () => {
      const DashboardBody = JSON.stringify(body);
      const found = await bodyOf(cloudWatch, name);
      if (isSameJson(found, DashboardBody)) return unchanged;
      const put = await cloudWatch(new PutDashboardCommand({ DashboardName: name, DashboardBody }));
      const messages = (put.DashboardValidationMessages ?? []).map(
        ({ DataPath, Message }) => `${DataPath}: ${Message}`,
      );
      return done(found !== undefined, messages.length > 0 ? messages.join('; ') : undefined);
    },
  }));

const bodyOf = async (cloudWatch: Clients['cloudWatch'], DashboardName: string): Promise<string | undefined> => {
  try {
    return (await cloudWatch(new GetDashboardCommand({ DashboardName }))).DashboardBody;
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw error;
  }
};
