import { inspectRun } from './inspect-run.ts';
import { parseOptions } from './options.ts';
import { showProgress } from './progress.ts';
import { renderText } from './render-text.ts';
import { withCampaign } from './run-campaign.ts';

/** Progress goes to stderr, the result to stdout. On ctrl-C the emulator ends every process before this one ends. */
async function main(): Promise<void> {
  const options = parseOptions(process.argv);
  const progress = showProgress(options.contacts, process.stderr);
  let interrupted = false;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => {
      interrupted = true;
      progress.stop();
    });
  }
  try {
    const result = await withCampaign(options, progress.update, inspectRun);
    progress.stop();
    if (interrupted) return;
    process.stdout.write(`${options.json ? JSON.stringify(result, null, 2) : renderText(result)}\n`);
    process.exitCode = result.problems.length > 0 ? 1 : 0;
  } catch (error) {
    progress.stop();
    if (!interrupted) throw error;
  }
}

// On Node 20 the SDK says that it will ask for 22 from 2027 on, in the middle of the progress bar.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
await main();
