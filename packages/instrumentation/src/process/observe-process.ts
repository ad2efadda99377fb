import { PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { type Contract, type EmitterName, resolveNamespace } from '@voice-campaign/metrics-schema';
import { LONGEST_TIMER_MS, numberOption } from '../runtime/number-option.ts';
import { signalsOf } from '../runtime/options.ts';
import { tell } from '../runtime/tell.ts';
import type { Metrics } from '../tools/tools.ts';
import { accumulate } from './accumulate.ts';
import { createDelivery } from './deliver.ts';
import { renderPoint } from './metric-data.ts';
import type { ProcessIssue } from './process-issue.ts';
import { createSampler } from './sampler.ts';

/** The metrics a long-lived process emits. PutMetricData has no properties: what is searchable belongs in logs. */
export type ProcessMetrics<C extends Contract, E extends EmitterName<C>> = Omit<Metrics<C, E>, 'property'>;

export type ProcessOptions = {
  /** A CloudWatchClient, which stays the caller's: it is not destroyed. */
  readonly client: { send(command: PutMetricDataCommand): Promise<unknown> };
  /** Default: POWERTOOLS_METRICS_NAMESPACE, else PROJECT_NAME/ENVIRONMENT, else the contract's own. */
  readonly namespace?: string;
  /** Environment variables, which may turn the metrics off (VOICE_CAMPAIGN_METRICS). Default: the process's own. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Milliseconds. Default: 1,000 where the emitter has a metric of resolution 1, else 60,000. */
  readonly flushIntervalMs?: number;
  /** Data points (distinct values of a series in a period) kept while calls fail. Default 20,000. */
  readonly maxBacklogPoints?: number;
  /** Epoch milliseconds. */
  readonly now?: () => number;
  /** Runs something every so many milliseconds until the function it returns is called. */
  readonly every?: (ms: number, run: () => void) => () => void;
  /** Default: a process warning. What it throws, or rejects with, is ignored. */
  readonly onError?: (issue: ProcessIssue) => void;
};

export type ProcessObserver<C extends Contract, E extends EmitterName<C>> = {
  readonly metrics: ProcessMetrics<C, E>;
  /** Sends all there is, the current second too. Resolves when the calls have ended, well or not; never rejects. */
  flush(): Promise<void>;
  /** Flushes and stops: samples after it are dropped. Never rejects. */
  close(): Promise<void>;
};

function everyUnref(ms: number, run: () => void): () => void {
  const timer = setInterval(run, Math.min(ms, LONGEST_TIMER_MS));
  timer.unref();
  return () => clearInterval(timer);
}

function warn({ code, message }: ProcessIssue): void {
  process.emitWarning(message, { type: 'VoiceCampaignWarning', code });
}

/**
 * Observes a process that lives longer than an invocation: its samples go to CloudWatch by PutMetricData. No call of
 * `metrics` throws, and timers do not keep the process alive: call `close` at its end. Data of a failed call wait for
 * the next flush, up to `maxBacklogPoints`; beyond, the oldest are dropped.
 *
 * @throws TypeError when the contract declares no such process.
 */
export function observeProcess<const C extends Contract, E extends EmitterName<C> & EmitterName<C, 'process'>>(
  contract: C,
  emitter: E,
  options: ProcessOptions,
): ProcessObserver<C, E> {
  if (contract.emitters[emitter]?.kind !== 'process') {
    throw new TypeError(`the contract declares no process "${emitter}": add it to its emitters with kind 'process'`);
  }
  const { client, now = Date.now, every = everyUnref, environment = process.env } = options;
  const report = (issue: ProcessIssue) => tell(options.onError ?? warn, issue);
  const { metrics: on } = signalsOf({}, environment);
  const Namespace = findNamespace(contract, options.namespace, environment, on ? report : () => {});
  const refused = (message: string) => report({ code: 'bad-option', message });
  const delivery = createDelivery({
    put: async (data) =>
      on && client.send(new PutMetricDataCommand({ Namespace, MetricData: data.map(({ datum }) => datum) })),
    maxPoints: numberOption(refused, 'maxBacklogPoints', options.maxBacklogPoints, 20_000),
    report,
  });
  const samples = accumulate();
  const sampler = createSampler({ contract, emitter, samples, now, report });
  const send = (before: number): Promise<void> => delivery.send(samples.take(before).flatMap(renderPoint));
  const usual = defaultInterval(contract, emitter);
  const stop = every(numberOption(refused, 'flushIntervalMs', options.flushIntervalMs, usual, 1), () => send(now()));
  const flush = (): Promise<void> => send(Number.POSITIVE_INFINITY);
  return {
    metrics: sampler.metrics,
    flush,
    async close() {
      stop();
      sampler.close();
      await flush();
      const droppedPoints = delivery.waiting();
      if (droppedPoints === 0) return;
      const message = `closed with ${droppedPoints} data points that CloudWatch did not get`;
      report({ code: 'lost-at-close', droppedPoints, message });
    },
  };
}

function defaultInterval(contract: Contract, emitter: string): number {
  const emits = contract.emitters[emitter]?.emits ?? [];
  return emits.some((name) => contract.metrics[name]?.resolution === 1) ? 1_000 : 60_000;
}

function findNamespace(
  contract: Contract,
  option: string | undefined,
  environment: Readonly<Record<string, string | undefined>>,
  report: (issue: ProcessIssue) => void,
): string {
  const { namespace, source, issues } = resolveNamespace({ option, environment, contract });
  for (const issue of issues) report({ code: 'namespace', issue, message: `namespace: ${issue.message}` });
  if (source === 'default') {
    const message = `no namespace is set, so metrics go to "${namespace}": set PROJECT_NAME and ENVIRONMENT`;
    report({ code: 'namespace', message });
  }
  return namespace;
}
