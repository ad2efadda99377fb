import { voiceCampaign } from '@voice-campaign/metrics-schema';
import { instrument } from '../../src/index.ts';

type Fault = 'none' | 'throw' | 'timeout' | 'busy loop';

const busy = (ms: number) => {
  for (const end = Date.now() + ms; Date.now() < end; );
};

const work = (writeThrough: boolean) =>
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
        if (fault === 'busy loop') busy(5000);
        await new Promise((resolve) => setTimeout(resolve, 5000));
      });
    },
    { writeThrough },
  );

export const handler = work(false);
export const writeThrough = work(true);
