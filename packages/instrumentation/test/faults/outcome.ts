import type { Emulator } from '@voice-campaign/emulator';
import type { Fault } from './faults.ts';

type Result = Awaited<ReturnType<Emulator['invoke']>>;

export const namespace = 'faults';

const ours = (emulator: Emulator) => emulator.metrics.series().filter((series) => series.namespace === namespace);

/** What became of the metrics that the fault is about: of how many, how many are where they belong. */
const metricsKept = (emulator: Emulator, fault: Fault): string => {
  const series = ours(emulator);
  const withTrunk = series.filter(({ dimensions }) => dimensions.Trunk === 'east');
  switch (fault) {
    case '150 metrics':
      return `${withTrunk.filter(({ name }) => /^M\d+$/.test(name)).length}/150`;
    case '150 values':
      return `${withTrunk.find(({ name }) => name === 'SetupTime')?.sum ?? 0}/150`;
    case '9 dimensions':
    case '30 dimensions': {
      const keys = series.map(
        ({ dimensions }) => Object.keys(dimensions).filter((key) => key.startsWith('Key')).length,
      );
      return `${Math.max(0, ...keys)}/${fault.split(' ')[0]}`;
    }
    default: {
      const total = series.filter(({ name }) => name === 'TotalCalls').reduce((sum, each) => sum + each.sum, 0);
      return `${total}/10`;
    }
  }
};

/** The handler's span, and the one that had ended before the fault. */
const spansKept = (emulator: Emulator): string => {
  const documents = emulator.traces.list().flatMap((trace) => trace.documents);
  const handler = documents.find(({ name }) => name.startsWith('## '));
  const child = documents.some(
    ({ name, subsegments = [] }) => name === 'closed child' || subsegments.some((each) => each.name === 'closed child'),
  );
  const kept = [...(handler ? ['handler'] : []), ...(child ? ['child'] : [])];
  const inProgress = handler?.in_progress === true ? ' (in progress)' : '';
  return kept.length === 0 ? 'none' : `${kept.join(' and ')}${inProgress}`;
};

const answerOf = ({ timedOut, functionError }: Result, fault: Fault): string => {
  if (timedOut) return 'timed out';
  if (functionError === undefined) return 'returned';
  return fault.startsWith('throw') ? 'threw' : '**failed**';
};

/** One cell of the table: how the invocation ended, and what of its telemetry arrived. */
export const outcomeOf = (emulator: Emulator, result: Result, fault: Fault): string =>
  `${answerOf(result, fault)}; metrics ${metricsKept(emulator, fault)}; spans: ${spansKept(emulator)}`;

/** Whether each of two overlapping invocations has its own samples, under its own dimension. */
export const overlapOf = (emulator: Emulator): string => {
  const sumOf = (who: string) => ours(emulator).find(({ dimensions }) => dimensions.who === who)?.sum ?? 0;
  const right = sumOf('A') === 10 && sumOf('B') === 10;
  return right ? 'each its own metrics' : `**mixed**: A ${sumOf('A')}, B ${sumOf('B')} of 10 each`;
};

/** Whether the spans of two overlapping invocations are in the traces of their own. */
export const tracesOf = (emulator: Emulator): string => {
  const traces = emulator.traces.list().filter(({ documents }) => documents.some(({ name }) => name.startsWith('## ')));
  const wellFormed = traces.filter(
    ({ documents }) => documents.filter(({ name }) => name.startsWith('## ')).length === 1,
  );
  return wellFormed.length === 2 ? 'its own trace' : '**traces mixed**';
};
