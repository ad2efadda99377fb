import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { DataDirectoryError, faultOf } from '../../src/state/data-directory-error.ts';
import { newDirectory, openMap } from './journaled-map.ts';

it('says that a file is in the place of the directory, or of one above it', () => {
  const file = join(newDirectory(), 'file');
  writeFileSync(file, '');
  for (const directory of [file, join(file, 'below')]) {
    expect(() => openMap(directory)).toThrow(DataDirectoryError);
    expect(() => openMap(directory)).toThrow(/is no directory \(E(EXIST|NOTDIR): .*\): name one, it need not exist/);
  }
});

it('says that something else is in the place of the journal, and lets the directory go', () => {
  const directory = newDirectory();
  mkdirSync(join(directory, 'journal.jsonl'));
  for (let time = 0; time < 2; time += 1) {
    expect(() => openMap(directory)).toThrow(/cannot be used \(EISDIR: .*\): name another directory/);
  }
});

it.each(['EACCES', 'EPERM', 'EROFS'])('says of %s that permissions are to change', (code) => {
  const error = Object.assign(new Error(`${code}: not allowed, open 'journal.jsonl'`), { code });
  expect(faultOf('state', error)).toEqual(
    new DataDirectoryError(
      `state cannot be read and written (${code}: not allowed, open 'journal.jsonl'): ` +
        'change its permissions, or name another directory',
    ),
  );
});

it('leaves other errors as they are', () => {
  const error = new RangeError('Invalid string length');
  expect(faultOf('state', error)).toBe(error);
});
