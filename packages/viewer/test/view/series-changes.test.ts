import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withTails } from '../../src/page/state/series-tails.ts';
import type { WidgetData } from '../../src/protocol/dashboard-view.ts';
import { changeOf } from '../../src/view/series-changes.ts';

const widget = (points: readonly (readonly [number, number | null])[], label = 'Calls', start = 0): WidgetData => ({
  kind: 'metrics',
  range: { start, end: 100 },
  messages: [],
  series: [
    {
      key: 'm/0',
      label,
      axis: 'left',
      periodSeconds: 1,
      timestamps: points.map(([at]) => at),
      values: points.map(([, value]) => value),
    },
  ],
});

const received = (before: WidgetData, after: WidgetData): WidgetData => {
  const event = changeOf(3, before, after);
  if (event?.kind === 'tails') return withTails(before, event.tails, event.range);
  return event?.kind === 'widget' ? event.data : before;
};

describe('what a page is told of a widget', () => {
  it('is nothing while nothing changed', () => {
    expect(changeOf(3, widget([[1, 2]]), widget([[1, 2]]))).toBeUndefined();
  });

  it('is only the points from the first that changed on', () => {
    const event = changeOf(3, widget([[1, 2], [2, 5], [3, 1]]), widget([[1, 2], [2, 5], [3, 4], [4, 9]])); // biome-ignore format: pairs
    expect(event).toMatchObject({
      kind: 'tails',
      widget: 3,
      tails: [{ key: 'm/0', timestamps: [3, 4], values: [4, 9] }],
    });
  });

  it('is all of it where points went away', () => {
    expect(changeOf(3, widget([[1, 2], [2, 5]]), widget([[1, 2]]))).toMatchObject({ kind: 'widget' }); // biome-ignore format: pairs
  });

  it('makes the page show exactly what the server has, whatever changed', () => {
    const points = fc
      .uniqueArray(fc.integer({ min: 0, max: 30 }), { maxLength: 12 })
      .chain((times) =>
        fc
          .array(fc.option(fc.integer({ min: 0, max: 3 })), { minLength: times.length, maxLength: times.length })
          .map((values) => times.sort((a, b) => a - b).map((at, index) => [at, values[index] ?? null] as const)),
      );
    fc.assert(
      fc.property(
        points,
        points,
        fc.constantFrom('a', 'b'),
        fc.integer({ min: 0, max: 20 }),
        (one, given, label, start) => {
          const other = given.filter(([at]) => at >= start - 1);
          expect(received(widget(one), widget(other, label, start))).toEqual(widget(other, label, start));
        },
      ),
    );
  });
});
