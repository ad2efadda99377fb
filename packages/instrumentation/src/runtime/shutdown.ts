import { inFlight } from './invocation.ts';
import { rescue } from './write-out.ts';

let registered = false;

/** On SIGTERM (Lambda sends it where an extension is registered) everything gathered is written; then it takes its course. */
export function flushOnShutdown(): void {
  if (registered) return;
  registered = true;
  process.once('SIGTERM', () => {
    for (const invocation of inFlight) rescue(invocation);
    if (process.listenerCount('SIGTERM') === 0) process.kill(process.pid, 'SIGTERM');
  });
}
