import { isReserved } from './reserved-words.ts';

export type InsightsFunction = 'AVG' | 'COUNT' | 'MAX' | 'MIN' | 'SUM';

/** A Metrics Insights query (user guide, "Query components and syntax in CloudWatch Metrics Insights"). */
export type InsightsQuery = {
  readonly select: { readonly function: InsightsFunction; readonly metricName: string };
  /** With `dimensions`, from `SCHEMA`, only metrics with exactly those. */
  readonly from: { readonly namespace: string; readonly dimensions?: readonly string[] };
  /** All of them hold. */
  readonly where: readonly InsightsCondition[];
  readonly groupBy: readonly string[];
  readonly orderBy?: { readonly function: InsightsFunction; readonly order: 'ASC' | 'DESC' };
  /** 1 to 500. */
  readonly limit?: number;
};

export type InsightsCondition = { readonly key: string; readonly operator: '=' | '!='; readonly value: string };

/** The query with the quotes that it needs; `parseInsightsQuery` reads it back. */
export function printInsightsQuery({ select, from, where, groupBy, orderBy, limit }: InsightsQuery): string {
  const { namespace, dimensions } = from;
  const names = [namespace, ...(dimensions ?? [])].map(printName).join(', ');
  const conditions = where.map(({ key, operator, value }) => `${printName(key)} ${operator} ${quote(value, "'")}`);
  return [
    `SELECT ${select.function}(${printName(select.metricName)})`,
    `FROM ${dimensions ? `SCHEMA(${names})` : names}`,
    ...(where.length > 0 ? [`WHERE ${conditions.join(' AND ')}`] : []),
    ...(groupBy.length > 0 ? [`GROUP BY ${groupBy.map(printName).join(', ')}`] : []),
    ...(orderBy ? [`ORDER BY ${orderBy.function}() ${orderBy.order}`] : []),
    ...(limit === undefined ? [] : [`LIMIT ${limit}`]),
  ].join(' ');
}

function printName(name: string): string {
  return /^[A-Za-z0-9_]+$/.test(name) && !isReserved(name) ? name : quote(name, '"');
}

function quote(text: string, mark: '"' | "'"): string {
  return `${mark}${text.replace(/["'\\]/g, '\\$&')}${mark}`;
}
