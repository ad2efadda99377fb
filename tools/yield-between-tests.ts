import { setImmediate } from 'node:timers/promises';
import { afterEach } from 'vitest';

// Tests that wait for a command without letting others run would keep vitest's own messages waiting: it ends after a
// minute without an answer, however many tests that minute was made of.
afterEach(async () => {
  await setImmediate();
});
