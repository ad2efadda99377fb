import type { EmittedSet } from './emitted.ts';
import type { Finding } from './finding.ts';
import type { Read } from './reads/series-read.ts';

/** Words of other units than the one the metric has: a label that says them promises a number that is not drawn. */
const foreignWords: Readonly<Record<string, RegExp>> = {
  Bytes: /\b(?:[KMGT]i?B|(?:kilo|mega|giga|tera)bytes|%|percent)(?![A-Za-z])/i,
  Milliseconds: /(?:\b(?:seconds|minutes|hours|secs?)\b|\((?:s|min|h)\))/i,
  Seconds: /(?:\b(?:milliseconds|ms|minutes|hours)\b|\((?:ms|min|h)\))/i,
  Count: /%|\bpercent(?:age)?\b/i,
};

const leastBytes = 1024 ** 2;

/** Bytes read as GiB, milliseconds as seconds, shares as per cent, and units that no sample has. */
export const checkUnit = (read: Read, set: EmittedSet): readonly Finding[] => {
  const wrong = (severity: 'error' | 'warning', message: string): Finding => ({
    code: 'unit',
    severity,
    at: read.at,
    message,
  });
  return [
    ...askedUnit(read, set).map((message) => wrong('error', message)),
    ...[...words(read, set), ...threshold(read, set)].map((message) => wrong('warning', message)),
  ];
};

const askedUnit = ({ unit }: Read, set: EmittedSet): readonly string[] =>
  unit === undefined || unit === set.unit
    ? []
    : [
        `${set.metric} is emitted in ${set.unit} and asked for in ${unit}, of which there is never a sample: leave the unit out`,
      ];

const words = (read: Read, { metric, unit }: EmittedSet): readonly string[] => {
  const said = foreignWords[unit]?.exec(read.words ?? '')?.[0];
  if (said === undefined || (unit === 'Count' && read.statistic === 'Average')) return [];
  return [`${metric} is in ${unit} and the label says ${said}: compute it in an expression, or say ${unit}`];
};

const threshold = ({ threshold: limit }: Read, { metric, unit }: EmittedSet): readonly string[] => {
  if (limit === undefined) return [];
  if (unit === 'Bytes' && limit > 0 && limit < leastBytes) {
    return [`${metric} is in Bytes, and the threshold is ${limit} of them: of GiB it would be ${limit * 1024 ** 3}`];
  }
  if (unit === 'Percent' && limit > 100)
    return [`${metric} is in Percent and never above 100: the threshold is ${limit}`];
  if (unit === 'Percent' && limit > 0 && limit < 1) {
    return [
      `${metric} is in Percent, from 0 to 100: the threshold of ${limit} is ${limit * 100} if it was meant as a share`,
    ];
  }
  return [];
};
