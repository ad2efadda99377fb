import { readSync } from 'node:fs';

const newline = 0x0a;
const chunkBytes = 1024 * 1024;

/** The whole lines of a file, each with the position after it; what follows the last line break is left out. */
export function* journalLines(file: number): Iterable<readonly [line: Buffer, end: number]> {
  // Joined once the line is whole: joining at each chunk would copy a long line as often as it has chunks.
  let begun: Buffer[] = [];
  const buffer = Buffer.alloc(chunkBytes);
  for (let at = 0; ; ) {
    const chunk = buffer.subarray(0, readSync(file, buffer, 0, chunkBytes, at));
    if (chunk.length === 0) return;
    let from = 0;
    for (let to = chunk.indexOf(newline); to >= 0; to = chunk.indexOf(newline, from)) {
      yield [Buffer.concat([...begun, chunk.subarray(from, to)]), at + to + 1];
      begun = [];
      from = to + 1;
    }
    begun.push(Buffer.from(chunk.subarray(from)));
    at += chunk.length;
  }
}
