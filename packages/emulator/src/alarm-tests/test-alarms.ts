import { runAlarmTest } from '@voice-campaign/cloudwatch-engine/alarm-tests';
import { loadAlarmTests } from './alarm-test-file.ts';

/**
 * Runs the tests of files, a line each and the picture of every one that fails. Gives back the exit code.
 * @throws AlarmTestFileError for a file that cannot be read.
 */
export const testAlarms = async (files: readonly string[], out: (text: string) => void): Promise<number> => {
  const suites = await Promise.all(files.map(async (file) => ({ file, tests: await loadAlarmTests(file) })));
  const counts = { passed: 0, failed: 0 };
  for (const { file, tests } of suites) {
    out(`${file}\n`);
    for (const test of tests) {
      const outcome = runAlarmTest(test);
      counts[outcome.kind === 'passed' ? 'passed' : 'failed'] += 1;
      out(`  ${outcome.kind === 'passed' ? 'ok' : 'FAILED'} ${test.name}\n`);
      if (outcome.kind !== 'passed') out(`${outcome.message.replace(/^/gm, '    ')}\n`);
    }
  }
  out(`${counts.passed} passed, ${counts.failed} failed\n`);
  return counts.failed === 0 ? 0 : 1;
};
