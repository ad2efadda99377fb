/** X-Ray's filter expressions (developer guide, Using filter expressions) as a tree. */
export type TraceFilter =
  | { readonly kind: 'and' | 'or'; readonly left: TraceFilter; readonly right: TraceFilter }
  | { readonly kind: 'not'; readonly filter: TraceFilter }
  /** A keyword alone: a flag that is set, or a text that is there. */
  | { readonly kind: 'present'; readonly keyword: Keyword }
  | {
      readonly kind: 'compare';
      readonly keyword: Keyword;
      readonly operator: FilterOperator;
      readonly value: string | number | boolean;
    }
  | { readonly kind: 'service'; readonly id: ServiceId; readonly filter?: TraceFilter }
  | { readonly kind: 'edge'; readonly from: ServiceId; readonly to: ServiceId; readonly filter?: TraceFilter };

export type FilterOperator = '=' | '!=' | '<' | '>' | '<=' | '>=' | 'CONTAINS' | 'BEGINSWITH' | 'ENDSWITH';

/** Which service; without a member every one. */
export type ServiceId = { readonly name?: string; readonly type?: string; readonly 'account.id'?: string };

export type Keyword =
  | { readonly kind: 'flag'; readonly name: FlagKeyword }
  | { readonly kind: 'number'; readonly name: NumberKeyword }
  | { readonly kind: 'text'; readonly name: TextKeyword }
  | { readonly kind: 'annotation'; readonly name: string };

export const flagKeywords = ['ok', 'error', 'throttle', 'fault', 'partial', 'inferred', 'root'] as const;
export const numberKeywords = ['responsetime', 'duration', 'http.status'] as const;
export const textKeywords = [
  'http.url',
  'http.method',
  'http.useragent',
  'http.clientip',
  'user',
  'name',
  'type',
  'message',
  'availabilityzone',
  'instance.id',
  'resource.arn',
] as const;

type FlagKeyword = (typeof flagKeywords)[number];
type NumberKeyword = (typeof numberKeywords)[number];
export type TextKeyword = (typeof textKeywords)[number];

/** Documented, and not emulated. */
export const refusedKeywords = [
  'coverage',
  'first',
  'last',
  'index',
  'remote',
  'rootcause',
  'errorrootcause',
  'faultrootcause',
  'json',
  'group.name',
  'group.arn',
] as const;

/** The expression with every parenthesis that its tree needs; `parseTraceFilter` reads it back. */
export function printTraceFilter(filter: TraceFilter): string {
  switch (filter.kind) {
    case 'and':
      return `${operand(filter.left)} AND ${operand(filter.right)}`;
    case 'or':
      return `${operand(filter.left)} OR ${operand(filter.right)}`;
    case 'not':
      return `!${operand(filter.filter)}`;
    case 'present':
      return printKeyword(filter.keyword);
    case 'compare':
      return `${printKeyword(filter.keyword)} ${filter.operator} ${printValue(filter.value)}`;
    case 'service':
      return `service(${printId(filter.id)})${printBody(filter.filter)}`;
    case 'edge':
      return `edge(${printId(filter.from) || 'id()'}, ${printId(filter.to) || 'id()'})${printBody(filter.filter)}`;
  }
}

const operand = (filter: TraceFilter): string =>
  filter.kind === 'and' || filter.kind === 'or' ? `(${printTraceFilter(filter)})` : printTraceFilter(filter);

const printKeyword = (keyword: Keyword): string =>
  keyword.kind === 'annotation' ? `annotation[${keyword.name}]` : keyword.name;

const printValue = (value: string | number | boolean): string =>
  typeof value === 'string' ? `"${value.replace(/[\\"]/g, '\\$&')}"` : String(value);

const printBody = (filter: TraceFilter | undefined): string =>
  filter === undefined ? '' : ` { ${printTraceFilter(filter)} }`;

const printId = (id: ServiceId): string => {
  const members = Object.entries(id);
  if (members.length === 0) return '';
  if (members.length === 1 && id.name !== undefined) return printValue(id.name);
  return `id(${members.map(([name, value]) => `${name}: ${printValue(value)}`).join(', ')})`;
};
