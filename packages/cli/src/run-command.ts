import { MonitoringError, plan } from '@voice-campaign/provisioning';
import { estimateCost, systemFiguresFor } from '@voice-campaign/provisioning/cost';
import { Argument, Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import type { ApplyCommand } from './apply.ts';
import type { BacktestCommand } from './backtest.ts';
import { type LintFiles, lint } from './lint.ts';
import { loadConfig } from './load-config.ts';
import { renderCost, renderFindings } from './render-findings.ts';
import type { Streams } from './streams.ts';
import { synth, synthTargets } from './synth.ts';
import { UsageError } from './usage-error.ts';
import type { ViewOptions } from './view.ts';

/** Findings end the command with 1, a call that it cannot understand with 2. */
type ExitCode = 0 | 1 | 2;

/**
 * Runs the command with its arguments, and gives back what it ends with. Results go to `out`, and nothing else. `view`
 * serves until what `stop` gives is aborted.
 */
export const runCommand = async (
  args: readonly string[],
  streams: Streams,
  stop: () => AbortSignal,
): Promise<ExitCode> => {
  let code: ExitCode = 0;
  const end = (ended: ExitCode): void => {
    code = ended;
  };
  const command = commandFor(streams, end);
  addApply(command, streams, end);
  addBacktest(command, streams);
  addView(command, streams, stop);
  try {
    await command.parseAsync([...args], { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (error instanceof UsageError || error instanceof MonitoringError) {
      streams.err(`${error.message}\n`);
      return error instanceof UsageError ? 2 : 1;
    }
    throw error;
  }
};

const count = (text: string): number => {
  const value = Number(text);
  if (!(value >= 0 && Number.isFinite(value))) throw new InvalidArgumentError('Give a number from 0.');
  return value;
};

const address = (text: string): string => {
  if (!/^https?:\/\//.test(text) || !URL.canParse(text)) {
    throw new InvalidArgumentError('Give an address, such as http://127.0.0.1:4580.');
  }
  return text;
};

const format = () => new Option('--format <format>', 'of the result').choices(['table', 'json']).default('table');

// Of an account that is read.
const profile = () => new Option('--profile <name>', 'of the AWS configuration files');
const region = () => new Option('--region <region>', 'default: that of the environment or the profile');
const endpoint = () =>
  new Option('--endpoint <url>', 'of another service than AWS, such as an emulator that runs').argParser(address);

const commandFor = ({ out, err }: Streams, end: (code: ExitCode) => void): Command => {
  const program = new Command('voice-campaign')
    .description('What watches a voice campaign: rendered, checked and priced from one definition.')
    .option('--config <file>', 'module that exports monitoring and inputs (default: voice-campaign.config.ts)')
    .configureOutput({ writeOut: out, writeErr: err })
    .exitOverride();
  const configured = () => loadConfig(program.opts<{ config?: string }>().config);

  program
    .command('synth')
    .description(
      'Prints the plan: a Terraform root module, a CloudFormation template, JSON, or the monitoring document',
    )
    .addArgument(new Argument('<target>').choices(synthTargets))
    .option('--module-source <source>', 'where the Terraform module is', './terraform/modules/monitoring')
    .option(
      '--contract-file <file>',
      'monitoring document that the Terraform module is to read (default: its own, or monitoring.json for another definition)',
    )
    .action(async (target, options) => {
      const { text, warnings } = synth(await configured(), target, options);
      for (const { about, message } of warnings) err(`warning: ${about}: ${message}\n`);
      out(text);
    });

  program
    .command('lint')
    .description('Finds what is emitted and never read, read and never emitted, or read as it makes no sense')
    .option('--dashboards <file>', 'instead of the definition: what GetDashboard answers, or a list of it')
    .option('--alarms <file>', 'instead of the definition: what DescribeAlarms answers')
    .option('--emf <file>', 'log lines that say what is emitted')
    .option('--budget <series>', 'series that one metric may have', count, 100)
    .addOption(format())
    .action(async ({ budget, format: as, ...files }: LintFiles & { budget: number; format: string }) => {
      const { config } = program.opts<{ config?: string }>();
      const { findings, warnings } = await lint(
        { ...files, ...(config !== undefined && { config }) },
        { cardinalityBudget: budget },
      );
      for (const { about, message } of warnings) err(`warning: ${about}: ${message}\n`);
      out(as === 'json' ? `${JSON.stringify(findings, null, 2)}\n` : renderFindings(findings));
      end(findings.some(({ severity }) => severity !== 'note') ? 1 : 0);
    });

  program
    .command('cost')
    .description('Estimates what the plan will cost a month, before anything is deployed')
    .option('--calls <number>', 'calls a month', count)
    .addOption(format())
    .action(async ({ calls, format: as }: { calls?: number; format: string }) => {
      const { monitoring, inputs, volumes = { callsPerMonth: 10_000_000 } } = await configured();
      const asked = calls === undefined ? volumes : { ...volumes, callsPerMonth: calls };
      const estimate = estimateCost(plan(monitoring, inputs), monitoring.contract, asked);
      out(
        as === 'json'
          ? `${JSON.stringify(estimate, null, 2)}\n`
          : renderCost(estimate, systemFiguresFor(monitoring.contract)),
      );
    });
  return program;
};

const daysBack = (text: string): number => {
  const value = Number(text);
  if (!(value > 0 && value <= 15))
    throw new InvalidArgumentError('CloudWatch keeps minutes for 15 days: give up to 15.');
  return value;
};

const list = (text: string, before: readonly string[]): readonly string[] => [...before, text];

const threshold = (text: string, before: ReadonlyMap<string, number>): ReadonlyMap<string, number> => {
  const [, name = '', value = ''] = /^(.+)=([^=]+)$/.exec(text) ?? [];
  if (name === '' || !Number.isFinite(Number(value))) throw new InvalidArgumentError('Write <alarm>=<number>.');
  return new Map([...before, [name, Number(value)]]);
};

const addApply = (program: Command, { out }: Streams, end: (code: ExitCode) => void): void => {
  program
    .command('apply')
    .description('Brings the plan about in an emulator that runs on this machine')
    .option('--endpoint <url>', 'of the emulator', address, 'http://127.0.0.1:4580')
    .option('--region <region>', 'default: that of the inputs')
    .option('--dry-run', 'only says what would change')
    .addOption(format())
    .action(async ({ format: as, ...options }: ApplyCommand & { format: string }) => {
      const { config } = program.opts<{ config?: string }>();
      const { applyLocally, renderApplied } = await import('./apply.ts');
      const applied = await applyLocally({ ...options, ...(config !== undefined && { config }) });
      out(as === 'json' ? `${JSON.stringify(applied, null, 2)}\n` : renderApplied(applied));
      end(applied.complete ? 0 : 1);
    });
};

const addBacktest = (program: Command, { out }: Streams): void => {
  program
    .command('backtest')
    .description('Replays alarms over what the metrics of an account were: when each would have gone off')
    .option('--days <number>', 'days back, at most 15', daysBack, 14)
    .option('--deployed', 'the alarms that the account has, instead of those of the definition')
    .option('--alarms <file>', 'instead: a CloudFormation template, or what DescribeAlarms answers')
    .addOption(
      new Option('--alarm <part>', 'alarms with this in their name, each time they went off; may be repeated')
        .argParser(list)
        .default([], 'a line for each'),
    )
    .addOption(
      new Option('--threshold <alarm=number>', 'another threshold for an alarm; may be repeated')
        .argParser(threshold)
        .default(new Map(), 'as they are'),
    )
    .addOption(profile())
    .addOption(region())
    .addOption(endpoint())
    .addOption(format())
    .action(async ({ alarm, format: as, ...options }: BacktestCommand & { alarm: string[]; format: string }) => {
      const { config } = program.opts<{ config?: string }>();
      const { backtestAlarms } = await import('./backtest.ts');
      const { backtestJson, renderBacktest } = await import('./render-backtest.ts');
      const tested = await backtestAlarms({ ...options, only: alarm, ...(config !== undefined && { config }) });
      out(as === 'json' ? backtestJson(tested) : renderBacktest(tested, alarm));
    });
};

const port = (text: string): number => {
  const value = Number(text);
  if (!(Number.isInteger(value) && value >= 0 && value < 65_536)) throw new InvalidArgumentError('Give 0 to 65535.');
  return value;
};

const addView = (program: Command, { out, err }: Streams, stop: () => AbortSignal): void => {
  program
    .command('view')
    .description(
      'Shows dashboards, alarms, traces and logs in a browser: of an emulator started here, or of an account',
    )
    .option('--aws', 'of an AWS account, which costs what asking its metrics costs')
    .addOption(profile())
    .addOption(region())
    .addOption(endpoint())
    .option(
      '--budget <dollars>',
      'an hour, for metrics of an account; beyond it they are asked for less often',
      count,
      0.25,
    )
    .option('--file <body>', 'dashboard body, or what GetDashboard answers, to show instead')
    .option('--png <file>', 'writes a picture of the dashboard, and ends')
    .option('--dashboard <name>', 'of the picture; default the first')
    .option('--port <port>', 'default: a free one', port, 0)
    .action(async (options: ViewOptions) => {
      const { config } = program.opts<{ config?: string }>();
      const { view } = await import('./view.ts');
      await view({ ...options, ...(config !== undefined && { config }) }, { out, err }, stop());
    });
};
