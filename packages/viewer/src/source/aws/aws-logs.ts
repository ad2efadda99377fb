import {
  type CloudWatchLogsClient,
  DescribeLogGroupsCommand,
  FilterLogEventsCommand,
  GetQueryResultsCommand,
  StartQueryCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import type { LogGroups, LogLine, QueryAnswer } from '../../protocol/log-view.ts';
import type { TimeRange } from '../../protocol/widget-series.ts';
import { type LogQuestion, ViewSourceError } from '../view-source.ts';
import type { CostLedger } from './polling-cost.ts';
import { remembered } from './remembered.ts';
import type { Schedule } from './schedule.ts';
import { type AwsClients, allPages, asked, needed } from './send.ts';

type LogsOptions = { readonly ledger: CostLedger; readonly now: () => number; readonly schedule: Schedule };

export type AwsLogs = {
  readonly groups: () => Promise<LogGroups>;
  readonly lines: (question: LogQuestion) => Promise<readonly LogLine[]>;
  readonly query: (text: string, range: TimeRange) => Promise<QueryAnswer>;
  /** Asks for what came since in the groups that a page watches; says whether there was anything. */
  readonly poll: () => Promise<boolean>;
};

const GROUPS_SECONDS = 60;
/** A query costs by what it scans, each time. */
const QUERY_SECONDS = 60;
const WATCHED_SECONDS = 60;
const FIRST_SECONDS = 600;
const LATE_MS = 30_000;
const MOST_LINES = 5000;
const MOST_SEEN = 20_000;
const POLL_MS = 250;
const QUERY_LIMIT_MS = 60_000;

/** The logs of an account. Lines are numbered as they come; only groups that a page watches are asked for them. */
export function awsLogs(clients: AwsClients, options: LogsOptions): AwsLogs {
  const { ledger, now } = options;
  const client = (): CloudWatchLogsClient => needed(clients.logs, 'logs');
  const groups = remembered({ seconds: GROUPS_SECONDS, now });
  const queries = remembered({ seconds: QUERY_SECONDS, now });
  const tail = createTail(client, options);
  return {
    groups: () =>
      groups('groups', () =>
        asked('DescribeLogGroups', async () => {
          const pages = await allPages(async (nextToken) => {
            ledger.add('request', 1);
            const page = await client().send(
              new DescribeLogGroupsCommand({ limit: 50, ...(nextToken !== undefined && { nextToken }) }),
            );
            return { ...page, NextToken: page.nextToken };
          });
          const logGroups = pages.flatMap((page) => page.logGroups ?? []);
          return {
            groups: logGroups.map(({ logGroupName = '', retentionInDays, storedBytes = 0 }) => ({
              ...{ name: logGroupName, storedBytes },
              ...(retentionInDays !== undefined && { retentionDays: retentionInDays }),
            })),
          };
        }),
      ),
    lines: tail.lines,
    query: (text, range) =>
      queries(`${text} ${Math.round(range.end - range.start)}`, () =>
        asked('StartQuery', () => runQuery(client(), text, range, options)),
      ),
    poll: tail.poll,
  };
}

type Watched = { readonly group: string; readonly pattern: string; askedAt: number; newest: number };

function createTail(client: () => CloudWatchLogsClient, { ledger, now }: LogsOptions) {
  const watched = new Map<string, Watched>();
  /** When each event that was read happened: late ones are asked for again. */
  const seen = new Map<string, number>();
  let lines: (LogLine & { readonly pattern: string })[] = [];
  let order = 0;
  const read = async (watch: Watched): Promise<boolean> => {
    const asking = {
      logGroupName: watch.group,
      startTime: Math.max(0, Math.floor(watch.newest - LATE_MS)),
      ...(watch.pattern !== '' && { filterPattern: watch.pattern }),
    };
    // A page may be empty though another follows: each answer covers a part of the streams.
    const pages = await allPages(async (nextToken) => {
      ledger.add('request', 1);
      const page = await client().send(
        new FilterLogEventsCommand({ ...asking, ...(nextToken !== undefined && { nextToken }) }),
      );
      return { ...page, NextToken: page.nextToken };
    });
    const events = pages.flatMap((page) => page.events ?? []);
    let isNew = false;
    for (const { eventId = '', timestamp = 0, logStreamName = '', message = '' } of events) {
      const key = `${watch.pattern}|${watch.group}|${eventId}`;
      if (seen.has(key)) continue;
      seen.set(key, timestamp);
      isNew = true;
      order += 1;
      watch.newest = Math.max(watch.newest, timestamp);
      const { group, pattern } = watch;
      lines.push({ id: order, at: timestamp / 1000, group, stream: logStreamName, message, pattern });
    }
    if (lines.length > MOST_LINES) lines = lines.slice(-MOST_LINES);
    if (seen.size > MOST_SEEN) forgetOlder(seen, watch.newest - 2 * LATE_MS);
    return isNew;
  };
  return {
    lines: async ({ group, pattern = '', after = 0, limit }: LogQuestion): Promise<readonly LogLine[]> => {
      if (group !== undefined) {
        const key = `${group}|${pattern}`;
        const known = watched.get(key);
        const watch = known ?? { group, pattern, askedAt: now(), newest: (now() - FIRST_SECONDS) * 1000 };
        watched.set(key, watch);
        watch.askedAt = now();
        if (!known) await asked('FilterLogEvents', () => read(watch));
      }
      return lines
        .filter(
          (line) => line.id > after && (group === undefined || (line.group === group && line.pattern === pattern)),
        )
        .slice(-limit)
        .map(({ pattern: _, ...line }) => line);
    },
    poll: async (): Promise<boolean> => {
      for (const [key, { askedAt }] of watched) if (now() - askedAt > WATCHED_SECONDS) watched.delete(key);
      const found = await asked('FilterLogEvents', () => Promise.all([...watched.values()].map(read)));
      return found.includes(true);
    },
  };
}

function forgetOlder(seen: Map<string, number>, than: number): void {
  for (const [key, at] of seen) if (at < than) seen.delete(key);
}

const SOURCES = /^\s*(?:SOURCE\s+(?:'[^']*'|"[^"]*"|[\w./#-]+)(?:\s*,\s*(?:'[^']*'|"[^"]*"|[\w./#-]+))*\s*\|?\s*)+/i;
const ONE_SOURCE = /'([^']*)'|"([^"]*)"|(?<=SOURCE\s+|,\s*)([\w./#-]+)/gi;

