export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** Thresholds of Powertools Logger. */
const THRESHOLDS = { TRACE: 6, DEBUG: 8, INFO: 12, WARN: 16, ERROR: 20, CRITICAL: 24, SILENT: 28 } as const;

type Environment = Readonly<Record<string, string | undefined>>;

export type LogSettings = {
  /** The lowest level that is written. */
  readonly threshold: number;
  /** What share of execution environments logs at DEBUG. */
  readonly samplingRate: number;
  /** Whether this one was chosen to. */
  readonly sampled: boolean;
  /** Spaces of indentation; 0 for one line. */
  readonly indentation: number;
};

export const thresholdOf = (level: LogLevel): number => THRESHOLDS[level.toUpperCase() as Uppercase<LogLevel>];

const levelIn = (name: string | undefined): number | undefined =>
  name !== undefined && Object.hasOwn(THRESHOLDS, name) ? THRESHOLDS[name as keyof typeof THRESHOLDS] : undefined;

/**
 * What Powertools Logger reads from its environment: Lambda's own log level wins over all, then come sampling, the
 * level given, POWERTOOLS_LOG_LEVEL and LOG_LEVEL. `random` is from 0 (included) to 1 (excluded).
 */
export function logSettings(environment: Environment, random: () => number, given?: 'TRACE'): LogSettings {
  const read = (key: string) => environment[key]?.trim() || undefined;
  const lambda = read('AWS_LAMBDA_LOG_LEVEL');
  const forced = levelIn(lambda === 'FATAL' ? 'CRITICAL' : lambda);
  const chosen = forced ?? levelIn(given) ?? levelIn(read('POWERTOOLS_LOG_LEVEL') ?? read('LOG_LEVEL'));
  const level = chosen ?? THRESHOLDS.INFO;
  const rate = Number(read('POWERTOOLS_LOGGER_SAMPLE_RATE') ?? 0);
  const samplingRate = rate >= 0 && rate <= 1 ? rate : 0;
  const sampled = level > THRESHOLDS.TRACE && samplingRate > 0 && Math.floor(random() * 100) / 100 <= samplingRate;
  return {
    threshold: sampled && forced === undefined ? THRESHOLDS.DEBUG : level,
    samplingRate,
    sampled,
    indentation: /^(1|y|yes|t|true|on)$/i.test(read('POWERTOOLS_DEV') ?? '') ? 4 : 0,
  };
}
