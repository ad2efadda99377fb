import { writeSync } from 'node:fs';

/** As `writeSync`: may write less than it was given, says how much. */
export type WriteBytes = (file: number, bytes: Uint8Array, offset: number, length: number, position: number) => number;

/** That of the file system. */
export const writeBytes: WriteBytes = writeSync;

/** Writes all of `bytes` at `position`, or throws: on a disk that is nearly full a write ends early without an error. */
export const writeWhole = (write: WriteBytes, file: number, bytes: Uint8Array, position: number): void => {
  for (let done = 0; done < bytes.length; ) {
    const written = write(file, bytes, done, bytes.length - done, position + done);
    if (written === 0) throw new Error(`none of ${bytes.length - done} bytes could be written`);
    done += written;
  }
};
