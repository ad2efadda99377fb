import { expect, it } from 'vitest';
import { seriesOfAnswer } from '../../src/view/widget-series.ts';

const result = (id: string, label: string) => ({ id, label, timestamps: [0, 60], values: [1, 2] });
const query = (Id: string, Expression: string) => ({ Id, Expression, Period: 60, ReturnData: true });
const drawing = (id: string) => ({ id, yAxis: 'left' as const, visible: true, color: '#123456' });

it('tells the edges of a band from lines, and gives both its colour', () => {
  const results = [result('b', 'High'), result('b', 'Low'), result('s', 'one'), result('s', 'two')];
  const queries = [query('b', ' ANOMALY_DETECTION_BAND(m1, 2)'), query('s', "SEARCH('x', 'Sum')")];
  const series = seriesOfAnswer({ results, messages: [] }, queries, [drawing('b'), drawing('s')]);
  expect(series.map(({ key, lowerOf, color }) => [key, lowerOf, color])).toEqual([
    ['b/0', undefined, '#123456'],
    ['b/1', 'b/0', '#123456'],
    ['s/0', undefined, undefined],
    ['s/1', undefined, undefined],
  ]);
});
