import { describe, expect, it } from 'vitest';
import { parseLogQuery, runLogQuery } from '../../../src/logs.ts';
import { end, event, rows, start, value } from './query-rows.ts';

const calls = [
  event({ outcome: 'answered', durationMs: 1200, campaignId: 'c-1', call: { trunk: 'a', hops: [1, 2] } }, 1),
  event({ outcome: 'busy', durationMs: 300, campaignId: 'c-1', call: { trunk: 'b' } }, 4),
  event({ outcome: 'answered', durationMs: 800, campaignId: 'c-2', call: { trunk: 'a' } }, 6),
  event({ outcome: 'failed', campaignId: 'c-2', error: 'no channel' }, 7),
];

describe('commands', () => {
  it('show time and message of the newest first, where nothing else is asked for', () => {
    expect(rows('', [event('one', 1), event('two', 2)])).toEqual([
      ['2026-11-23 12:02:00.000', 'two'],
      ['2026-11-23 12:01:00.000', 'one'],
    ]);
  });

  it('fields, filter, sort, limit and display pick events and columns', () => {
    const query = `fields outcome, call.trunk as trunk, durationMs / 1000 as seconds # what a call was
      | filter outcome = "answered" or durationMs < 500
      | sort seconds desc, outcome
      | limit 2
      | display trunk, seconds`;
    expect(rows(query, calls)).toEqual([
      ['a', '1.2'],
      ['a', '0.8'],
    ]);
  });

  it('stats counts and measures by field and period, and may calculate with what it found', () => {
    expect(
      rows('stats count(*) as n, avg(durationMs), sum(durationMs) / count(durationMs) as mean by campaignId', calls),
    ).toEqual([
      ['c-2', '2', '800', '800'],
      ['c-1', '2', '750', '750'],
    ]);
    expect(rows('stats count(*) by bin(5m) | sort bin(5m) asc', calls)).toEqual([
      ['2026-11-23 12:00:00.000', '2'],
      ['2026-11-23 12:05:00.000', '2'],
    ]);
    const all = `stats min(durationMs), max(durationMs), pct(durationMs, 50), stddev(durationMs), count_distinct(campaignId),
      earliest(outcome), latest(outcome), sortsFirst(outcome), sortsLast(outcome), count()`;
    expect(rows(all, calls)).toEqual([
      [
        '300',
        '1200',
        '800',
        String(Math.sqrt(406_666.666_666_666_7 / 3)),
        '2',
        'answered',
        'failed',
        'answered',
        'failed',
        '4',
      ].map((each, index) => (index === 3 ? expect.stringMatching(/^368\.17/) : each)),
    ]);
  });

  it('stats follows stats', () => {
    expect(rows('stats count(*) as n by campaignId, outcome | stats max(n) as most, count(*) as kinds', calls)).toEqual(
      [['1', '4']],
    );
  });

  it('stats calculates with the names of items before', () => {
    // User guide, sample queries of Lambda: over-provisioned memory.
    const query = `filter @type = "REPORT"
      | stats max(@memorySize / 1000 / 1000) as provisonedMemoryMB,
        min(@maxMemoryUsed / 1000 / 1000) as smallestMemoryRequestMB,
        avg(@maxMemoryUsed / 1000 / 1000) as avgMemoryUsedMB,
        max(@maxMemoryUsed / 1000 / 1000) as maxMemoryUsedMB,
        provisonedMemoryMB - maxMemoryUsedMB as overProvisionedMB`;
    const report = (used: number) =>
      event(`REPORT RequestId: r\tDuration: 1 ms\tMemory Size: 256 MB\tMax Memory Used: ${used} MB\t`);
    expect(rows(query, [report(80), report(100)])).toEqual([['256', '80', '90', '100', '156']]);
    expect(rows('stats count(*) as n, n * 2 as twice, n + sum(durationMs) as s by campaignId', calls)).toEqual([
      ['c-2', '2', '4', '802'],
      ['c-1', '2', '4', '1502'],
    ]);
  });

  it('where is another name of filter, and limit any of limit', () => {
    expect(rows('fields outcome | where outcome == "busy" | limit any 1', calls)).toEqual([['busy']]);
    expect(parseLogQuery('where a == 1 | limit any 7')).toEqual(parseLogQuery('filter a = 1 | limit 7'));
  });

  it('parse takes globs and expressions, from the message or a field', () => {
    const line = event('user=anna, method:GET, latency := 12');
    expect(
      rows('parse "user=*, method:*, latency := *" as user, method, latency | display user, latency', [line]),
    ).toEqual([['anna', '12']]);
    const regex = 'fields @message | parse @message /latency := (?<ms>\\d+)/ | filter ms > 5';
    expect(rows(regex, [line])).toEqual([['user=anna, method:GET, latency := 12', '12']]);
    expect(rows('parse error "no *" as what | stats count(*) by what', calls)).toEqual([['channel', '1'], ['3']]);
  });

  it('dedup keeps the first of each, and what lacks the field', () => {
    expect(rows('fields outcome | dedup campaignId', calls)).toEqual([['failed'], ['busy']]);
    expect(rows('fields outcome | dedup error', calls)).toHaveLength(4);
  });

  it('SOURCE names log groups, as dashboards write it', () => {
    expect(parseLogQuery("SOURCE '/a' | SOURCE '/b' | fields @message | limit 3")).toMatchObject({
      sources: ['/a', '/b'],
      commands: [{ kind: 'fields' }, { kind: 'limit', count: 3 }],
    });
  });

  it('say how much was scanned and matched', () => {
    const late = event('late', 90);
    const { statistics } = runLogQuery(parseLogQuery('filter outcome = "busy" | limit 1'), [...calls, late], {
      start,
      end,
      now: start,
    });
    expect(statistics).toMatchObject({ recordsScanned: 4, recordsMatched: 1 });
    expect(rows('fields @message', calls, 3)).toHaveLength(3);
  });
});

