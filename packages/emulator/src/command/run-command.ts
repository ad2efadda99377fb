import { Command, CommanderError, InvalidArgumentError } from 'commander';
import { testAlarms } from '../alarm-tests/test-alarms.ts';
import type { EmulatorOptions } from '../core/emulator-options.ts';
import { startEmulator } from '../core/start-emulator.ts';
import { readConfig } from './read-config.ts';

/** Where a command writes. */
export type Streams = { readonly out: (text: string) => void; readonly err: (text: string) => void };

const readPort = (text: string): number => {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new InvalidArgumentError('A port is a number from 0 (a free one) to 65535.');
};

type Flags = {
  readonly port?: number;
  readonly xrayPort?: number;
  readonly host?: string;
  readonly data?: string;
  readonly region?: string;
  readonly account?: string;
  readonly config?: string;
  readonly throttle?: true;
};

const optionsOf = async (flags: Flags): Promise<EmulatorOptions> => {
  const config = flags.config === undefined ? {} : await readConfig(flags.config);
  return {
    ...{ functions: [], port: 4580, xrayPort: 2000 },
    ...config,
    ...(flags.port !== undefined && { port: flags.port }),
    ...(flags.xrayPort !== undefined && { xrayPort: flags.xrayPort }),
    ...(flags.host !== undefined && { host: flags.host }),
    ...(flags.data !== undefined && { dataDirectory: flags.data }),
    ...(flags.region !== undefined && { region: flags.region }),
    ...(flags.throttle === true && { throttling: 'quotas' as const }),
    ...(flags.account !== undefined && { accountId: flags.account }),
  };
};

/**
 * The command `voice-campaign-emulator`: starts the emulator, prints one line when it is ready, and runs until a signal.
 * Gives back the exit code of a start that failed, 0 once it runs. `test-alarms` runs files of alarm tests instead.
 */
export const runCommand = async (args: readonly string[], { out, err }: Streams): Promise<number> => {
  const command = new Command('voice-campaign-emulator')
    .description(
      'CloudWatch, X-Ray, Logs, SNS, SQS, Lambda and an API Gateway front in one process, for the real AWS clients.',
    )
    .option('--port <port>', 'of the HTTP server (default: 4580)', readPort)
    .option('--xray-port <port>', 'of the X-Ray daemon (UDP) (default: 2000)', readPort)
    .option('--host <address>', 'interface to listen on (default: 127.0.0.1)')
    .option('--data <directory>', 'keep state there over restarts')
    .option('--region <region>', 'default: us-east-1')
    .option('--account <id>', '12 digits (default: 123456789012)')
    .option('--throttle', 'refuse requests beyond the quotas of AWS')
    .option('--config <file>', 'JSON, or a module that exports `options`: functions, queues, event sources, routes')
    .exitOverride()
    .configureOutput({ writeOut: out, writeErr: err })
    .action(async (flags: Flags) => {
      const emulator = await startEmulator(await optionsOf(flags));
      out(`voice-campaign-emulator is ready on ${emulator.url}, X-Ray daemon on ${emulator.xrayAddress}\n`);
    });
  let exitCode = 0;
  command
    .command('test-alarms')
    .description('replays series over alarms, and compares their states with those expected')
    .argument('<files...>', 'YAML or JSON: { alarms, tests: [{ name, series, expect }] }')
    .action(async (files: readonly string[]) => {
      exitCode = await testAlarms(files, out);
    });
  try {
    await command.parseAsync([...args], { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode;
    err(`voice-campaign-emulator: ${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  }
};
