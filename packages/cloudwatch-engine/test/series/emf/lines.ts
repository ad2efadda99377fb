import fc from 'fast-check';
import { DAY, NOW } from '../store/model.ts';

type Parts = {
  readonly namespace?: unknown;
  readonly dimensions?: unknown;
  readonly metrics?: unknown;
  readonly timestamp?: unknown;
  readonly members?: object;
};

/** What becomes of `soundLine()`. */
export const SOUND = { ok: true, datapoints: 2, warnings: [] };

/** A line of one directive, of the metrics Calls and Latency without dimensions but for these parts. */
export function soundLine({
  namespace = 'voice/test',
  dimensions = [[]],
  metrics = [{ Name: 'Calls', Unit: 'Count' }, { Name: 'Latency' }],
  timestamp = NOW,
  members = {},
}: Parts = {}): string {
  const CloudWatchMetrics = [{ Namespace: namespace, Dimensions: dimensions, Metrics: metrics }];
  return JSON.stringify({
    _aws: { Timestamp: timestamp, CloudWatchMetrics },
    ...{ Calls: 2, Latency: 1.5 },
    ...members,
  });
}

const oddValue = fc.constantFrom(null, '', 'x', -1, {}, [], [1, 'x'], [null], true, 1e200, '\u00e9', { Values: [] });
const key = fc.constantFrom('service', 'campaign', 'Calls', 'absent', '__proto__', 'constructor', 'a"b\\c');
const value = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom<unknown>(0, -0, 1, 2.5, 1e-7, -3e5, [1, 2], [7], [0.1, 0.2, 0.1]) },
  { weight: 1, arbitrary: fc.constantFrom<unknown>({ Values: [1, 2], Counts: [3, 4] }, { Values: [5] }) },
  { weight: 1, arbitrary: oddValue },
);
const metric = fc.record(
  {
    Name: fc.constantFrom<unknown>('Calls', 'Latency', 'Calls', 'Latency', 'toString', '__proto__', 'Ca\u006c\\ls', 7),
    Unit: fc.constantFrom<unknown>('Count', 'None', 'Count', 'Seconds', 'seconds'),
    StorageResolution: fc.constantFrom<unknown>(1, 60, 60, 30),
  },
  { requiredKeys: ['Name'] },
);
const set = fc.oneof(
  { weight: 3, arbitrary: fc.constant<unknown[]>([]) },
  { weight: 3, arbitrary: fc.constantFrom<unknown[]>(['service'], ['service', 'campaign'], ['campaign', 'service']) },
  { weight: 1, arbitrary: fc.array(fc.oneof(key, fc.constant(3)), { maxLength: 3 }) },
);
const directive = fc.record({
  Namespace: fc.constantFrom<unknown>('voice/test', 'voice/test', 'other', 'AWS/Lambda', '', 5),
  Dimensions: fc.oneof({ weight: 9, arbitrary: fc.array(set, { maxLength: 3 }) }, { weight: 1, arbitrary: oddValue }),
  Metrics: fc.oneof({ weight: 9, arbitrary: fc.array(metric, { maxLength: 3 }) }, { weight: 1, arbitrary: oddValue }),
});
const timestamp = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom<unknown>(NOW, NOW - 1000, NOW - 14 * DAY, NOW - DAY) },
  { weight: 1, arbitrary: fc.constantFrom<unknown>(NOW - 15 * DAY, NOW + DAY, NOW + 0.5, 'x', null, `${NOW}`) },
);
const text = fc.constantFrom<unknown>('first', 'second', 'th"i\\rd\n', '\ud83d\ude00', 'first', 'second', '', 4);
const property = fc.constantFrom<unknown>('', 'p', 'x"{}[],\\', 12, [1, { a: '}' }], { _aws: { b: [] } }, null, false);

/** Lines that are mostly sound, of few series, so that most have met their like. */
const structured = fc
  .record({
    directives: fc.array(directive, { maxLength: 2 }),
    stamp: timestamp,
    members: fc.record(
      { service: text, campaign: text, Calls: value, Latency: value, property, absent: property },
      { requiredKeys: ['service', 'campaign', 'Calls', 'Latency'] },
    ),
    awsLast: fc.boolean(),
    spaces: fc.constantFrom(undefined, undefined, 1),
  })
  .map(({ directives, stamp, members, awsLast, spaces }) => {
    const aws = { _aws: { Timestamp: stamp, CloudWatchMetrics: directives } };
    return JSON.stringify(awsLast ? { ...members, ...aws } : { ...aws, ...members }, null, spaces);
  });

const plain = fc
  .record({ service: text, Calls: value, Latency: value, property, stamp: timestamp })
  .map(({ stamp, ...members }) => soundLine({ timestamp: stamp, dimensions: [[], ['service']], members }));

/** A line with a piece of text cut out, doubled or put in. */
const broken = fc
  .tuple(
    fc.oneof(structured, plain),
    fc.double({ min: 0, max: 1, noNaN: true }),
    fc.nat({ max: 3 }),
    fc.constantFrom(
      '',
      '"',
      '}',
      ',',
      '\\',
      '\u0001',
      '\\u00',
      '0',
      ' ',
      '1e999',
      '"Calls":9,',
      '"_aws":{},',
      'e',
      '.',
    ),
  )
  .map(([line, share, cut, put]) => {
    const at = Math.floor(share * line.length);
    return line.slice(0, at) + put + line.slice(at + cut);
  });

const around = fc
  .tuple(
    plain,
    fc.constantFrom('', ' ', '2023-11-14T22:13:20.000Z\tid\tINFO\t', '[1]'),
    fc.constantFrom('', '\n', ' ', '}'),
  )
  .map(([line, before, after]) => before + line + after);

export const lines = fc.oneof(
  { weight: 5, arbitrary: plain },
  { weight: 5, arbitrary: structured },
  { weight: 2, arbitrary: broken },
  { weight: 1, arbitrary: around },
);
