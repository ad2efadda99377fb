import type { ResolvedFunction } from '../resolve-functions.ts';

/** Where a function runs, as its environment variables tell it. */
export type Place = {
  readonly region: string;
  readonly nodeMajor: number;
  readonly logStream: string;
  /** Folder of the code, and `file.export` in it. */
  readonly taskRoot: string;
  readonly handler: string;
  /** `host:port` */
  readonly xrayDaemonAddress: string;
  /** `PATH` of the child. */
  readonly path: string;
  /** Variables that all functions share; a function's own go before them. */
  readonly shared: Readonly<Record<string, string>>;
};

/** Credentials that sign requests and open nothing; whoever needs others sets them. */
const CREDENTIALS = {
  AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  AWS_SESSION_TOKEN: 'local',
};

/**
 * The environment variables of a function, without `AWS_LAMBDA_RUNTIME_API`: first what may be set otherwise, then the
 * function's own, then those that Lambda reserves (page "Lambda environment variables"), which nothing overrides.
 */
export function environmentVariables(fn: ResolvedFunction, place: Place): Readonly<Record<string, string>> {
  const [daemonHost = '', daemonPort = ''] = place.xrayDaemonAddress.split(':');
  const many = fn.concurrencyPerProcess > 1;
  return {
    PATH: place.path,
    LANG: 'en_US.UTF-8',
    TZ: ':UTC',
    ...CREDENTIALS,
    ...(many ? { AWS_LAMBDA_NODEJS_WORKER_COUNT: '1' } : {}),
    AWS_XRAY_CONTEXT_MISSING: 'LOG_ERROR',
    AWS_XRAY_DAEMON_ADDRESS: place.xrayDaemonAddress,
    _AWS_XRAY_DAEMON_ADDRESS: daemonHost,
    _AWS_XRAY_DAEMON_PORT: daemonPort,
    ...place.shared,
    ...fn.environment,
    _HANDLER: place.handler,
    LAMBDA_TASK_ROOT: place.taskRoot,
    LAMBDA_RUNTIME_DIR: '/var/runtime',
    AWS_REGION: place.region,
    AWS_DEFAULT_REGION: place.region,
    AWS_EXECUTION_ENV: `AWS_Lambda_nodejs${place.nodeMajor}.x`,
    AWS_LAMBDA_FUNCTION_NAME: fn.name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(fn.memoryMb),
    AWS_LAMBDA_INITIALIZATION_TYPE: many ? 'lambda-managed-instances' : 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${fn.name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: place.logStream,
    AWS_LAMBDA_LOG_FORMAT: fn.logFormat,
    ...(many ? { AWS_LAMBDA_MAX_CONCURRENCY: String(fn.concurrencyPerProcess) } : {}),
  };
}
