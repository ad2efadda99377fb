import { describe, expect, it } from 'vitest';
import { event, rows, value } from './query-rows.ts';

describe('maps and lists', () => {
  const body = { call: { id: 7, 'user.id': '123', hops: ['a', { 'b c': 1 }] }, 'user.id': 'u-1', user: { id: 'u-2' } };

  it('have members by name, by index, and by a name in backquotes', () => {
    const one = event({ body: JSON.stringify(body) });
    const member = (path: string) => rows(`fields jsonParse(body) as parsed | display ${path}`, [one])[0]?.[0];
    expect(member('parsed.call.id')).toBe('7');
    expect(member('parsed.call.hops[0]')).toBe('a');
    expect(member('parsed.call.hops[1].`b c`')).toBe('1');
    expect(member('parsed.`user.id`')).toBe('u-1');
    expect(member('parsed.user.id')).toBe('u-2');
    expect(value('jsonParse(body).call.`user.id`', { body: JSON.stringify(body) })).toBe('123');
    expect(
      rows('fields jsonParse(@message) as json_message | filter json_message.`user.id` = "u-1" | stats count(*)', [
        event(body),
      ]),
    ).toEqual([['1']]);
  });

  it('are those that JSON spells, and nothing else', () => {
    expect(value('jsonParse(" [1, 2] ")')).toBe('[1,2]');
    expect(value('ispresent(jsonParse("5")) or ispresent(jsonParse("{")) or ispresent(jsonParse("{} {}"))')).toBe('0');
    expect(value('jsonParse(@message)', `${'['.repeat(100_000)}`)).toBeUndefined();
  });

  it('are nothing to functions of texts, numbers and time, and equal nothing', () => {
    const json_message = 'jsonParse(@message)';
    const functions = ['toupper(#)', 'strlen(#)', 'abs(#)', 'datefloor(#, 1h)', 'trim(#)', 'messageSize(#)', '# + 1'];
    const given = functions.map((each) => value(each.replace('#', json_message)));
    expect(given).toEqual(given.map(() => undefined));
    expect(value(`isempty(${json_message}) and ispresent(${json_message})`)).toBe('1');
    expect(value(`${json_message} = ${json_message} or ${json_message} != 1 or ${json_message} like "{"`)).toBe('0');
  });

  it('are as missing to dedup, sort and stats', () => {
    const events = [event({ n: 1 }, 1), event({ n: 2 }, 2), event({ n: 1 }, 3)];
    const parsed = 'fields jsonParse(@message) as map, n';
    expect(rows(`${parsed} | display map, n | dedup map`, events)).toHaveLength(3);
    expect(rows(`${parsed} | sort map asc | display n`, events)).toEqual([['1'], ['2'], ['1']]);
    expect(rows(`${parsed} | stats count(*), count(map), count_distinct(map) by map`, events)).toEqual([
      ['3', '0', '0'],
    ]);
  });
});
