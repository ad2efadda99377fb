import { runStory } from '../story/run-story.ts';
import { openInBrowser } from './open-in-browser.ts';
import { type DemoOptions, parseOptions } from './options.ts';
import { inspectRun } from './outcome/inspect-run.ts';
import { renderText } from './outcome/render-text.ts';
import { showProgress } from './progress.ts';
import { withCampaign } from './run-campaign.ts';

const WATCHED_MINUTE_MS = 600;

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
    const broken = options.story && !options.json ? await tell(options) : [];
    process.exitCode = result.problems.length + broken.length > 0 ? 1 : 0;
  } catch (error) {
    progress.stop();
    if (!interrupted) throw error;
  }
}

/** On a terminal a minute of the story takes long enough to be watched, and the dashboards stay until ctrl-C. */
async function tell({ seed, once, open }: DemoOptions): Promise<readonly string[]> {
  const interrupted = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => interrupted.abort());
  const write = (line: string) => void process.stdout.write(`${line}\n`);
  const watched = process.stdout.isTTY && !once;
  write('');
  const onView = async (url: string): Promise<void> => {
    write(`\nThe dashboards are at ${url}. ctrl-C ends the demo.`);
    if (open) openInBrowser(url);
    await new Promise((resolve) => interrupted.signal.addEventListener('abort', resolve, { once: true }));
  };
  const broken = await runStory({
    ...{ seed, write, minuteMs: watched ? WATCHED_MINUTE_MS : 0, signal: interrupted.signal },
    ...(watched && { onView }),
  });
  const listed = broken.map((each) => `  ✗ ${each}`).join('\n');
  if (broken.length > 0) write(`\nThe story did not come as it should:\n${listed}`);
  return broken;
}

// On Node 20 the SDK says that it will ask for 22 from 2027 on, in the middle of the progress bar.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
await main();
