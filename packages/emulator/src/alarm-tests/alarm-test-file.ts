import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import {
  type AlarmTest,
  type AlarmTestCase,
  alarmsOfDocument,
  readAlarmTestFile,
} from '@voice-campaign/cloudwatch-engine/alarm-tests';
import { parseDocument } from './parse-document.ts';

/** A test of a file with its alarms: ready to run. */
export type LoadedAlarmTest = AlarmTest & Pick<AlarmTestCase, 'name'>;

/** A file of alarm tests, or one that it names, cannot be read. The message has every reason, a line each. */
export class AlarmTestFileError extends Error {
  override readonly name = 'AlarmTestFileError';
}

/**
 * Reads a file of alarm tests in YAML or JSON, and the files of alarms that it names (answers of DescribeAlarms,
 * CloudFormation templates), whose paths are relative to it. @throws AlarmTestFileError.
 */
export const loadAlarmTests = async (path: string): Promise<readonly LoadedAlarmTest[]> => {
  const read = readAlarmTestFile(await documentAt(path));
  if (!read.ok) throw failed(path, read.issues);
  const { alarms: sources, values, tests } = read.file;
  const alarms = await Promise.all(
    sources.map(async (source) => {
      const place = typeof source === 'string' ? resolve(dirname(path), source) : path;
      const document = typeof source === 'string' ? await documentAt(place) : source;
      const found = alarmsOfDocument(document, { values });
      if (!found.ok) throw failed(place, found.issues);
      return found.alarms;
    }),
  );
  return tests.map((test) => ({ ...test, alarms: alarms.flat() }));
};

const documentAt = async (path: string): Promise<unknown> => {
  const text = await readFile(path, 'utf8').catch((error: Error) => {
    throw new AlarmTestFileError(`${path}: ${error.message}`);
  });
  try {
    return parseDocument(text);
  } catch (error) {
    throw new AlarmTestFileError(`${path}: ${String(error instanceof Error ? error.message : error)}`);
  }
};

const failed = (path: string, issues: readonly { readonly where: string; readonly message: string }[]) =>
  new AlarmTestFileError(issues.map(({ where, message }) => `${path}: ${where}: ${message}`).join('\n'));
