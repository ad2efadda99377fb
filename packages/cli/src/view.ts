import { writeFileSync } from 'node:fs';
import { startEmulator } from '@voice-campaign/emulator';
import { plan } from '@voice-campaign/provisioning';
import { applyPlan } from '@voice-campaign/provisioning/apply';
import { estimateCost } from '@voice-campaign/provisioning/cost';
import {
  emulatorSource,
  planViewOf,
  startViewer,
  type Viewer,
  type ViewSource,
  withDashboards,
} from '@voice-campaign/viewer';
import { awsSource } from '@voice-campaign/viewer/aws';
import { pageImages } from '@voice-campaign/viewer/image';
import { awsClients, regionOf } from './aws-clients.ts';
import { dashboardsIn } from './lint.ts';
import { type CommandConfig, hasConfig, loadConfig } from './load-config.ts';
import type { Streams } from './streams.ts';
import { UsageError } from './usage-error.ts';

export type ViewOptions = {
  readonly aws?: boolean;
  readonly profile?: string;
  readonly region?: string;
  readonly endpoint?: string;
  /** US dollars an hour. */
  readonly budget: number;
  readonly file?: string;
  readonly png?: string;
  readonly dashboard?: string;
  readonly port: number;
  readonly config?: string;
};

type Opened = { readonly source: ViewSource; readonly about: string; readonly close: () => Promise<void> };

/** Serves the page, and says where, until `stop` is aborted; with `png` only until the picture is written. */
export const view = async (options: ViewOptions, { out, err }: Streams, stop: AbortSignal): Promise<void> => {
  const opened =
    options.aws || options.endpoint !== undefined ? await openAccount(options) : await openLocal(options, err);
  const { file, port, png } = options;
  try {
    const bodies = file === undefined ? [] : dashboardsIn(file).map(({ name, body }) => [name, body] as const);
    const source = file === undefined ? opened.source : withDashboards(opened.source, new Map(bodies));
    const viewer = await startViewer({ source, port }).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EADDRINUSE') throw error;
      throw new UsageError(`port ${port} is taken: give another with --port, or none for a free one`);
    });
    try {
      if (png !== undefined) return await takePicture(viewer, source, png, options.dashboard);
      out(`${opened.about}\nOpen ${viewer.url} in a browser; end with Ctrl+C.\n`);
      await ended(stop);
    } finally {
      await viewer.stop();
    }
  } finally {
    await opened.close();
  }
};

const ended = (stop: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (stop.aborted) resolve();
    else stop.addEventListener('abort', () => resolve(), { once: true });
  });

const openAccount = async (options: ViewOptions): Promise<Opened> => {
  const clients = awsClients(options);
  const region = await regionOf(clients.cloudWatch);
  const { endpoint, budget: budgetPerHour } = options;
  const configured = await configOf(options);
  const source = awsSource(clients, {
    ...{ region, budgetPerHour, isHighResolution: highResolutionOf(configured) },
    ...(endpoint !== undefined && { endpoint }),
  });
  const about = endpoint === undefined ? `The AWS account in ${region}` : `What answers at ${endpoint}`;
  return { source, about, close: async () => {} };
};

const configOf = async ({ config }: ViewOptions): Promise<CommandConfig | undefined> =>
  config !== undefined || hasConfig() ? loadConfig(config) : undefined;

/** A contract knows which metrics are stored by the second: those alone are asked for as often. */
const highResolutionOf = (configured: CommandConfig | undefined) => {
  const { contract } = configured?.monitoring ?? {};
  return ({ namespace, name }: { readonly namespace: string; readonly name: string }): boolean =>
    contract?.metrics[name]?.resolution === 1 &&
    namespace === `${configured?.inputs.projectName}/${configured?.inputs.environment}`;
};

/** What it would cost, and where what is there differs from it. */
const planPage = (configured: CommandConfig, clients: ReturnType<typeof awsClients>) => async () => {
  const { monitoring, inputs, volumes = { callsPerMonth: 10_000_000 } } = configured;
  const planned = plan(monitoring, inputs);
  const { resources } = await applyPlan(planned, clients, { quotas: 'none', dryRun: true });
  const assumptions = [`${volumes.callsPerMonth.toLocaleString('en-US')} calls a month`];
  const at = { checkedAt: Date.now() / 1000, assumptions };
  return planViewOf(estimateCost(planned, monitoring.contract, volumes), resources, at);
};

/** An emulator without functions that watches by the definition, if there is one. */
const openLocal = async (options: ViewOptions, err: Streams['err']): Promise<Opened> => {
  const configured = await configOf(options);
  const emulator = await startEmulator({ functions: [], stopOnSignals: false });
  const clients = awsClients({ endpoint: emulator.url, region: 'us-east-1' });
  try {
    if (configured) {
      const { resources } = await applyPlan(plan(configured.monitoring, configured.inputs), clients, {
        quotas: 'none',
      });
      for (const one of resources) if (one.outcome === 'failed') err(`warning: ${one.name}: ${one.reason}\n`);
    }
  } catch (error) {
    await emulator.stop();
    throw error;
  }
  const about = `An emulator, which takes metrics, logs and traces at ${emulator.url}`;
  const source = emulatorSource(emulator, configured ? { plan: planPage(configured, clients) } : {});
  return { source, about, close: emulator.stop };
};

const takePicture = async (viewer: Viewer, source: ViewSource, path: string, wanted?: string): Promise<void> => {
  const names = (await source.dashboards()).map(({ name }) => name);
  const name = wanted ?? names[0];
  if (name === undefined) throw new UsageError('there is no dashboard to take a picture of: name a body with --file');
  if (!names.includes(name)) throw new UsageError(`there is no dashboard ${name}; there are ${names.join(', ')}`);
  const images = await pageImages({ url: viewer.url }).catch((error: Error) => {
    throw new UsageError(error.message);
  });
  try {
    writeFileSync(path, await images.dashboard(name));
  } finally {
    await images.close();
  }
};
