import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { invalidDashboardText } from '../../src/dashboards/message.ts';
import { parseDashboard } from '../../src/dashboards/parse-dashboard.ts';

type Answer = {
  readonly source: string;
  readonly body?: unknown;
  readonly widget?: unknown;
  readonly properties?: unknown;
  readonly messages: readonly { readonly at: string; readonly says: string; readonly begins?: boolean }[];
};

const { answers }: { readonly answers: readonly Answer[] } = JSON.parse(
  readFileSync(new URL('../fixtures/dashboard-messages.json', import.meta.url), 'utf8'),
);

const bodyOf = ({ body, widget, properties }: Answer): string => {
  if (typeof body === 'string') return body;
  if (body !== undefined) return JSON.stringify(body);
  return JSON.stringify({ widgets: [widget ?? { type: 'metric', properties }] });
};

describe('a body that people saw PutDashboard answer', () => {
  it.each(answers)('gets the same errors: $source', (answer) => {
    const errors = parseDashboard(bodyOf(answer)).messages.filter(({ severity }) => severity === 'error');
    const says = errors.map(({ DataPath, Message }, index) => ({
      at: DataPath,
      says: answer.messages[index]?.begins ? Message.slice(0, answer.messages[index].says.length) : Message,
    }));
    expect(says).toEqual(answer.messages.map(({ at, says: text }) => ({ at, says: text })));
  });
});

describe('the text of the error', () => {
  it('counts the errors and lists them as JSON', () => {
    const { messages } = parseDashboard('{"widgets":[{"type":"alarm","properties":{"alarms":[]},"tip":1}]}');
    expect(invalidDashboardText(messages)).toMatchInlineSnapshot(`
      "The dashboard body is invalid, there are 1 validation errors:
      [
        {
          "dataPath": "/widgets/0/properties/alarms",
          "message": "Should NOT have less than 1 items"
        }
      ]"
    `);
  });

  it('is one sentence for what is no JSON object', () => {
    expect(invalidDashboardText(parseDashboard('[]').messages)).toBe(
      'The field DashboardBody must be a valid JSON object',
    );
  });

  it('is accompanied by a hint where it says little', () => {
    const row = ['AWS/RDS', 'DatabaseConnections', { stat: 'Sum', dimensions: {} }];
    const body = { widgets: [{ type: 'metric', properties: { region: 'eu-west-1', metrics: [row] } }] };
    expect(parseDashboard(JSON.stringify(body)).messages[0]?.hint).toBe(
      'its rendering properties: "dimensions" is not one of id, label, color, period, stat, visible, yAxis, region, accountId, expression',
    );
  });
});
