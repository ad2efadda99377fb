import { parseDashboard, printDashboard } from '@voice-campaign/cloudwatch-engine/dashboards';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dashboardOf, graph } from './read-body.ts';

const word = fc.stringMatching(/^[A-Za-z][A-Za-z0-9/_-]{0,8}$/);
const names = fc.array(word, { minLength: 1, maxLength: 3 });
const fields = fc
  .tuple(word, word, names)
  .map(([namespace, name, dimensions]) => [namespace, name, ...dimensions.flatMap((each) => [each, `${each}1`])]);
const render = fc.record(
  {
    id: fc.stringMatching(/^[a-z][a-zA-Z0-9_]{0,5}$/),
    label: fc.string(),
    color: fc.constantFrom('#fff', '#1F77B4'),
    period: fc.constantFrom(1, 5, 10, 30, 60, 300),
    stat: fc.constantFrom('Sum', 'p99.9', 'TM(10%:90%)', 'PR(1:2)', 'IQM'),
    visible: fc.boolean(),
    yAxis: fc.constantFrom('left', 'right'),
    region: word,
  },
  { requiredKeys: [] },
);
const row = fc.oneof(
  fields,
  fc.tuple(fields, render).map(([given, drawn]) => [...given, drawn]),
  fc.tuple(fc.string({ minLength: 1 }), render).map(([expression, drawn]) => [{ expression, ...drawn }]),
);
const edge = fc.record({ value: fc.double({ noNaN: true, noDefaultInfinity: true }), label: fc.string() });
const metric = fc.record({
  type: fc.constant('metric'),
  properties: fc.record(
    {
      region: word,
      metrics: fc.array(row, { maxLength: 5 }),
      title: fc.string(),
      view: fc.constantFrom('timeSeries', 'singleValue', 'table', 'bar', 'pie'),
      stacked: fc.boolean(),
      annotations: fc.record({ horizontal: fc.array(fc.oneof(edge, fc.tuple(edge, edge)), { maxLength: 2 }) }),
    },
    { requiredKeys: ['region', 'metrics'] },
  ),
});
const text = fc.record({ type: fc.constant('text'), properties: fc.record({ markdown: fc.string() }) });
const unknown = fc.record({
  type: fc.constantFrom('later', 'service'),
  properties: fc.dictionary(word, fc.jsonValue()),
});
const place = fc.record(
  {
    width: fc.integer({ min: 1, max: 24 }),
    height: fc.integer({ min: 1, max: 1000 }),
    at: fc.record({ x: fc.integer({ min: 0, max: 23 }), y: fc.nat(50) }),
  },
  { requiredKeys: [] },
);
const widget = fc
  .tuple(fc.oneof(metric, text, unknown), place)
  .map(([content, { at, ...size }]) => ({ ...content, ...at, ...size }));
const variable = fc.record({
  type: fc.constant('pattern'),
  pattern: word,
  inputType: fc.constant('input'),
  id: fc.stringMatching(/^[0-9A-Za-z_-]{1,32}$/),
  defaultValue: fc.oneof(fc.string(), fc.boolean(), fc.integer()),
});
const body = fc.record(
  {
    widgets: fc.array(widget, { maxLength: 5 }),
    variables: fc.array(variable, { maxLength: 3 }),
    start: fc.constantFrom('-PT6H', '-P3D', '2026-11-23T10:00:00Z'),
    periodOverride: fc.constantFrom('auto', 'inherit'),
    later: fc.jsonValue(),
  },
  { requiredKeys: ['widgets'] },
);

/** Writes rows as people do: what stands above as dots, two of them as `..`, and a row that ends alike as `...`. */
const withDots = (rows: readonly (readonly string[])[]): readonly (readonly string[])[] =>
  rows.map((given, index) => {
    const above = rows[index - 1];
    if (!above) return given;
    const last = given.length - 1;
    if (above.length === given.length && given.slice(0, last).every((each, at) => each === above[at])) {
      return index % 2 === 0 ? ['...', given[last] ?? ''] : ['..', ...given.slice(2)];
    }
    return given.map((each, at) => (each === above[at] ? '.' : each));
  });

describe('dashboard bodies, whatever they hold', () => {
  it('mean the same after they were printed', () => {
    fc.assert(
      fc.property(body, (given) => {
        const dashboard = dashboardOf(given);
        expect(dashboardOf(JSON.parse(printDashboard(dashboard)))).toEqual(dashboard);
      }),
    );
  });

  it('mean the same with dots and without', () => {
    const rows = fc.array(
      fc.tuple(fc.constantFrom('a', 'b'), fc.constantFrom('m', 'n'), fc.constant('D'), fc.constantFrom('1', '2', '3')),
    );
    fc.assert(
      fc.property(rows, (given) => {
        expect(dashboardOf(graph({ metrics: withDots(given) }))).toEqual(dashboardOf(graph({ metrics: given })));
      }),
    );
  });

  it('are read or refused with a reason, and never throw', () => {
    const broken = fc.tuple(body, fc.nat(), fc.nat(), fc.string()).map(([given, from, length, instead]) => {
      const printed = JSON.stringify(given);
      const at = from % printed.length;
      return `${printed.slice(0, at)}${instead}${printed.slice(at + (length % 20))}`;
    });
    const shuffled = fc.record({
      widgets: fc.array(
        fc.record({
          type: fc.constantFrom('metric', 'log', 'alarm', 'text', 'explorer', 'custom', 'chart'),
          properties: fc.jsonValue(),
        }),
      ),
      variables: fc.jsonValue(),
    });
    const given = fc.oneof(
      fc.string(),
      fc.json(),
      broken,
      shuffled.map((each) => JSON.stringify(each)),
    );
    fc.assert(
      fc.property(given, (each) => {
        const parsed = parseDashboard(each);
        if (!parsed.ok) expect(parsed.messages.some(({ severity }) => severity === 'error')).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});
