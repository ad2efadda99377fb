import { observeProcess, type ProcessOptions } from '@voice-campaign/instrumentation/process';
import { voiceCampaign } from '@voice-campaign/metrics-schema';

export type ActiveCallsOptions = Pick<ProcessOptions, 'client' | 'namespace'> & {
  /** The most calls at once since it was last asked. */
  readonly takePeak: () => number;
};

export type ActiveCallsReport = {
  /** The highest value reported so far. */
  readonly highest: () => number;
  /** Resolves when the last value was sent. */
  stop(): Promise<void>;
};

/** Reports once in each second how many calls there were at once, as a process beside Asterisk would. */
export function reportActiveCalls({ client, namespace, takePeak }: ActiveCallsOptions): ActiveCallsReport {
  const { metrics, close } = observeProcess(voiceCampaign, 'asterisk', { client, ...(namespace && { namespace }) });
  let highest = 0;
  let timer: NodeJS.Timeout;
  const report = () => {
    const calls = takePeak();
    highest = Math.max(highest, calls);
    metrics.set('ActiveCalls', calls);
    schedule();
  };
  // In the middle of the next second: a timer that is a little late or early never reports twice in one second.
  const schedule = () => {
    const now = Date.now();
    timer = setTimeout(report, Math.floor(now / 1000) * 1000 + 1500 - now);
  };
  schedule();
  return {
    highest: () => highest,
    stop() {
      clearTimeout(timer);
      return close();
    },
  };
}
