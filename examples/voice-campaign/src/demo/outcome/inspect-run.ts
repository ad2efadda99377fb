import { namespace } from '@voice-campaign/metrics-schema';
import { calledAgain, countTruth } from '../../simulator/ground-truth.ts';
import { activityOf, failedInvocations } from '../activity.ts';
import { DEAD_LETTERS, PROJECT } from '../deployment.ts';
import type { CampaignRun } from '../run-campaign.ts';
import { type Comparison, compare } from './compare.ts';
import { exampleCall } from './example-call.ts';
import { readReported } from './reported.ts';
import { countProblems, type DemoResult } from './result.ts';

/** Holds everything that was reported of a run against everything that is known of it. */
export function inspectRun(run: CampaignRun): DemoResult {
  const { options, campaign, emulator, simulator } = run;
  const truth = simulator.truth();
  const samples = emulator.metrics.samples({ namespace: namespace(PROJECT) });
  const comparison = compare(readReported(samples), {
    ...countTruth(truth),
    ActiveCalls: run.highestActiveCalls,
    CampaignContactsTotal: campaign.contacts.length,
    CampaignContactsDone: truth.filter(({ attempts }) => attempts.length > 0).length,
  });
  const example = exampleCall(emulator);
  const events = emulator.logs.events();
  return {
    contacts: options.contacts,
    seed: options.seed,
    comparison,
    seconds: run.seconds,
    functions: activityOf(events, functionNames),
    traces: emulator.traces.list().length,
    ...(example && { example }),
    faults: run.faults,
    problems: [
      ...countProblems(comparison),
      ...otherProblems(run),
      ...unexplained(comparison, failedInvocations(events)),
    ],
  };
}

const functionNames = ['dispatcher', 'dialer-worker', 'api-handler', 'sms-worker'] as const;

/** Whatever is wrong besides the counts. */
function otherProblems(run: CampaignRun): readonly string[] {
  const { options, emulator, simulator } = run;
  const deadLetters = (name: string) => emulator.queues().find((queue) => queue.name === name)?.visible ?? 0;
  const traces = emulator.traces.report();
  const { EMFParsingErrors, EMFValidationErrors } = emulator.logs.errorCounts();
  const expectations: readonly (readonly [found: number, expected: number, what: string])[] = [
    [calledAgain(simulator.truth()).length, 0, 'people called again after they had answered'],
    [simulator.lostWebhooks().length, 0, 'webhooks that the API never accepted'],
    [deadLetters(DEAD_LETTERS), options.deadLetter ? 1 : 0, `messages in ${DEAD_LETTERS}`],
    [deadLetters('sms-tasks-dlq'), 0, 'messages in sms-tasks-dlq'],
    [EMFParsingErrors + EMFValidationErrors, 0, 'EMF lines that CloudWatch would not take whole'],
    [traces.rejected, 0, `trace documents that X-Ray would reject (${Object.keys(traces.reasons).join('; ')})`],
    [emulator.metrics.droppedSamples() + emulator.logs.droppedEvents(), 0, 'samples and log lines not kept'],
  ];
  const unexpected = expectations
    .filter(([found, expected]) => found !== expected)
    .map(([found, expected, what]) => `${found} ${what}, expected ${expected}`);
  return run.stuck ? [run.stuck, ...unexpected] : unexpected;
}

/** A call is written twice only where the invocation that had written it ended without a response. */
function unexplained({ duplicates }: Comparison, failed: ReadonlySet<string>): readonly string[] {
  return duplicates
    .filter(({ requestId = '' }) => !failed.has(requestId))
    .map(({ callId }) => `${callId} was written twice, although the first invocation that wrote it did not fail`);
}