describe('fields', () => {
  it('are found in JSON, also behind a prefix, and by index', () => {
    expect(value('call.hops.1', { call: { hops: [1, 2] } })).toBe('2');
    expect(value('call.hops[0]', { call: { hops: [1, 2] } })).toBe('1');
    expect(value('`client-ip`', { 'client-ip': '10.0.0.1' })).toBe('10.0.0.1');
    expect(
      value('level', '2026-11-23T12:00:00.000Z\t0a1b2c3d-0000-4000-8000-000000000000\tINFO\t{"level":"INFO"}'),
    ).toBe('INFO');
    expect(value('call', { call: { trunk: 'a' } })).toBe('{"trunk":"a"}');
    expect(value('client.ip', { 'client.ip': '10.0.0.1' })).toBe('10.0.0.1');
    // User guide: a field whose name begins with @ is shown with one more.
    expect(value('@@host.name', { '@host': { name: 'pbx-1' } })).toBe('pbx-1');
    expect(value('@host', { '@host': 'pbx-1' })).toBeUndefined();
  });

  it("are found in Lambda's own lines", () => {
    const report = event(
      'REPORT RequestId: 0a1b2c3d-0000-4000-8000-000000000000\tDuration: 12.50 ms\tBilled Duration: 13 ms\tMemory Size: 256 MB\tMax Memory Used: 80 MB\tInit Duration: 140.25 ms\t',
    );
    expect(
      rows('filter @type = "REPORT" | stats max(@duration), max(@memorySize / 1000 / 1000) as mb, max(@initDuration)', [
        report,
        event('START RequestId: x Version: $LATEST'),
      ]),
    ).toEqual([['12.5', '256', '140.25']]);
    expect(rows('fields @requestId, @maxMemoryUsed, @billedDuration', [report])).toEqual([
      ['0a1b2c3d-0000-4000-8000-000000000000', '80000000', '13'],
    ]);
  });

  it('of the event itself begin with @', () => {
    expect(rows('fields @timestamp, @ingestionTime, @logStream, @log', [event('x')])).toEqual([
      ['2026-11-23 12:00:00.000', '2026-11-23 12:00:00.005', 's-1', '123456789012:/aws/lambda/dialer-worker'],
    ]);
  });
});

