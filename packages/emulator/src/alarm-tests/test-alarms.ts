import { runAlarmTest } from '@voice-campaign/cloudwatch-engine/alarm-tests';
import { AlarmTestFileError, loadAlarmTests } from './alarm-test-file.ts';

/**
 * Runs the tests of files, a line each and the picture of every one that fails. Gives back the exit code.
 * @throws AlarmTestFileError for all files that cannot be read, once the tests of the others have run.
 */
export const testAlarms = async (files: readonly string[], out: (text: string) => void): Promise<number> => {
  const loaded = await Promise.all(
    files.map(async (file) => ({ file, tests: await loadAlarmTests(file).catch(unreadable) })),
  );
  const unread = loaded.flatMap(({ tests }) => (tests instanceof AlarmTestFileError ? [tests.message] : []));
  const suites = loaded.flatMap(({ file, tests }) => (tests instanceof AlarmTestFileError ? [] : [{ file, tests }]));
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
  if (suites.length > 0) out(`${counts.passed} passed, ${counts.failed} failed\n`);
  if (unread.length > 0) throw new AlarmTestFileError(unread.join('\n'));
  return counts.failed === 0 ? 0 : 1;
};

const unreadable = (error: unknown): AlarmTestFileError => {
  if (error instanceof AlarmTestFileError) return error;
  throw error;
};
