/** One function of the local Lambda, as its configuration on AWS would describe it. */
export type FunctionDefinition = {
  /** Function name, e.g. `voice-campaign-local-dialer-worker`; 1 to 64 letters, digits, `-` and `_`. */
  readonly name: string;
  /** TypeScript or JavaScript file of the handler; a relative path is taken from the current directory. */
  readonly entry: string;
  /** Exported name of the handler; default `handler`. */
  readonly handler?: string;
  /** Function timeout in milliseconds, 1 to 900,000; default 3,000 as on Lambda. */
  readonly timeoutMs?: number;
  /** Memory size in MB that the function is told; default 128. It is reported, not enforced. */
  readonly memoryMb?: number;
  readonly environment?: Readonly<Record<string, string>>;
  /** Invocations in flight (running and waiting) beyond this are throttled; 0 throttles all. Default: none. */
  readonly reservedConcurrency?: number;
  /** How often an event is tried again that the function failed on, 0 to 2; default 2, as on Lambda. */
  readonly maximumRetryAttempts?: number;
  /** How old an event may get before it is dropped, 60 to 21,600; default 21,600, as on Lambda. */
  readonly maximumEventAgeSeconds?: number;
  /** Name of the queue that gets events which are dropped; default: none. */
  readonly deadLetterQueue?: string;
  /** Most execution environments (child processes) at once; default: `reservedConcurrency`, else 2. */
  readonly processes?: number;
  /** Above 1: Managed Instances style, so many invocations in flight in one process. Default 1. */
  readonly concurrencyPerProcess?: number;
  /** Module format of the bundle; default `esm`. */
  readonly format?: 'esm' | 'cjs';
  /** Whether esbuild bundles the entry; `false` runs the entry file as it is. Default true. */
  readonly bundle?: boolean;
  /** Modules that the bundle leaves to be resolved at run time; default none. */
  readonly external?: readonly string[];
  /** Log format of the function; default `Text`, and `JSON` where `concurrencyPerProcess` is above 1. */
  readonly logFormat?: 'Text' | 'JSON';
  /** What runs the handler in the child: our own runtime client, or AWS's from npm. Default `built-in`. */
  readonly runtime?: 'built-in' | 'aws-lambda-ric';
  /** Folder of an installed aws-lambda-ric; default: resolved from the entry's folder, then the current one. */
  readonly ricPath?: string;
  /** Path of the node binary; default: the one that runs the emulator. */
  readonly node?: string;
  /** More command-line switches for node, e.g. `--enable-source-maps`. */
  readonly nodeOptions?: readonly string[];
  /** The function's tracing mode. Nothing here reads it: it is for what decides the trace header. */
  readonly tracing?: 'Active' | 'PassThrough';
  /**
   * As if an extension were registered: the runtime gets SIGTERM and some grace before SIGKILL (300 ms with an
   * external one, 500 ms with an internal one). Without one Lambda sends no signal. `true` means external.
   */
  readonly extension?: boolean | 'external' | 'internal';
};
