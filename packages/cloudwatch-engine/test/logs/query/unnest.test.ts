import { describe, expect, it } from 'vitest';
import { parseLogQuery, runLogQuery } from '../../../src/logs.ts';
import { end, event, rows, start } from './query-rows.ts';

/** CloudWatch Logs user guide, unnest. */
describe('unnest', () => {
  it('gives a record for each item, as in the first example of the guide', () => {
    const query =
      'fields jsonParse(@message) as json_message | unnest json_message.events into event | display event.name';
    const message = '{ "events": [ { "name": "exception" }, { "name": "user action" } ] }';
    expect(rows(query, [event(message)])).toEqual([['exception'], ['user action']]);
  });

  it('leaves items to filter, as in the second', () => {
    const accounts = [
      { id: 1, type: 'internal' },
      { id: 2, type: 'external' },
      { id: 3, type: 'internal' },
    ];
    const query =
      'fields jsonParse(@message) as js | unnest js.accounts into account | filter account.type = "internal"';
    expect(rows(`${query} | display account.id`, [event({ accounts })])).toEqual([['1'], ['3']]);
  });

  it('leaves items to stats, as in the third', () => {
    const trimmedData = (...accounts: readonly (readonly [string, number])[]) => ({
      trimmedData: JSON.stringify(accounts.map(([accountId, droppedSpans]) => ({ accountId, droppedSpans }))),
    });
    const query =
      'fields jsonParse(trimmedData) as accounts | unnest accounts into account | stats sum(account.droppedSpans) as n by account.accountId | sort n desc | limit 10';
    expect(rows(query, [event(trimmedData(['a', 1], ['b', 5])), event(trimmedData(['a', 2]), 1)])).toEqual([
      ['b', '5'],
      ['a', '3'],
    ]);
  });

  it('keeps all other fields, and their columns', () => {
    const query = parseLogQuery('fields id, jsonParse(list) as js | unnest js into item | filter ispresent(@message)');
    const { columns, rows: found } = runLogQuery(query, [event({ id: 7, list: '[1, [2]]' })], { start, end, now: end });
    expect(columns).toEqual(['id', 'js', 'item']);
    expect(found.map((row) => row.map(({ value }) => value))).toEqual([
      ['7', '[1,[2]]', '1', 'p-0'],
      ['7', '[1,[2]]', '[2]', 'p-0'],
    ]);
  });

  it('has one item of whatever is no list, and none of an empty list', () => {
    const query = 'fields jsonParse(@message) as js | unnest js.a into item | display id, item';
    const items = [{ b: 1 }, 'text', 5, '[1, 2]'].map((a, id) => event({ id, a }, id));
    expect(rows(query, [...items, event({ id: 9, a: [] })])).toEqual([
      ['3', '[1, 2]'],
      ['2', '5'],
      ['1', 'text'],
      ['0', '{"b":1}'],
    ]);
    expect(rows(query, [event({ id: 1 })])).toEqual([['1']]);
  });

  it('hides what is found in the event under the name of an item', () => {
    const message = { list: [{ name: 'inner' }, { other: 1 }, null], event: { name: 'outer' } };
    const query = 'fields jsonParse(@message) as js | unnest js.list into event | display js.event.name, event.name';
    expect(rows(query, [event(message)])).toEqual([['outer', 'inner'], ['outer'], ['outer']]);
  });
});

/** CloudWatch Logs user guide, expand. */
describe('expand', () => {
  const message = { items: ['apple', 'banana', 'cherry'], host: 'web-01' };

  it('gives an event for each element of an array, as in the example of the guide', () => {
    const fruits = [
      ['apple', 'web-01'],
      ['banana', 'web-01'],
      ['cherry', 'web-01'],
    ];
    expect(rows('expand items | display items, host', [event(message)])).toEqual(fruits);
    const counted = fruits.map((fruit) => [...fruit, '1']);
    expect(rows('expand items | stats count(*) by items, host', [event(message)])).toEqual(counted);
    const asText = { ...message, items: JSON.stringify(message.items) };
    expect(rows('expand items | stats count(*) by items, host', [event(asText)])).toEqual(counted);
  });

  it('leaves an event as it is whose field is no array', () => {
    expect(rows('fields host | expand items', [event({ host: 'a', items: 'x' }), event({ host: 'b' }, 1)])).toEqual([
      ['b'],
      ['a', 'x'],
    ]);
  });
});
