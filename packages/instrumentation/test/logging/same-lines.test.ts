import { Logger } from '@aws-lambda-powertools/logger';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { LogLevel } from '../../src/logging/log-settings.ts';
import { createLogWriter } from '../../src/logging/log-writer.ts';
import { createMasker } from '../../src/masking/masker.ts';

type Call = { readonly level: LogLevel; readonly message: string; readonly attributes: Record<string, unknown> };

const environment = [
  'AWS_LAMBDA_LOG_LEVEL',
  'POWERTOOLS_LOG_LEVEL',
  'LOG_LEVEL',
  'POWERTOOLS_LOGGER_SAMPLE_RATE',
  'POWERTOOLS_DEV',
  'POWERTOOLS_SERVICE_NAME',
  'TZ',
  '_X_AMZN_TRACE_ID',
];

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: 1_700_000_000_123 });
  for (const name of environment) vi.stubEnv(name, undefined);
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.useRealTimers();
});

/** What Powertools Logger itself writes of these calls. */
function theirs(calls: readonly Call[]): string[] {
  const lines: string[] = [];
  const write = (line: string) => void lines.push(line);
  const console = { debug: write, info: write, warn: write, error: write, log: write };
  // Its own Console is made in the constructor, which may write already.
  const { setConsole } = Logger.prototype as unknown as { setConsole(): void };
  Object.assign(Logger.prototype, {
    setConsole(this: Logger) {
      Object.assign(this, { console });
    },
  });
  const logger = new Logger(process.env.POWERTOOLS_SERVICE_NAME ? {} : { serviceName: 'dialer-worker' });
  Object.assign(Logger.prototype, { setConsole });
  for (const { level, message, attributes } of calls) logger[level](message, attributes);
  return lines;
}

function ours(calls: readonly Call[]): string[] {
  const lines: string[] = [];
  const write = (line: string) => void lines.push(line.trimEnd());
  const masker = createMasker({ phoneNumbers: false });
  const log = createLogWriter({ service: 'dialer-worker', sink: { write }, masker });
  for (const { level, message, attributes } of calls) log(level, message, attributes);
  return lines;
}

const parsed = (lines: readonly string[]) => lines.map((line) => JSON.parse(line));

const call = fc.record({
  level: fc.constantFrom<LogLevel>('debug', 'info', 'warn', 'error'),
  message: fc.string({ minLength: 1 }),
  attributes: fc.dictionary(
    fc.string({ minLength: 1 }).filter((key) => !/^(level|message|service|timestamp|constructor|__proto__)$/.test(key)),
    fc.oneof(
      fc.anything({ withBigInt: true, withDate: true, withMap: true, withSet: true }),
      fc.string().map((message) => new TypeError(message, { cause: new Error('below') })),
    ),
  ),
});

it('writes what Powertools Logger writes, whatever it is given', () => {
  fc.assert(
    fc.property(fc.array(call, { maxLength: 5 }), (calls) => {
      expect(parsed(ours(calls))).toEqual(parsed(theirs(calls)));
    }),
    { numRuns: 300 },
  );
});

const everyLevel: readonly Call[] = (['debug', 'info', 'warn', 'error'] as const).map((level) => ({
  level,
  message: `at ${level}`,
  attributes: { attempt: 1, nested: { error: new RangeError('no trunk') } },
}));

it.each<Record<string, string>>([
  {},
  { POWERTOOLS_LOG_LEVEL: 'DEBUG' },
  { POWERTOOLS_LOG_LEVEL: 'SILENT' },
  { POWERTOOLS_LOG_LEVEL: 'debug' },
  { LOG_LEVEL: 'WARN' },
  { POWERTOOLS_LOG_LEVEL: 'ERROR', LOG_LEVEL: 'DEBUG' },
  { AWS_LAMBDA_LOG_LEVEL: 'WARN', POWERTOOLS_LOG_LEVEL: 'DEBUG' },
  { AWS_LAMBDA_LOG_LEVEL: 'FATAL' },
  { AWS_LAMBDA_LOG_LEVEL: 'DEBUG', POWERTOOLS_LOGGER_SAMPLE_RATE: '1' },
  { POWERTOOLS_LOGGER_SAMPLE_RATE: '1' },
  { POWERTOOLS_LOGGER_SAMPLE_RATE: '1', POWERTOOLS_LOG_LEVEL: 'TRACE' },
  { POWERTOOLS_LOGGER_SAMPLE_RATE: '7' },
  { POWERTOOLS_DEV: 'true' },
  { POWERTOOLS_SERVICE_NAME: 'other' },
  { TZ: 'Europe/Rome' },
  { TZ: ':UTC' },
  { _X_AMZN_TRACE_ID: 'Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1' },
])('writes what Powertools Logger writes with %j', (variables) => {
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
  expect(parsed(ours(everyLevel))).toEqual(parsed(theirs(everyLevel)));
  expect(ours(everyLevel).map((line) => line.length)).toEqual(theirs(everyLevel).map((line) => line.length));
});

it('drops a reserved key with one warning', () => {
  const calls = [1, 2].map(
    (attempt) => ({ level: 'info', message: 'dialled', attributes: { level: 'x', attempt } }) as const,
  );
  expect(parsed(ours(calls)).map(({ level, message, attempt }) => [level, message, attempt])).toEqual([
    ['WARN', 'The key "level" is a reserved key and will be dropped.', undefined],
    ['INFO', 'dialled', 1],
    ['INFO', 'dialled', 2],
  ]);
});
