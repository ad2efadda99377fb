import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleChild, bundleVariant, FORMATS, type Format } from './bundle-variants.ts';
import { type Load, median, type Run } from './figures.ts';
import { measureInTurn, overBare, type Task } from './measure.ts';
import { loopVariant, type Place, startDaemon } from './run-variant.ts';
import { startRuntimeApi } from './runtime-api.ts';

const VARIANTS = ['bare', 'by-hand', 'powertools', 'ours'] as const;
type Variant = (typeof VARIANTS)[number];

/** What one variant costs on one Node: milliseconds and microseconds over a bare handler; sizes as they are. */
export type Row = {
  readonly variant: Variant;
  readonly init: Readonly<Record<Format, number>>;
  readonly first: number;
  readonly sampled: number;
  readonly unsampled: number;
  /** CPU in a loop without Runtime API, HTTP and pipe. */
  readonly loop: { readonly sampled: number; readonly unsampled: number };
  readonly datagrams: number;
  readonly stdoutBytes: number;
  readonly rssMb: number;
};

export type Effort = { readonly coldRounds: number; readonly steadyRounds: number; readonly load: Load };

export type Size = { readonly name: string; readonly bytes: number; readonly gzipBytes: number };

const ONCE: Load = { warmUp: 0, measured: 0 };

/** Sizes of the bundles as CommonJS, in the order of the table. */
export async function measureSizes(): Promise<Size[]> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const sizes: Size[] = [];
  for (const name of [...VARIANTS, 'ours-sqs']) sizes.push({ name, ...(await bundleVariant(name, 'cjs', folder)) });
  rmSync(folder, { recursive: true });
  return sizes;
}

/** Measures all variants on one Node binary. */
export async function measureInstrumentation(
  node: string,
  { coldRounds, steadyRounds, load }: Effort,
  progress: (what: string) => void,
): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const api = await startRuntimeApi();
  const daemon = await startDaemon();
  const [child, loop] = [await bundleChild(folder, 'main'), await bundleChild(folder, 'loop')];
  const place = { node, child, loop, api, daemon };
  const files = new Map<string, string>();
  for (const variant of VARIANTS) {
    for (const format of FORMATS) {
      files.set(`${variant} ${format}`, (await bundleVariant(variant, format, folder)).file);
    }
  }
  const cold: Task[] = [...files].map(([name, file]) => ({ name, file, load: ONCE, sampled: true }));
  const steady: Task[] = VARIANTS.flatMap((variant) =>
    [true, false].map((sampled) => ({
      name: `${variant} ${sampled}`,
      file: files.get(`${variant} cjs`) ?? '',
      load,
      sampled,
    })),
  );
  try {
    const starts = await measureInTurn(place, cold, coldRounds, (done) => progress(`cold starts ${done}`));
    const runs = await measureInTurn(place, steady, steadyRounds, (done) => progress(`steady state ${done}`));
    const loops = await measureLoops(place, (variant) => files.get(`${variant} cjs`) ?? '', steadyRounds, load);
    return VARIANTS.map((variant) => ({ ...rowOf(variant, starts, runs), loop: loops(variant) }));
  } finally {
    api.close();
    daemon.close();
    rmSync(folder, { recursive: true });
  }
}

type Runs = ReadonlyMap<string, readonly Run[]>;

/** The least CPU of a call over the rounds, over a bare handler's. */
async function measureLoops(place: Place, fileOf: (variant: Variant) => string, rounds: number, { measured }: Load) {
  const least = new Map<string, number>();
  for (let round = 0; round < rounds; round += 1) {
    for (const variant of VARIANTS) {
      for (const sampled of [true, false]) {
        const key = `${variant} ${sampled}`;
        const cost = await loopVariant(place, fileOf(variant), 3 * measured, sampled);
        least.set(key, Math.min(cost, least.get(key) ?? cost));
      }
    }
  }
  const of = (variant: Variant, sampled: boolean) =>
    (least.get(`${variant} ${sampled}`) ?? 0) - (least.get(`bare ${sampled}`) ?? 0);
  return (variant: Variant) => ({ sampled: of(variant, true), unsampled: of(variant, false) });
}

function rowOf(variant: Variant, starts: Runs, runs: Runs): Omit<Row, 'loop'> {
  const sampled = runs.get(`${variant} true`) ?? [];
  return {
    variant,
    init: {
      cjs: overBare(starts, `${variant} cjs`, 'bare cjs', 'initMs'),
      esm: overBare(starts, `${variant} esm`, 'bare esm', 'initMs'),
    },
    first: overBare(starts, `${variant} cjs`, 'bare cjs', 'firstMs'),
    sampled: overBare(runs, `${variant} true`, 'bare true', 'cpuMicros'),
    unsampled: overBare(runs, `${variant} false`, 'bare false', 'cpuMicros'),
    datagrams: median(sampled.map(({ datagrams }) => datagrams)),
    stdoutBytes: median(sampled.map(({ stdoutBytes }) => stdoutBytes)),
    rssMb: median(sampled.map(({ rssMb }) => rssMb)),
  };
}
