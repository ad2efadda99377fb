import type { Throughput } from './emulator.ts';
import type { Row, Size } from './instrumentation.ts';

const TITLES: Readonly<Record<string, string>> = {
  bare: 'bare handler',
  'by-hand': 'x0b, written by hand',
  powertools: 'x1, Powertools three + Middy',
  ours: 'this package',
  'ours-sqs': 'this package with `/sqs`',
};

const kilobytes = (bytes: number): string => (bytes / 1000).toFixed(1);

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, head.map((_, column) => (column === 0 ? '---' : '---:')), ...rows];
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

export function sizeTable(sizes: readonly Size[]): string {
  const rows = sizes.map(({ name, bytes, gzipBytes }) => [
    TITLES[name] ?? name,
    kilobytes(bytes),
    kilobytes(gzipBytes),
  ]);
  return table(['bundle (CJS)', 'minified kB', 'gzip kB'], rows);
}

/** Figures over a bare handler, each with its ratio to x1's. */
export function costTable(rows: readonly Row[]): string {
  const base = rows.find(({ variant }) => variant === 'powertools');
  const cell = (digits: number, figure: (row: Row) => number) => (row: Row) => {
    const value = figure(row);
    return `${value.toFixed(digits)} (${base ? (value / figure(base)).toFixed(2) : '?'})`;
  };
  const cells = [
    cell(1, ({ init }) => init.cjs),
    cell(1, ({ init }) => init.esm),
    cell(1, ({ first }) => first),
    cell(0, ({ sampled }) => sampled),
    cell(0, ({ unsampled }) => unsampled),
    cell(0, ({ loop }) => loop.sampled),
    cell(0, ({ loop }) => loop.unsampled),
    ({ datagrams }: Row) => datagrams.toFixed(0),
    ({ stdoutBytes }: Row) => stdoutBytes.toFixed(0),
    ({ rssMb }: Row) => rssMb.toFixed(0),
  ];
  const head = ['variant', 'init CJS, ms', 'init ESM, ms', 'first handler, ms', 'CPU sampled, µs', 'CPU unsampled, µs'];
  return table(
    [...head, 'in a loop, sampled', 'unsampled', 'datagrams', 'stdout, B', 'RSS, MB'],
    rows
      .filter(({ variant }) => variant !== 'bare')
      .map((row) => [TITLES[row.variant] ?? row.variant, ...cells.map((text) => text(row))]),
  );
}

export function emulatorTable(rows: readonly Throughput[]): string {
  return table(
    ['processes', 'invocations a second', 'one alone, ms', 'called directly, ms'],
    rows.map(({ processes, perSecond, latencyMs, directMs }) => [
      String(processes),
      perSecond.toFixed(0),
      latencyMs.toFixed(2),
      directMs.toFixed(4),
    ]),
  );
}
