import { writeSync } from 'node:fs';

const STDOUT = 1;

/** Whether the pipe was full once, as it only tells where `process.stdout` is in use: lines may wait there. */
let shared = false;

/**
 * Writes a line to stdout before it returns. `process.stdout` does not: to a pipe that is full it writes later, if the
 * process lives; and it does much more for a line. Only where the pipe takes no more, as others have made it
 * non-blocking, does the line queue up behind theirs.
 *
 * @throws Error where nobody reads stdout any more, or the disk behind it is full.
 */
export function writeStdout(line: string): void {
  let rest: string | Buffer = line;
  if (!shared || process.stdout.writableLength === 0) {
    try {
      const written = writeSync(STDOUT, line);
      if (written === Buffer.byteLength(line)) return;
      rest = Buffer.from(line).subarray(written);
    } catch (error) {
      // The stream waits where it has to; of anything else, such as a closed pipe, it would end the process.
      if (!(error instanceof Error && 'code' in error && error.code === 'EAGAIN')) throw error;
    }
    shared = true;
  }
  process.stdout.write(rest);
}
