import type { Running } from '../core/running.ts';

/** What `GET /_emulator/health` says is held, and what was dropped to stay within the limits. */
export const healthOf = ({ core }: Running) => {
  const { clock, functions, queues, asyncEvents, metrics, logs, traces, sns, xray, alarms, dashboards } = core;
  const { metrics: series, ...held } = metrics.size();
  return {
    status: 'ok',
    time: new Date(clock.now()).toISOString(),
    functions: functions.map(({ name }) => name),
    queues: Object.fromEntries(queues.list().map((queue) => [queue.settings.name, queues.countsOf(queue)])),
    asyncEvents: { waiting: asyncEvents.waiting.size, bytes: asyncEvents.bytes(), maxBytes: asyncEvents.maxBytes },
    metrics: { series, ...held, droppedSamples: metrics.droppedSamples() },
    logs: {
      groups: logs.groups().length,
      events: logs.events().length,
      ...logs.size(),
      dropped: logs.droppedEvents(),
      ...logs.errorCounts(),
      queryResults: logs.queryMemory,
    },
    traces: { held: traces.list().length, ...traces.size(), dropped: traces.dropped(), groups: xray.groups.size },
    topics: { topics: sns.topics.size, subscriptions: sns.subscriptions.size, mailbox: sns.mailbox.length },
    alarms: { alarms: alarms.alarms.size, muteRules: alarms.muteRules.size, history: alarms.history.length },
    dashboards: dashboards.dashboards.size,
    insightRules: core.insights.rules.size,
    memory: { heapBytes: process.memoryUsage().heapUsed, residentBytes: process.memoryUsage().rss },
  };
};
