import type { AsyncEvents } from '../async-events/async-events.ts';
import type { LambdaOptions, LambdaService } from '../lambda/lambda-service.ts';
import type { PlatformPublisher } from '../platform/publish-platform.ts';
import type { HttpServer } from '../server/http-server.ts';
import type { XrayDaemon } from '../xray/daemon.ts';
import type { TracedInvoke } from '../xray/invocation/traced-invoke.ts';
import type { TraceIntake } from '../xray/trace-intake.ts';
import type { EmulatorCore } from './emulator-core.ts';
import type { IdleWatch } from './idle.ts';

/** What runs. `server` and `lambda` are there once the start is through. */
export type Running = {
  readonly core: EmulatorCore;
  readonly traces: TraceIntake;
  readonly daemon: XrayDaemon;
  readonly idle: IdleWatch;
  readonly invoke: TracedInvoke;
  readonly asyncEvents: AsyncEvents;
  readonly lifecycle: NonNullable<LambdaOptions['lifecycle']>;
  readonly platform: PlatformPublisher;
  /** Keeps the emulator from being idle until the work is through. */
  readonly track: (work: Promise<unknown>) => void;
  readonly closers: (() => Promise<void>)[];
  server?: HttpServer;
  lambda?: LambdaService;
};

/** @throws Error for what is not there yet. */
export const present = <T>(value: T | undefined): T => {
  if (value === undefined) throw new Error('the emulator is still starting');
  return value;
};

export const urlOf = ({ server }: Running): string => present(server).url;

export const queueUrlOf = (running: Running, name: string): string =>
  `${urlOf(running)}/${running.core.accountId}/${name}`;

export const functionArnOf = ({ core }: Running, name: string): string =>
  `arn:aws:lambda:${core.region}:${core.accountId}:function:${name}`;
