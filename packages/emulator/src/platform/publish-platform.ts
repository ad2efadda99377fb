import type { MetricDatum } from '@voice-campaign/cloudwatch-engine';
import { type Clock, isReal } from '../core/clock.ts';
import type { PlatformEvent } from '../lambda/events.ts';
import type { InvocationResult } from '../lambda/invocation-result.ts';
import { ageOfOldest, takeActivity } from '../queue/queue.ts';
import type { QueueService } from '../queue/service/queue-service.ts';
import { type ApiRequest, apiMetrics } from './api-metrics.ts';
import { concurrencyMetrics, lambdaMetrics } from './lambda-metrics.ts';
import { queueMetrics } from './queue-metrics.ts';

export type PlatformPublisher = {
  /** Wants every event of the local Lambda. */
  readonly lifecycle: (event: PlatformEvent) => void;
  /** A request that no function took: Lambda's events do not tell of it. */
  readonly throttled: (result: InvocationResult) => void;
  readonly apiRequest: (request: ApiRequest) => void;
  /** Ends the minutely reports on queues. */
  readonly stop: () => void;
};

const minute = 60_000;

/** Publishes what Lambda, SQS and API Gateway say of themselves: as things happen, and of queues each minute. */
export const publishPlatform = (setting: {
  readonly add: (data: readonly MetricDatum[]) => void;
  readonly clock: Clock;
  readonly queues: QueueService;
  /** Real time, of the queues and of Lambda's events. */
  readonly now: () => number;
  /** More that is told each minute: of the minute that began then, epoch milliseconds. */
  readonly ofMinute?: (start: number) => readonly MetricDatum[];
}): PlatformPublisher => {
  const { add, clock, queues, now, ofMinute = () => [] } = setting;
  const running = new Map<string, number>();
  const change = (name: string, by: number): void => void running.set(name, (running.get(name) ?? 0) + by);
  /** What the emulator's clock shows as something happens, in real time `at`. */
  const onClock = (at: number): number => (isReal(clock, now) ? at : clock.now());
  /** What it showed as the invocations began that are under way. */
  const begun = new Map<string, number>();
  const lifecycle = (event: PlatformEvent): void => {
    const { functionName } = event;
    if (event.kind === 'start') {
      change(functionName, 1);
      const ofAll = [...running.values()].reduce((sum, count) => sum + count, 0);
      begun.set(event.requestId, clock.now());
      add(concurrencyMetrics(functionName, { ofFunction: running.get(functionName) ?? 0, ofAll }, onClock(event.at)));
    }
    if (event.kind === 'report') {
      change(functionName, -1);
      const { startedAt } = event.result;
      add(lambdaMetrics(event.result, isReal(clock, now) ? startedAt : (begun.get(event.requestId) ?? clock.now())));
      begun.delete(event.requestId);
    }
  };
  let cancel = (): void => {};
  const reportQueues = (at: number): void => {
    for (const queue of queues.list()) {
      const report = {
        ...queues.countsOf(queue),
        name: queue.settings.name,
        activity: takeActivity(queue),
        ageOfOldestSeconds: ageOfOldest(queue, now()),
      };
      add(queueMetrics(report, at - minute));
    }
  };
  const nextMinute = (): void => {
    const at = (Math.floor(clock.now() / minute) + 1) * minute;
    cancel = clock.at(at, () => {
      reportQueues(at);
      add(ofMinute(at - minute));
      nextMinute();
    });
  };
  nextMinute();
  return {
    lifecycle,
    throttled: (result) => add(lambdaMetrics(result, onClock(result.invokedAt))),
    apiRequest: (request) => add(apiMetrics(request, clock.now())),
    stop: () => cancel(),
  };
};
