import { Command, InvalidArgumentError, Option } from 'commander';
import { checkRates, defaultRates, type Rates } from '../simulator/fate.ts';

export type DemoOptions = {
  readonly contacts: number;
  readonly seed: number;
  readonly rates: Rates;
  /** Calls begun per second. */
  readonly pace: number;
  /** Seconds of telephone time that pass in one second. */
  readonly speed: number;
  readonly failingRecord: boolean;
  readonly deadLetter: boolean;
  readonly killWorker: boolean;
  readonly sampling: 'all' | 'lambda';
  readonly json: boolean;
  /** Whether the story is played after the campaign. */
  readonly story: boolean;
  /** As fast as it can, without anything to look at. */
  readonly once: boolean;
  /** Whether the browser is opened. */
  readonly open: boolean;
};

type Flags = Omit<DemoOptions, 'rates'> & {
  readonly answerRate: number;
  readonly busyRate?: number;
  readonly noAnswerRate?: number;
  readonly conversionRate: number;
  readonly optOutRate: number;
  readonly smsRate: number;
  readonly ttsFallbackRate: number;
};

/** `argv` as in process.argv. Prints the help, or what is wrong with a flag, and exits, as commands do. */
export function parseOptions(argv: readonly string[]): DemoOptions {
  const command = demoCommand();
  const flags = command.parse(argv).opts<Flags>();
  const rates = ratesOf(flags);
  try {
    checkRates(rates);
  } catch (error) {
    command.error(error instanceof Error ? error.message : String(error));
  }
  const { contacts, seed, pace, speed, failingRecord, deadLetter, killWorker, sampling, json, story, once, open } =
    flags;
  return {
    contacts,
    seed,
    rates,
    pace,
    speed,
    failingRecord,
    deadLetter,
    killWorker,
    sampling,
    json,
    story,
    once,
    open,
  };
}

function demoCommand(): Command {
  return new Command('demo')
    .description(
      'Runs a voice campaign on this machine, through real Lambda handlers, and holds what they reported\n' +
        'against what the simulated telephone network knows. Then plays a day of alarms in a story.\n' +
        'Exits with 1 if any count differs, or anything in the story does not come as it should.',
    )
    .option('--contacts <number>', 'people to call', whole, 2000)
    .option('--seed <number>', 'what people do follows from it', whole, 1)
    .option('--pace <calls>', 'calls begun per second', positive, 250)
    .option('--speed <factor>', 'seconds of telephone time that pass in one second', positive, 600)
    .option('--answer-rate <share>', 'of all calls', share, defaultRates.answer)
    .option('--busy-rate <share>', 'of all calls (default: its part of those not answered)', share)
    .option('--no-answer-rate <share>', 'of all calls (default: its part of those not answered)', share)
    .option('--conversion-rate <share>', 'of answered calls', share, defaultRates.conversion)
    .option('--opt-out-rate <share>', 'of answered calls', share, defaultRates.optOut)
    .option('--sms-rate <share>', 'of answered calls', share, defaultRates.sms)
    .option('--tts-fallback-rate <share>', 'of prompts', share, defaultRates.promptFailure)
    .option('--failing-record', 'the database fails once for one call, after it was dialled', false)
    .option('--dead-letter', 'a message that nobody can read ends in the dead-letter queue', false)
    .option('--kill-worker', 'kill a dialer-worker (SIGKILL) while it is dialling', false)
    .addOption(
      new Option('--sampling <rule>', 'invocations traced: all, or as Lambda samples them (1 a second and 5 %)')
        .choices(['all', 'lambda'])
        .default('all'),
    )
    .option('--json', 'print the result as JSON, without the story', false)
    .option('--open', 'open the dashboards of the story in the browser', false)
    .option('--once', 'play the story as fast as it can, and end', false)
    .option('--no-story', 'without the story: alarms that go off, mail, and a campaign that is paused by one');
}

function ratesOf(flags: Flags): Rates {
  const ofUnanswered = (1 - flags.answerRate) / (1 - defaultRates.answer);
  return {
    ...defaultRates,
    answer: flags.answerRate,
    busy: flags.busyRate ?? defaultRates.busy * ofUnanswered,
    noAnswer: flags.noAnswerRate ?? defaultRates.noAnswer * ofUnanswered,
    conversion: flags.conversionRate,
    optOut: flags.optOutRate,
    sms: flags.smsRate,
    promptFailure: flags.ttsFallbackRate,
  };
}

function whole(text: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 1) throw new InvalidArgumentError('Give a whole number from 1.');
  return number;
}

function positive(text: string): number {
  const number = Number(text);
  if (!(number > 0 && number < Number.POSITIVE_INFINITY)) throw new InvalidArgumentError('Give a number above 0.');
  return number;
}

function share(text: string): number {
  const number = Number(text);
  if (!(number >= 0 && number <= 1)) throw new InvalidArgumentError('Give a share from 0 to 1.');
  return number;
}
