import { openFileJournal } from '../../src/state/file-journal.ts';
import { committer, type Persistent } from '../../src/state/journal.ts';

// Writes keys until it is killed, and says of each when it is acknowledged.
const part: Persistent<{ readonly key: string; readonly value: number }> = {
  name: 'map',
  apply: () => {},
  reset: () => {},
  events: () => [],
};
const commit = committer(openFileJournal(process.argv[2] ?? '', [part]), part);
for (let index = 0; ; index += 1) {
  commit({ key: `key-${index}`, value: index });
  await new Promise((resolve) => process.stdout.write(`${index}\n`, resolve));
}
