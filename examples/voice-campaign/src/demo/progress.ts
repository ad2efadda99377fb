import { Presets, SingleBar } from 'cli-progress';

export type CampaignState = { readonly done: number; readonly activeCalls: number };

/** Shows how far the campaign is. */
export type Progress = { update(state: CampaignState): void; stop(): void };

/** A bar on a terminal; elsewhere a line for each tenth of the way. */
export function showProgress(total: number, stream: NodeJS.WriteStream): Progress {
  return stream.isTTY ? bar(total, stream) : lines(total, stream);
}

function bar(total: number, stream: NodeJS.WriteStream): Progress {
  const format = 'dialling {bar} {value}/{total} calls, {activeCalls} on the phone';
  const options = { format, stream, hideCursor: true, clearOnComplete: true, barsize: 30, gracefulExit: false };
  const shown = new SingleBar(options, Presets.shades_classic);
  shown.start(total, 0, { activeCalls: 0 });
  return {
    update: ({ done, activeCalls }) => shown.update(done, { activeCalls }),
    stop: () => shown.stop(),
  };
}

function lines(total: number, stream: NodeJS.WriteStream): Progress {
  let tenths = 0;
  return {
    update({ done, activeCalls }) {
      const reached = Math.floor((10 * done) / total);
      if (reached === tenths) return;
      tenths = reached;
      stream.write(`${done}/${total} calls, ${activeCalls} on the phone\n`);
    },
    stop() {},
  };
}
