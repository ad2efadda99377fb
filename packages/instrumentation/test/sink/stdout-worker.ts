import { writeStdout } from '../../src/sink/write-stdout.ts';

// More than a pipe holds, while nobody reads; every tenth line is of somebody who uses the stream.
const [, , stream = '0'] = process.argv;
for (let n = 0; n < 2000; n += 1) {
  const line = `${n} é ${'x'.repeat(150)}\n`;
  if (Number(stream) > 0 && n % 10 === 0) process.stdout.write(line);
  else writeStdout(line);
  if (n === 50) process.stderr.write('begun\n');
}
