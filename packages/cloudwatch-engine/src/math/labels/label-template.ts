/** Dynamic values of labels (user guide, "Use dynamic labels"). */
const LABEL_VALUES = [
  'AVG',
  'DATAPOINT_COUNT',
  'FIRST',
  'FIRST_LAST_RANGE',
  'FIRST_LAST_TIME_RANGE',
  'FIRST_TIME',
  'FIRST_TIME_RELATIVE',
  'LABEL',
  'LAST',
  'LAST_TIME',
  'LAST_TIME_RELATIVE',
  'MAX',
  'MAX_TIME',
  'MAX_TIME_RELATIVE',
  'MIN',
  'MIN_MAX_RANGE',
  'MIN_MAX_TIME_RANGE',
  'MIN_TIME',
  'MIN_TIME_RELATIVE',
  'SUM',
] as const;

export type LabelValue = (typeof LABEL_VALUES)[number];

/** What `${PROP('…')}` names, beside `Dim.` and the name of a dimension. */
const LABEL_PROPERTIES = ['AccountId', 'AccountLabel', 'MetricName', 'Namespace', 'Period', 'Region', 'Stat'] as const;

export type LabelProperty = (typeof LABEL_PROPERTIES)[number];

export type LabelPart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'value'; readonly value: LabelValue }
  | { readonly kind: 'property'; readonly property: LabelProperty }
  | { readonly kind: 'dimension'; readonly name: string };

/** A label in parts, and what is wrong with it; parts that are wrong stay as text. */
export type LabelTemplate = { readonly parts: readonly LabelPart[]; readonly problems: readonly string[] };

const MAX_DYNAMIC = 5;
const TOKEN = /\$\{([^{}]*)\}/gu;
const PROPERTY = /^PROP\(\s*(?:'([^']*)'|"([^"]*)")\s*\)$/u;

export function parseLabel(label: string): LabelTemplate {
  const parts: LabelPart[] = [];
  const problems: string[] = [];
  let from = 0;
  for (const match of label.matchAll(TOKEN)) {
    const content = (match[1] ?? '').trim();
    const [, single, double] = PROPERTY.exec(content) ?? [];
    const property = single ?? double;
    const part = property === undefined ? valuePart(content) : propertyPart(property);
    if (part === undefined) problems.push(unknown(match[0], property));
    else {
      parts.push({ kind: 'text', text: label.slice(from, match.index) }, part);
      from = match.index + match[0].length;
    }
  }
  parts.push({ kind: 'text', text: label.slice(from) });
  const dynamic = parts.filter(({ kind }) => kind !== 'text');
  if (dynamic.length > MAX_DYNAMIC)
    problems.push(`the label has ${dynamic.length} dynamic values, CloudWatch takes ${MAX_DYNAMIC}`);
  const labels = dynamic.filter((part) => part.kind === 'value' && part.value === 'LABEL').length;
  if (labels > 1) problems.push(`the label has \${LABEL} ${labels} times, CloudWatch takes it once`);
  return { parts: parts.filter((part) => part.kind !== 'text' || part.text !== ''), problems };
}

function valuePart(name: string): LabelPart | undefined {
  const value = LABEL_VALUES.find((each) => each === name);
  return value && { kind: 'value', value };
}

function propertyPart(name: string): LabelPart | undefined {
  if (name.startsWith('Dim.') && name.length > 4) return { kind: 'dimension', name: name.slice(4) };
  const property = LABEL_PROPERTIES.find((each) => each === name);
  return property && { kind: 'property', property };
}

function unknown(token: string, property: string | undefined): string {
  const known = property === undefined ? [...LABEL_VALUES, "PROP('…')"] : ['Dim.<name>', ...LABEL_PROPERTIES];
  return `${token} is no dynamic value of a label: there are ${known.join(', ')}`;
}
