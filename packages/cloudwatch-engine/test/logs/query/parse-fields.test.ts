import { describe, expect, it } from 'vitest';
import { LogQueryError, parseLogQuery } from '../../../src/logs.ts';
import { cpuMilliseconds } from '../../cpu-time.ts';
import { event, rows } from './query-rows.ts';

describe('parse', () => {
  it('names the groups of an expression by their places', () => {
    const line = event('GET /calls 200');
    expect(
      rows('parse @message /(\\w+) (\\S+) (\\d+)/ as method, path, status | display status, method', [line]),
    ).toEqual([['200', 'GET']]);
    expect(rows('parse /(?<word>\\w+)/ as method | display method, word', [line])).toEqual([['GET']]);
    expect(rows('parse /(?<word>\\w+) (\\S+)/ | display word', [line])).toEqual([['GET']]);
  });

  it('makes a row of each match where it is asked for multi, and keeps what has none', () => {
    const events = [event('from 10.0.0.1 to 10.0.0.2', 1), event('local', 2)];
    expect(
      rows('fields @message | parse @message /(\\d+\\.\\d+\\.\\d+\\.\\d+)/ as ip_addr multi | display ip_addr', events),
    ).toEqual([[], ['10.0.0.1'], ['10.0.0.2']]);
    expect(rows('parse /10\\.0\\.0\\.(?<last>\\d)/ multi | stats count(*) by last', events)).toEqual([
      ['1'],
      ['1', '1'],
      ['2', '1'],
    ]);
  });

  it('reads pairs of logfmt into a map', () => {
    const line = event('level=error msg="no \\"channel\\"" duration=12 host= flag');
    expect(
      rows('parse @message logfmt as lf | filter lf.level = "error" | display lf.msg, lf.duration, lf.host, lf.flag', [
        line,
      ]),
    ).toEqual([['no "channel"', '12', '']]);
    expect(rows('parse logfmt as lf | stats count(*) by lf.level', [line])).toEqual([['error', '1']]);
    expect(rows('parse logfmt as lf | stats count(*) by lf.level', [event('no pairs')])).toEqual([['1']]);
  });

  it('reads values between commas, with commas and quotes in those that are quoted', () => {
    const lines = [event('12:00,ERROR,"one, ""two""",,x', 1), event(',b', 2), event('"a"b,c', 3)];
    expect(
      rows('parse @message csv as time, level, message, none | display time, level, message, none', lines),
    ).toEqual([
      ['"a"b', 'c'],
      ['', 'b'],
      ['12:00', 'ERROR', 'one, "two"', ''],
    ]);
  });

  it('takes logfmt and csv for fields where they are some', () => {
    const one = event({ logfmt: 'a=1', csv: 'x,y' });
    expect(rows('parse logfmt logfmt as lf | parse csv csv as first, second | display lf.a, second', [one])).toEqual([
      ['1', 'y'],
    ]);
    expect(rows('parse logfmt "a=*" as a | display a', [one])).toEqual([['1']]);
  });

  it('takes time that grows with the text', () => {
    const texts = ['x'.repeat(250_000), 'a="b" '.repeat(40_000), ',"x'.repeat(80_000), '=" '.repeat(80_000)];
    const took = cpuMilliseconds(() => {
      for (const text of texts) rows('parse logfmt as lf | parse csv as a, b | display a', [event(text)]);
    });
    expect(took).toBeLessThan(4000);
  });
});

describe('json', () => {
  it('takes a key out of a text or of a map', () => {
    const line = event('got {"user":{"name":"anna"}} at noon');
    // User guide, parse: JSON field extraction.
    expect(
      rows(
        'parse @message /(?<payload>\\{.*\\})/ as payload | json field=payload "user.name" as username | display username',
        [line],
      ),
    ).toEqual([['anna']]);
    const request = event({ requestContext: { identity: { sourceIp: '10.0.0.1' } } });
    expect(
      rows('json field=requestContext "identity.sourceIp" as caller_ip | stats count(*) by caller_ip', [request]),
    ).toEqual([['10.0.0.1', '1']]);
    expect(rows('json field=@message "user.name" as username | display username', [line])).toEqual([[]]);
  });
});

describe('a parse that is none', () => {
  it.each([
    ['parse @message /(a)(b)/ as x', '1 names stand for the 2 groups'],
    ['parse @message /(a)/', 'as with a name for each group'],
    ['parse @message "a *" as x multi', 'or the end'],
    ['parse @message logfmt as a, b', '2 names stand for the 1 map'],
    ['parse @message logfmt', 'a text with * in quotes'],
    ['json payload "a" as b', 'field='],
    ['json field=payload a as b', 'the path of a key in quotes'],
  ])('%s is refused', (query, text) => {
    expect(() => parseLogQuery(query)).toThrow(LogQueryError);
    expect(() => parseLogQuery(query)).toThrow(text);
  });
});
