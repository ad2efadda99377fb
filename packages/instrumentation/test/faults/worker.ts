import { voiceCampaign } from '@voice-campaign/metrics-schema';
import { type InstrumentOptions, instrument } from '../../src/index.ts';

type Fault = 'none' | 'throw' | 'timeout' | 'busy loop' | 'busy loop of many';

const busy = (ms: number) => {
  for (const end = Date.now() + ms; Date.now() < end; );
};

const work = (options: InstrumentOptions) =>
  instrument(
    voiceCampaign,
    'dialer-worker',
    async ({ fault }: { fault: Fault }, { metrics, trace, log }) => {
      metrics.add('TotalCalls', 10);
      trace.span('closed child', () => {});
      log.info('working');
      if (fault === 'none') return 'done';
      return trace.span('open child', async () => {
        if (fault === 'throw') throw new Error('no trunk');
        if (fault === 'busy loop of many') for (let i = 0; i < 250; i += 1) metrics.add('DialAttempts', 1);
        if (fault.startsWith('busy loop')) busy(5000);
        await new Promise((resolve) => setTimeout(resolve, 5000));
      });
    },
    options,
  );

export const handler = work({});
export const writeThrough = work({ writeThrough: true });
export const thresholds = work({ writeThrough: { every: 100 } });
export const announced = work({ inProgressAfterMs: 0 });
