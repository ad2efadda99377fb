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

/**
 * Distributes a group over as few EMF documents as there are conflicts of root keys: a metric stands once in a
 * document, and a dimension has one value in it. Each directive holds at most 99 metrics of at most 99 values.
 */
export function packLines(group: Group): EmfLine[] {
  const lines: EmfLine[] = [];
  for (const cell of group.cells.values()) {
    for (let from = 0; from < cell.values.length; from += MOST_VALUES) {
      const whole = cell.values.length <= MOST_VALUES;
      const part = whole ? cell : { ...cell, values: cell.values.slice(from, from + MOST_VALUES) };
      place(part, lineFor(part, lines, group.properties));
    }
  }
  return lines;
}

function lineFor(cell: Cell, lines: EmfLine[], properties: PropertyValues): EmfLine {
  const free = lines.find((line) => fits(cell, line));
  if (free) return free;
  const line: EmfLine = { properties, dimensions: {}, metricNames: new Set(), directives: new Map(), values: 0 };
  lines.push(line);
  return line;
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
