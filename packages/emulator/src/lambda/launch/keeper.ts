import { spawn } from 'node:child_process';

/** Sees to it that nothing outlives the emulator, not even when it is killed. */
export type Keeper = {
  /** The processes (leaders of their groups) to end, and only these. */
  readonly watch: (pids: readonly number[]) => void;
  /** Lets go of the keeper; resolves when it has removed the folder and ended. */
  readonly release: () => Promise<void>;
};

/** The end of its input is the end of the emulator: a frozen process could not notice that by itself. */
const SCRIPT = `
while read -r line; do pids=$line; done
for pid in $pids; do kill -s KILL -- "-$pid" 2>/dev/null; done
rm -rf -- "$1"
`;

/** Starts the keeper, a shell that waits. It is given `folder` to remove at the end. */
export function startKeeper(folder: string): Keeper {
  const child = spawn('/bin/sh', ['-c', SCRIPT, 'keeper', folder], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  const ended = new Promise<void>((resolve) => {
    child.once('close', () => resolve());
    child.once('error', () => resolve());
  });
  child.stdin.on('error', () => {});
  child.unref();
  return {
    watch: (pids) => void child.stdin.write(`${pids.join(' ')}\n`),
    async release() {
      child.ref();
      child.stdin.end('\n');
      await ended;
    },
  };
}