describe('expressions', () => {
  it.each([
    ['1 + 2 * 3 ^ 2 - 8 % 3', '17'],
    ['-(2 + 3) / 2', '-2.5'],
    ['1 / 0', undefined],
    ['missing + 1', undefined],
    ['"a" = "a" and not 1 > 2 or false', '1'],
    ['2 in [1, "2"]', '1'],
    ['"c" not in ["a", "b"]', '1'],
    ['"TimeoutError" like /(?i)timeout/', '1'],
    ['"TimeoutError" =~ /^Error/', '0'],
    ['"TimeoutError" like "Error"', '1'],
    ['"TimeoutError" not like "error"', '1'],
    ['abs(-3)', '3'],
    ['ceil(1.2) + floor(1.8)', '3'],
    ['greatest(1, 5, 3) - least(4, 2)', '3'],
    ['floor(log(100) * 1000)', '4605'],
    ['sqrt(-1)', undefined],
    ['sqrt(16)', '4'],
    ['ispresent(missing)', '0'],
    ['coalesce(missing, "b")', 'b'],
    ['isempty("") and isblank("  ") and not isblank("a")', '1'],
    ['concat("a", 1, missing, "b")', 'a1b'],
    ['ltrim("xxa", "x")', 'a'],
    ['rtrim("a  ")', 'a'],
    ['trim(" a ")', 'a'],
    // What a query writes as \t is a backslash and a t, so that white space stands here itself.
    ['concat("<", trim("\t a\n\u00a0"), ">")', '<a>'],
    ['concat("<", ltrim("\t a "), ">")', '<a >'],
    ['concat("<", rtrim(" a\t\n"), ">")', '< a>'],
    ['ltrim("xyZxyfooxyZ", "xyZ")', 'fooxyZ'],
    ['rtrim("xyZfooxyxyZ", "xyZ")', 'xyZfoo'],
    ['trim("xyZxyfooxyxyZ", "xyZ")', 'foo'],
    ['strlen("héllo")', '5'],
    ['toupper("a")', 'A'],
    ['tolower("A")', 'a'],
    ['substr("xyZfooxyZ", 3)', 'fooxyZ'],
    ['substr("xyZfooxyZ", 3, 4)', 'foox'],
    ['replace("foo", "o", "0")', 'f00'],
    ['strcontains("hello", "ell")', '1'],
    ['isValidIp("10.0.0.1")', '1'],
    ['isValidIpv4("10.0.1")', '0'],
    ['isValidIpv6("fe80::1")', '1'],
    ['isIpInSubnet("10.1.2.3", "10.0.0.0/8")', '1'],
    ['isIpv4InSubnet("11.1.2.3", "10.0.0.0/8")', '0'],
    ['isIpv6InSubnet("fe80::1", "fe80::/10")', '1'],
    ['isIpInSubnet("10.1.2.3", "nonsense")', '0'],
    ['jsonStringify(jsonParse("[1,2]"))', '[1,2]'],
    ['datefloor(@timestamp, 1d)', '2026-11-23 00:00:00.000'],
    ['dateceil(@timestamp, 1mo)', '2026-12-01 00:00:00.000'],
    ['datefloor(@timestamp, 1y)', '2026-01-01 00:00:00.000'],
    ['bin(1h)', '2026-11-23 12:00:00.000'],
    ['toMillis(fromMillis(5))', '5'],
    ['now()', String(end / 1000)],
    ["'it\\'s'", "it's"],
  ])('%s is %s', (expression, expected) => {
    expect(value(expression)).toBe(expected);
  });

  it('compare numbers with texts that spell them, and booleans with either', () => {
    const one = event({ status: '404', ok: true });
    expect(rows('filter status = 404 and status > 99 and ok = 1 and ok = "true" | stats count(*)', [one])).toEqual([
      ['1'],
    ]);
  });

  it('are in order as numbers or as texts, and a number is in none with a text', () => {
    const compared = (condition: string) => value(`if(${condition}, 1, 0)`, { version: '1.10.0', dash: '-', n: 5 });
    expect(compared('"10" > 9 and n < 10 and n >= "5"')).toBe('1');
    expect(compared('version < "1.9.0" and "a" <= "a" and "Z" < "a" and "\uff5e" < "\u{1f600}"')).toBe('1');
    expect(compared('dash < n or dash > n or missing < n or missing >= n')).toBe('0');
  });
});
