import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, it } from 'vitest';
import { loadAlarmTests } from '../alarm-tests/alarm-test-file.ts';
import { assertAlarmTest } from '../alarm-tests/assert-alarm-test.ts';

/** Makes a suite of a file of alarm tests, one test for each of them; a file that cannot be read fails the suite. */
export const describeAlarmTests = (file: string | URL): void => {
  const path = file instanceof URL ? fileURLToPath(file) : file;
  describe(basename(path), async () => {
    for (const test of await loadAlarmTests(path)) it(test.name, () => void assertAlarmTest(test));
  });
};
