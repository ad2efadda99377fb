import { parseInsightRule } from '@voice-campaign/cloudwatch-engine/contributors';
import { LogQueryError, parseLogQuery } from '@voice-campaign/cloudwatch-engine/logs';
import type { Monitoring } from '../monitoring.ts';
import { ruleDefinition } from '../rule-definition.ts';
import type { Report } from './check-readings.ts';

const mostQueryCharacters = 10_000;

/** Queries that Logs Insights would not take, and rules that Contributor Insights would not. */
export const checkLogs = ({ queries, contributorRules }: Monitoring, report: Report): void => {
  for (const [name, { query, scopes }] of Object.entries(queries)) {
    if (scopes.length === 0) report('scope', `queries.${name}.scopes`, 'names no function whose logs to query');
    checkQuery(query, `queries.${name}.query`, report);
  }
  for (const [name, rule] of Object.entries(contributorRules)) {
    const body = JSON.stringify({ ...ruleDefinition(rule), LogGroupNames: ['/aws/lambda/any'] });
    const parsed = parseInsightRule(body);
    if (parsed.ok) continue;
    for (const { path, message } of parsed.issues) report('rule', `contributorRules.${name}.${path}`, message);
  }
};

/** A pipeline without its `SOURCE`. */
export const checkQuery = (query: string, path: string, report: Report): void => {
  if (query.length > mostQueryCharacters) {
    report('limit', path, `${query.length} characters: a query has ${mostQueryCharacters} at most`);
  }
  try {
    parseLogQuery(query);
  } catch (error) {
    if (!(error instanceof LogQueryError)) throw error;
    report('query', path, error.message);
  }
};
