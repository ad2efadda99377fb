/** What goes wrong in an invocation. Each handler here adds 10 to TotalCalls, and ends one span, before it does. */
export const faults = [
  'none',
  'throw, spans closed',
  'throw, a span open',
  'timeout',
  'busy loop',
  '150 metrics',
  '150 values',
  '9 dimensions',
  '30 dimensions',
  'NaN and Infinity',
  'no value',
  'bad unit',
  'name of 300 characters',
  'name of the prototype',
  'metric named like a dimension',
  'dimension value of 300 kB',
  'annotation of 100 kB',
  'circular metadata',
  'bigint metadata',
] as const;
export type Fault = (typeof faults)[number];

export type FaultEvent = { readonly fault: Fault; readonly who?: string; readonly waitMs?: number };

export const busy = (ms: number): void => {
  for (const end = Date.now() + ms; Date.now() < end; );
};

export const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

let alone: (() => void) | undefined;

/** Waits until two invocations of a process have come as far, and so long more: they overlap, however busy the machine. */
export const overlap = async (ms: number): Promise<void> => {
  const other = alone;
  alone = undefined;
  if (other) other();
  else {
    await new Promise<void>((resolve) => {
      alone = resolve;
    });
  }
  await sleep(ms);
};

export const circular = (): object => {
  const circle: Record<string, unknown> = {};
  circle.self = circle;
  return circle;
};

/** Two invocations, the second of which begins and ends while the first waits. */
export const overlaps: readonly FaultEvent[] = [
  { fault: 'none', who: 'A', waitMs: 60 },
  { fault: 'none', who: 'B', waitMs: 20 },
];
