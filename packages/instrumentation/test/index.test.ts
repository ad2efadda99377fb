import * as instrumentation from '@voice-campaign/instrumentation';
import * as middy from '@voice-campaign/instrumentation/middy';
import * as inProcess from '@voice-campaign/instrumentation/process';
import * as sqs from '@voice-campaign/instrumentation/sqs';
import * as testing from '@voice-campaign/instrumentation/testing';
import { expect, it } from 'vitest';

it('exports few names under each path', () => {
  const paths = { '.': instrumentation, middy, process: inProcess, sqs, testing };
  const names = Object.entries(paths).map(([path, module]) => [path, Object.keys(module).sort()]);
  expect(Object.fromEntries(names)).toMatchInlineSnapshot(`
    {
      ".": [
        "bufferLogs",
        "instrument",
        "observe",
      ],
      "middy": [
        "instrumentation",
      ],
      "process": [
        "observeProcess",
      ],
      "sqs": [
        "eachRecord",
      ],
      "testing": [
        "countingIds",
        "fakeContext",
        "fixedClock",
        "memorySink",
        "telemetryMatchers",
      ],
    }
  `);
});
