import { parseDashboard } from '@voice-campaign/cloudwatch-engine/dashboards';
import { describe, expect, it } from 'vitest';
import { type MonitoringPlan, plan, voiceCampaignMonitoring } from '../../src/index.ts';
import { inputs, planned } from './deployment.ts';

type PlannedWidget = MonitoringPlan['dashboards'][number]['body']['widgets'][number];

const prefix = 'voice-campaign-production';
const many = (count: number, name: string): readonly string[] =>
  Array.from({ length: count }, (_, index) => `${prefix}-${name}-${index}`);
const large = () =>
  planned({
    lambdaFunctionNames: [...(inputs.lambdaFunctionNames ?? []), ...many(497, 'fn')],
    sqsQueueNames: many(500, 'queue'),
    sqsDlqNames: many(120, 'dlq'),
  });

const titles = (widgets: readonly PlannedWidget[]): readonly unknown[] =>
  widgets.map(({ properties }) => properties.title).filter((title) => title !== undefined);

const overlaps = (widgets: readonly PlannedWidget[]): boolean =>
  widgets.some((one, index) =>
    widgets.slice(index + 1).some((other) => {
      const beside = one.x + one.width <= other.x || other.x + other.width <= one.x;
      return !beside && one.y < other.y + other.height && other.y < one.y + one.height;
    }),
  );

/** Rows of a widget that are a series, whether drawn or only for math: CloudWatch bills them alike. */
const seriesOf = (widgets: readonly PlannedWidget[]): readonly unknown[] =>
  widgets.flatMap(({ properties }) => {
    const rows = (properties.metrics ?? []) as readonly (readonly unknown[])[];
    return rows.filter(([first]) => typeof first === 'string');
  });

describe('the dashboards of a voice campaign', () => {
  it('are the four that the system has, with their widgets', () => {
    const { dashboards } = planned({ restApiNames: ['calls'] });
    expect(Object.fromEntries(dashboards.map(({ name, body }) => [name, titles(body.widgets)]))).toMatchInlineSnapshot(`
      {
        "voice-campaign-production-business-metrics": [
          "Answer rate, % of calls",
          "Conversion rate",
          "Opt-outs",
          "Average cost of a call, US dollars",
          "Spent since the beginning of the time shown, US dollars",
          "Spent in this time, US dollars",
          "Campaigns compared: calls",
          "Campaigns with the most conversions",
          "SMS delivery",
          "Text to speech: recordings played instead, % of prompts",
          "Why recordings were played",
        ],
        "voice-campaign-production-campaign-overview": [
          "Active calls",
          "Calls in this time",
          "How calls end",
          "Active calls over time",
          "Dialing rate",
          "Queue depth",
          "Time to drain",
          "Call outcomes",
          "Converted and opted out",
          "Campaign progress: contacts done",
          "Campaign progress: done of all",
          "Alarms of the calls",
        ],
        "voice-campaign-production-system-health": [
          "Alarms",
          "Functions: invocations",
          "Functions: errors, % of invocations",
          "Functions: throttles",
          "Functions: duration",
          "Functions: instances at once",
          "Queues: age of the oldest message",
          "Queues: backlog",
          "Queues: dead letters",
          "Telephone server: CPU",
          "Telephone server: network",
          "Telephone server: status checks failed, CPU credits",
          "Database: connections",
          "Database: CPU",
          "Database: free storage",
          "api-handler: duration",
          "API: latency",
          "Functions: EMF lines that CloudWatch did not take",
        ],
        "voice-campaign-production-xray-metrics": [
          "Traces processed",
          "Traces with an error, a fault or a throttle",
          "API latency",
          "api-handler: duration",
        ],
      }
    `);
  });

  it('are taken by CloudWatch’s grammar without a message, lie on 24 columns, and overlap nowhere', () => {
    for (const { dashboards } of [planned(), planned({ restApiNames: ['a', 'b'] }), large()]) {
      for (const { body } of dashboards) {
        expect(parseDashboard(JSON.stringify(body)).messages).toEqual([]);
        expect(body.widgets.every(({ x, width }) => x >= 0 && x + width <= 24)).toBe(true);
        expect(overlaps(body.widgets)).toBe(false);
      }
    }
  });

  it('read at most 50 series each in the example of the system, so that three of them are free', () => {
    const counts = planned().dashboards.map(({ body }) => seriesOf(body.widgets).length);
    expect(counts.every((count) => count <= 50)).toBe(true);
    expect(counts[1]).toBeGreaterThan(40);
  });

  it('link to each other by the names that they have', () => {
    const { dashboards } = planned();
    const names = dashboards.map(({ name }) => name);
    for (const { name, body } of dashboards) {
      const markdown = String(body.widgets[0]?.properties.markdown);
      const linked = [...markdown.matchAll(/#dashboards\/dashboard\/([\w-]+)/g)].map(([, other]) => other);
      expect(linked).toEqual(names.filter((other) => other !== name));
    }
  });

  it('show the state of every alarm, a hundred in a widget', () => {
    const { dashboards, metricAlarms, compositeAlarms } = large();
    const health = dashboards.find(({ name }) => name.endsWith('system-health'));
    const lists = (health?.body.widgets ?? [])
      .filter(({ type }) => type === 'alarm')
      .map(({ properties }) => properties.alarms as readonly string[]);
    const shown = lists.flat().map((arn) => arn.replace(/^.*:alarm:/, ''));
    const all = [...metricAlarms, ...compositeAlarms].map(({ AlarmName }) => AlarmName);
    expect(new Set(shown)).toEqual(new Set(all));
    expect(lists.every((list) => list.length <= 100)).toBe(true);
  });

  it('show one of many functions and queues, to be selected, and stay within every limit', () => {
    const { dashboards } = large();
    expect(dashboards.map(({ name }) => name)).toEqual(
      ['campaign-overview', 'system-health', 'business-metrics', 'xray-metrics'].map((name) => `${prefix}-${name}`),
    );
    const health = dashboards[1]?.body;
    expect(health?.variables?.map(({ property, values }) => [property, (values as []).length])).toEqual([
      ['FunctionName', 500],
      ['QueueName', 500],
    ]);
    for (const { body } of dashboards) {
      expect(body.widgets.length).toBeLessThanOrEqual(500);
      expect(seriesOf(body.widgets).length).toBeLessThanOrEqual(2500);
    }
  });

  it('are split where a variable has no room for all', () => {
    const { dashboards } = planned({ lambdaFunctionNames: many(501, 'fn') });
    const names = dashboards.map(({ name }) => name.slice(prefix.length + 1));
    expect(names).toContain('system-health');
    expect(names).toContain('system-health-2');
    const rest = dashboards.find(({ name }) => name.endsWith('system-health-2'))?.body;
    expect(JSON.stringify(rest)).toContain(`${prefix}-fn-500`);
  });

  it('leave out what a deployment does not have, and close the gap', () => {
    const { asteriskInstanceId, rdsInstanceId, ...rest } = inputs;
    const { dashboards } = plan(voiceCampaignMonitoring, { ...rest, sqsDlqNames: [] });
    expect([asteriskInstanceId, rdsInstanceId].every((id) => !JSON.stringify(dashboards).includes(String(id)))).toBe(
      true,
    );
    const health = dashboards[1]?.body.widgets ?? [];
    expect(titles(health).some((title) => /server|Database|dead/.test(String(title)))).toBe(false);
    const queues = health.filter(({ properties }) => /age of|backlog/.test(String(properties.title)));
    expect(queues.map(({ x, width }) => [x, width])).toEqual([
      [0, 12],
      [12, 12],
    ]);
  });
});
