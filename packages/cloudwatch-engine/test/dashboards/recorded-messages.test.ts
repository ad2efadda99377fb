import { readFileSync } from 'node:fs';
import { invalidDashboardText, parseDashboard } from '@voice-campaign/cloudwatch-engine/dashboards';
import { describe, expect, it } from 'vitest';

type Said = { readonly at: string; readonly says: string; readonly begins?: boolean };
type Answer = {
  readonly what?: string;
  readonly source?: string;
  readonly body?: unknown;
  readonly widget?: unknown;
  readonly properties?: unknown;
  readonly messages: readonly Said[];
  readonly warnings?: readonly Said[];
  readonly first?: boolean;
};
type Fixture = {
  readonly published: readonly Answer[];
  readonly observed: { readonly answers: readonly Answer[] };
};

const { published, observed }: Fixture = JSON.parse(
  readFileSync(new URL('../fixtures/dashboard-messages.json', import.meta.url), 'utf8'),
);

const bodyOf = ({ body, widget, properties }: Answer): string => {
  if (typeof body === 'string') return body;
  return JSON.stringify(body ?? { widgets: [widget ?? { type: 'metric', properties }] });
};

const said = (answer: Answer, severity: 'error' | 'warning') =>
  parseDashboard(bodyOf(answer))
    .messages.filter((message) => message.severity === severity)
    .map(({ DataPath, Message }) => ({ at: DataPath, says: Message }));

describe('a body that people saw PutDashboard answer', () => {
  it.each(published)('gets the same errors: $source', (answer) => {
    const errors = said(answer, 'error').map(({ at, says }, index) => {
      const expected = answer.messages[index];
      return { at, says: expected?.begins ? says.slice(0, expected.says.length) : says };
    });
    expect(errors).toEqual(answer.messages.map(({ at, says }) => ({ at, says })));
  });

  it.each(observed.answers)('gets the same answer, word for word: $what', (answer) => {
    const errors = said(answer, 'error');
    // Here all faults are named at once.
    if (answer.first) expect(errors).toEqual(expect.arrayContaining([...answer.messages]));
    else expect(errors).toEqual(answer.messages);
    expect(said(answer, 'warning')).toEqual(answer.warnings);
  });

  it('may have 500 widgets, and no more', () => {
    const widgets = (count: number) =>
      said(
        { body: { widgets: new Array(count).fill({ type: 'text', properties: { markdown: '' } }) }, messages: [] },
        'error',
      );
    expect(widgets(500)).toEqual([]);
    expect(widgets(501)).toEqual([{ at: '/widgets', says: 'Should NOT have more than 500 items' }]);
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
