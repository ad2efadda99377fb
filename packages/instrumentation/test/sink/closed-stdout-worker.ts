import { once } from 'node:events';
import { voiceCampaign } from '@voice-campaign/metrics-schema';
import { instrument } from '../../src/index.ts';
import { fakeContext } from '../../src/testing.ts';

// Waits until nobody reads its stdout, and tells on stderr how the handler ended.
const heard: string[] = [];
const handler = instrument(
  voiceCampaign,
  'dialer-worker',
  async (_event: object, { metrics }) => {
    metrics.add('TotalCalls', 1);
    return 'done';
  },
  {
    namespace: 'voice-campaign/test',
    onError: (issue) => heard.push(`${issue.code} ${'error' in issue ? Reflect.get(Object(issue.error), 'code') : ''}`),
  },
);
await once(process.stdin, 'data');
const response = await handler({}, fakeContext());
// A stream would tell of the closed pipe by now.
await new Promise((resolve) => setTimeout(resolve, 20));
process.stderr.write(JSON.stringify([response, heard]));
process.exitCode = 0;
process.stdin.destroy();