/** Log groups stand in a widget's query, and beside it in StartQuery. */
function sourcesOf(text: string): { readonly logGroupNames: string[]; readonly queryString: string } {
  const [sources = ''] = SOURCES.exec(text) ?? [];
  const logGroupNames = [...sources.matchAll(ONE_SOURCE)].map(
    ([, single, double, bare]) => single ?? double ?? bare ?? '',
  );
  return { logGroupNames: [...new Set(logGroupNames)], queryString: text.slice(sources.length) };
}

async function runQuery(
  client: CloudWatchLogsClient,
  text: string,
  { start, end }: TimeRange,
  { ledger, schedule }: LogsOptions,
): Promise<QueryAnswer> {
  const { logGroupNames, queryString } = sourcesOf(text);
  if (logGroupNames.length === 0) {
    throw new ViewSourceError("The query names no log group: let it begin with SOURCE '/aws/lambda/…' |");
  }
  ledger.add('request', 1);
  const range = { startTime: Math.floor(start), endTime: Math.ceil(end) };
  const { queryId } = await client.send(new StartQueryCommand({ logGroupNames, queryString, ...range }));
  for (let waited = 0; waited < QUERY_LIMIT_MS; waited += POLL_MS) {
    ledger.add('request', 1);
    const { status, results = [], statistics = {} } = await client.send(new GetQueryResultsCommand({ queryId }));
    if (status === 'Complete') {
      const { bytesScanned = 0, recordsMatched = 0, recordsScanned = 0 } = statistics;
      ledger.add('scannedByte', bytesScanned);
      return { ...tableOf(results), matched: recordsMatched, scanned: recordsScanned };
    }
    if (status !== 'Running' && status !== 'Scheduled') throw new ViewSourceError(`The query ended as ${status}`);
    await new Promise<void>((resolve) => void schedule(POLL_MS, resolve));
  }
  throw new ViewSourceError(`The query took more than ${QUERY_LIMIT_MS / 1000} s: ask for a shorter time`);
}

type Cell = { readonly field?: string | undefined; readonly value?: string | undefined };

function tableOf(results: readonly (readonly Cell[])[]): Pick<QueryAnswer, 'columns' | 'rows'> {
  const names = results.flatMap((row) => row.map(({ field = '' }) => field));
  const columns = [...new Set(names)].filter((name) => name !== '@ptr');
  const rows = results.map((row) => {
    const cells = new Map(row.map(({ field = '', value = '' }) => [field, value]));
    return columns.map((column) => cells.get(column) ?? '');
  });
  return { columns, rows };
}
