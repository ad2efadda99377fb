import type { Cell, Group, PropertyValues } from './samples.ts';

type Directive = { readonly dimensionSets: readonly (readonly string[])[]; readonly cells: Cell[] };

/** What one EMF document holds: no two members of it claim the same root key with different values. */
export type EmfLine = {
  readonly properties: PropertyValues;
  readonly dimensions: Record<string, string>;
  readonly metricNames: Set<string>;
  readonly directives: Map<string, Directive>;
  values: number;
};

/** One fewer than Powertools Metrics holds: at its hundredth value or metric it prints by itself. */
const MOST_VALUES = 99;
const MOST_METRICS = 99;
/** Values of a line, about 25 bytes each: with all its names it stays below 256 kB, one log event of Lambda. */
const MOST_LINE_VALUES = 4000;

/** How many lines are looked at for room: all of them would be work without end for thousands of series. */
const NEAR = 64;

type Packing = { readonly lines: EmfLine[]; readonly byDimensions: Map<string, EmfLine[]> };

/**
 * Distributes a group over few EMF documents, in linear time: a metric stands once in a document, and a dimension has
 * one value in it. Each directive holds at most 99 metrics of at most 99 values.
 */
export function packLines(group: Group): EmfLine[] {
  const packing: Packing = { lines: [], byDimensions: new Map() };
  for (const cell of group.cells.values()) {
    for (let from = 0; from < cell.values.length; from += MOST_VALUES) {
      const whole = cell.values.length <= MOST_VALUES;
      const part = whole ? cell : { ...cell, values: cell.values.slice(from, from + MOST_VALUES) };
      place(part, lineFor(part, packing, group.properties));
    }
  }
  return packing.lines;
}

/** One of its own dimension values, which other metrics have too, else any that is near. */
function lineFor(cell: Cell, { lines, byDimensions }: Packing, properties: PropertyValues): EmfLine {
  const key = JSON.stringify(cell.dimensions);
  const alike = byDimensions.get(key) ?? [];
  const found = near(cell, alike) ?? near(cell, lines);
  const line = found ?? { properties, dimensions: {}, metricNames: new Set(), directives: new Map(), values: 0 };
  if (!found) lines.push(line);
  if (alike.at(-1) !== line) byDimensions.set(key, [...alike.slice(-NEAR), line]);
  return line;
}

function near(cell: Cell, lines: readonly EmfLine[]): EmfLine | undefined {
  for (let at = Math.max(0, lines.length - NEAR); at < lines.length; at += 1) {
    const line = lines[at];
    if (line && fits(cell, line)) return line;
  }
  return undefined;
}

function fits(cell: Cell, line: EmfLine): boolean {
  const { metricNames, dimensions } = line;
  if (metricNames.has(cell.name) || cell.name in dimensions || metricNames.size >= MOST_METRICS) return false;
  if (line.values + cell.values.length > MOST_LINE_VALUES) return false;
  return Object.entries(cell.dimensions).every(
    ([key, value]) => (dimensions[key] ?? value) === value && !metricNames.has(key),
  );
}

function place(cell: Cell, line: EmfLine): void {
  const key = JSON.stringify(cell.dimensionSets);
  const directive = line.directives.get(key);
  if (directive) directive.cells.push(cell);
  else line.directives.set(key, { dimensionSets: cell.dimensionSets, cells: [cell] });
  line.values += cell.values.length;
  line.metricNames.add(cell.name);
  Object.assign(line.dimensions, cell.dimensions);
}
