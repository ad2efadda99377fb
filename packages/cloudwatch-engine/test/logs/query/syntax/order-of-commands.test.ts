import { describe, expect, it } from 'vitest';
import { LogQueryError, parseLogQuery } from '../../../../src/logs.ts';
import { event, rows } from '../query-rows.ts';

const errorOf = (query: string): LogQueryError | undefined => {
  try {
    parseLogQuery(query);
  } catch (error) {
    if (error instanceof LogQueryError) return error;
    throw error;
  }
  return undefined;
};

/** CloudWatch Logs user guide, stats, "Use multiple stats commands in a single query". */
const ofTheGuide = [
  'FIELDS strlen(@message) AS message_length | STATS sum(message_length)/1024/1024 as logs_mb BY bin(5m) | STATS max(logs_mb) AS peak_ingest_mb, min(logs_mb) AS min_ingest_mb, avg(logs_mb) AS avg_ingest_mb',
  'STATS count_distinct(client_ip) AS session_ips, count(*) AS requests BY session_id, client_platform | FILTER session_ips > 1 | STATS count(*) AS multiple_ip_sessions, sum(requests) / count(*) AS avg_session_requests BY client_platform',
  'FIELDS strlen(@message) AS message_length | STATS sum(message_length) / 1024 / 1024 AS logs_mb BY BIN(5m) as @t | STATS max(logs_mb) AS peak_ingest_mb, min(logs_mb) AS min_ingest_mb, avg(logs_mb) AS avg_ingest_mb BY dateceil(@t, 10m)',
  'STATS sum(x) as sum_x by y, z | STATS max(sum_x) as max_x by z',
  'FIELDS strlen(@message) AS message_length | STATS sum(message_length) AS ingested_bytes, max(@timestamp) as @t BY @logStream | STATS avg(ingested_bytes) BY dateceil(@t, 5m)',
  'fields @timestamp, server, severity, message | sort @timestamp desc | dedup server',
];

describe('commands that may not stand together', () => {
  it.each([
    ['stats count(*) as n by a | stats max(n) as m | stats max(m)', 48, 'has 2 stats commands at most'],
    ['stats count(*) as n by a | sort n | stats max(n)', 28, 'sort must stand behind the second stats'],
    ['limit 5 | stats count(*) as n by a | stats max(n)', 1, 'limit must stand behind the second stats'],
    ['fields a | dedup a | display a', 22, 'display stands behind dedup, which only limit may follow'],
    ['dedup a | sort a | limit 3', 11, 'sort stands behind dedup'],
    ['dedup a | limit 3 | dedup b', 21, 'dedup stands behind dedup'],
    [
      'FIELDS @message | STATS SUM(Fault) by Operation | STATS MAX(strlen(@message)) AS MaxMessageSize',
      51,
      'there is no @message behind the first stats, which gives Operation, SUM(Fault)',
    ],
    [
      'FIELDS strlen(@message) AS message_length | STATS sum(message_length) AS ingested_bytes BY @logStream | STATS avg(ingested_bytes) BY bin(5m)',
      105,
      'there is no @timestamp behind the first stats',
    ],
    ['stats count(*) as n by a | filter b > 1 | stats max(n)', 28, 'there is no b behind'],
    ['stats count(*) as n by a | parse @message "*" as c | stats max(n)', 28, 'there is no @message behind'],
    ['stats count(*) as n by a as c | stats max(n) by a', 33, 'there is no a behind'],
  ])('%s: the error points at the command', (query, character, text) => {
    const error = errorOf(query);
    expect([error && error.start + 1, error?.message]).toEqual([character, expect.stringContaining(text)]);
  });

  it.each([
    ...ofTheGuide,
    'stats sum(x) as n by a | fields n * 2 as m, m + 1 as o | parse a "*-*" as b, c | stats max(o) as p, p + 1 by b',
    'stats sum(x) as n by bin(5m) | stats max(n) by bin(5m)',
    'stats SUM(x) by a | stats max(sum(x))',
    'stats latest(@timestamp) as @timestamp, count(*) as n by a | stats max(n) by bin(5m)',
    'stats count(*) by a | sort @timestamp desc | limit 3',
    'limit 10 | stats count(*)',
    'dedup a | limit 3 | limit 2',
  ])('are not these: %s', (query) => {
    expect(errorOf(query)?.message).toBeUndefined();
  });
});

describe('what there is behind stats', () => {
  const calls = [
    event({ op: 'dial', fault: 2 }, 1),
    event({ op: 'dial', fault: 3 }, 2),
    event({ op: 'hang', fault: 1 }, 3),
  ];

  it('is a call in whatever letters it was written, and beside its name', () => {
    expect(rows('stats SUM( fault ) by op | sort sum(fault) desc', calls)).toEqual([
      ['dial', '5'],
      ['hang', '1'],
    ]);
    expect(rows('stats sum(fault) as n by op | sort Sum(fault)', calls)).toEqual([
      ['hang', '1'],
      ['dial', '5'],
    ]);
    expect(rows('stats SUM(fault) by op | stats max(SUM(fault)) as most', calls)).toEqual([['5']]);
  });

  it('is summed up once more by a second stats', () => {
    expect(
      rows('stats sum(fault) as n by op, bin(5m) as @t | stats max(n), min(n) by dateceil(@t, 10m)', calls),
    ).toEqual([['2026-11-23 12:00:00.000', '5', '1']]);
  });
});
