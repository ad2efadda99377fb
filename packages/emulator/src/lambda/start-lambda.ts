import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Setting } from './environment/environment-state.ts';
import { type FunctionPool, openPool } from './function-pool.ts';
import type { LambdaOptions, LambdaService } from './lambda-service.ts';
import { type Keeper, startKeeper } from './launch/keeper.ts';
import { planFunction } from './launch/plan-function.ts';
import { type ResolvedFunction, resolveFunctions } from './resolve-functions.ts';

/** No function of that name is defined. */
export class FunctionNotFound extends Error {
  readonly functionName: string;
  constructor(functionName: string, known: readonly string[]) {
    super(`Function not found: ${functionName}; defined are ${known.join(', ') || 'none'}`);
    this.name = 'FunctionNotFound';
    this.functionName = functionName;
  }
}

async function planSettings(
  functions: readonly ResolvedFunction[],
  options: LambdaOptions,
  folder: string,
): Promise<readonly Setting[]> {
  const { region = 'us-east-1', accountId = '123456789012', initTimeoutMs = 10_000 } = options;
  const plan = planFunction({ ...options, region, folder });
  const { freeze = process.platform !== 'win32', log, lifecycle = () => {}, now = Date.now } = options;
  const settings = functions.map(async (fn): Promise<Setting> => {
    const functionArn = `arn:aws:lambda:${region}:${accountId}:function:${fn.name}`;
    const planned = await plan(fn);
    return { fn, functionArn, region, ...planned, freeze, initTimeoutMs, now, log, lifecycle };
  });
  await Promise.allSettled(settings);
  return Promise.all(settings);
}

function openPools(settings: readonly Setting[], keeper: Keeper): ReadonlyMap<string, FunctionPool> {
  const pids = new Set<number>();
  const watch = {
    started(pid: number) {
      // 0 would be the keeper's own group.
      if (pid > 0) pids.add(pid);
      keeper.watch([...pids]);
    },
    ended(pid: number) {
      pids.delete(pid);
      keeper.watch([...pids]);
    },
  };
  return new Map(settings.map((setting) => [setting.fn.name, openPool(setting, watch)]));
}

function serviceOf(options: LambdaOptions, pools: ReadonlyMap<string, FunctionPool>, end: () => Promise<void>) {
  const pool = (functionName: string): FunctionPool => {
    const found = pools.get(functionName);
    if (found === undefined) throw new FunctionNotFound(functionName, [...pools.keys()]);
    return found;
  };
  let stopping: Promise<void> | undefined;
  const stop = async () => {
    await Promise.all([...pools.values()].map((each) => each.stop()));
    await end();
  };
  const service: LambdaService = {
    functions: options.functions,
    invoke: async (functionName, payload, invokeOptions = {}) => pool(functionName).invoke(payload, invokeOptions),
    kill: (functionName, signal = 'SIGKILL') => pool(functionName).kill(signal),
    terminate: async (functionName) => pool(functionName).terminate(),
    stop() {
      stopping ??= stop();
      return stopping;
    },
  };
  return service;
}

/**
 * Starts the local Lambda: bundles the handlers, and from then on runs them in child processes as they are invoked.
 * @throws FunctionDefinitionError for definitions that Lambda would refuse; what esbuild says of a handler; Error when
 * a node binary or aws-lambda-ric is missing.
 */
export async function startLambda(options: LambdaOptions): Promise<LambdaService> {
  const functions = resolveFunctions(options.functions);
  const folder = await mkdtemp(join(tmpdir(), 'local-lambda-'));
  const keeper = startKeeper(folder);
  const end = async () => {
    await keeper.release();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    return serviceOf(options, openPools(await planSettings(functions, options, folder), keeper), end);
  } catch (error) {
    await end();
    throw error;
  }
}
