import { advise, inside, noFindings, type Place, refuse, warn } from '../message.ts';
import type { MetricRow, RenderProperties } from '../metric-widget.ts';
import { renderProperties } from './metric-shapes.ts';

const NOT_A_ROW =
  'Field "metrics" has to be an array of array of strings, with an optional metricRenderer object as last element';
const NOT_TEXT = 'Invalid metric field type, only "String" type is allowed';

type Row = readonly unknown[];
type Rendering = RenderProperties & { readonly expression?: string };
type Checked = { readonly fields: readonly string[]; readonly render: Rendering };

const isRender = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The row with what its dots stand for: `.` one field of the row above, `..` two, `...` as many as make it as long. */
function withoutDots(row: Row, above: Row): Row {
  const fields: unknown[] = [];
  row.forEach((field, index) => {
    if (field === '...') {
      const left = row.slice(index + 1).filter((each) => !isRender(each)).length;
      fields.push(...above.slice(fields.length, Math.max(fields.length, above.length - left)));
    } else if (field === '..') fields.push(...above.slice(fields.length, fields.length + 2));
    else if (field === '.') fields.push(...above.slice(fields.length, fields.length + 1));
    else fields.push(field);
  });
  return fields;
}

const isName = (field: unknown): field is string => typeof field === 'string' && field !== '';

/**
 * CloudWatch answers every fault of a row as a whole with the number of its fields less one; the hint says what it is.
 * Fields that are no text are named one by one.
 */
function checkRow(row: Row, length: number, place: Place): Checked | undefined {
  const last = isRender(row.at(-1)) ? row.at(-1) : undefined;
  const names = last === undefined ? row : row.slice(0, -1);
  const fields = names.filter(isName);
  const render = readRender(last ?? {}, inside(place, names.length));
  const fault = typeof render === 'string' ? render : faultOf(names, fields, render);
  if (fault !== undefined) refuse(place, `Should NOT have more than ${Math.max(length - 1, 0)} items`, fault);
  names.forEach((field, index) => {
    if (!isName(field)) refuse(inside(place, index), NOT_TEXT, field === '' ? 'it is empty' : undefined);
  });
  if (fault !== undefined || typeof render === 'string' || fields.length !== names.length) return undefined;
  return { fields, render };
}

/** The rendering properties, or what is wrong with them. */
function readRender(value: unknown, { path, findings }: Place): Rendering | string {
  const own = noFindings(findings.templates);
  const fits = renderProperties(value, { path, findings: own });
  for (const { DataPath, Message, severity } of own.messages) {
    if (severity === 'warning') warn({ path: DataPath, findings }, Message);
  }
  if (fits) return value;
  const fault = own.messages.find(({ severity }) => severity === 'error');
  return `its rendering properties${fault?.DataPath.slice(path.length) ?? ''}: ${fault?.hint ?? fault?.Message}`;
}

function faultOf(names: Row, fields: readonly string[], { expression }: Rendering): string | undefined {
  if (fields.length !== names.length || (names.length === 0 && expression !== undefined)) return undefined;
  if (names.length < 2) return 'a row begins with a namespace and a metric name, or is one object with an expression';
  return names.length % 2 === 0 ? undefined : `dimension "${fields.at(-1)}" has no value`;
}

function rowOf({ fields, render }: Checked): MetricRow {
  const { expression, ...rendering } = render;
  const [namespace = '', name = '', ...rest] = fields;
  if (fields.length === 0) return { kind: 'expression', expression: expression ?? '', render: rendering };
  const dimensions = rest.flatMap((each, index) =>
    index % 2 === 0 ? [{ name: each, value: rest[index + 1] ?? '' }] : [],
  );
  return { kind: 'metric', namespace, name, dimensions, render: rendering };
}

function adviseOn(rows: readonly MetricRow[], place: Place): void {
  const seen = new Set<string>();
  rows.forEach((row, index) => {
    const { id } = row.render;
    if (id !== undefined && seen.has(id)) advise(inside(place, index), `the id "${id}" is taken by a row above`);
    if (id !== undefined) seen.add(id);
  });
  const insights = rows.filter((row) => row.kind === 'expression' && /^\s*SELECT\s/i.test(row.expression));
  if (insights.length > 1)
    advise(place, 'a widget draws one Metrics Insights query: CloudWatch shows an error for more');
}

/** The rows of `metrics`, each whole. A row that is refused is left out; the dots below it mean the row above it. */
export function readMetricRows(rows: readonly unknown[], place: Place): readonly MetricRow[] {
  let above: Row = [];
  const read = rows.flatMap((row, index) => {
    const at = inside(place, index);
    if (!Array.isArray(row)) {
      refuse(at, 'Should be array');
      refuse(at, NOT_A_ROW);
      return [];
    }
    const whole = withoutDots(row, above);
    const checked = checkRow(whole, Math.max(whole.length, row.length), at);
    if (!checked) return [];
    if (checked.fields.length > 0) above = checked.fields;
    return [rowOf(checked)];
  });
  adviseOn(read, place);
  return read;
}
