import { type AsyncEvents, createAsyncEvents } from '../async-events/async-events.ts';
import { sendToQueue } from '../queue/service/send-to-queue.ts';
import { committer } from '../state/journal.ts';
import type { TracedInvoke } from '../xray/invocation/traced-invoke.ts';
import type { EmulatorCore } from './emulator-core.ts';
import { inBackground } from './in-background.ts';

/** Lambda's queue of events, on the emulator's clock. */
export const startAsyncEvents = (core: EmulatorCore, invoke: TracedInvoke): AsyncEvents => {
  const { addPlatform, queues, accountId, now } = inBackground(core);
  return createAsyncEvents({
    ...core,
    state: core.asyncEvents,
    commit: committer(core.journal, core.asyncEvents),
    invoke,
    addMetrics: addPlatform,
    sendToQueue: (name, { requestId, payload }, { code, message }) =>
      sendToQueue({ queues, accountId, now }, queues.arnOf(name), {
        body: payload,
        attributes: {
          RequestID: { Type: 'String', Value: requestId },
          ErrorCode: { Type: 'Number', Value: String(code) },
          ErrorMessage: { Type: 'String', Value: firstKilobyte(message) },
        },
      }),
  });
};

/** Of the bytes in UTF-8, without a letter that is cut in two. */
const firstKilobyte = (text: string): string =>
  Buffer.from(text)
    .subarray(0, 1024)
    .toString('utf8')
    .replace(/\uFFFD$/, '');
