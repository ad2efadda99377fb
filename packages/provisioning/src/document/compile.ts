import type { Monitoring } from '../monitoring/monitoring.ts';
import { ruleDefinition } from '../monitoring/rule-definition.ts';
import { compileAlarms } from './compile-alarms.ts';
import { compileDashboards } from './compile-dashboards.ts';
import type { ContributorRuleTemplate, MonitoringDocument } from './document.ts';

// A graph of more lines than this cannot be read, and its dashboard is no longer one of the free ones.
const seriesPerScope = 10;

/** What a definition means for any deployment: `contract.json`. Pure: the same definition gives the same document. */
export const compile = (monitoring: Monitoring): MonitoringDocument => ({
  version: 1,
  contract: monitoring.contract,
  ...compileAlarms(monitoring),
  dashboards: compileDashboards(monitoring),
  traceGroups: Object.entries(monitoring.traceGroups).map(([name, { services, condition = null }]) => ({
    name,
    services,
    condition,
  })),
  samplingRules: Object.entries(monitoring.samplingRules).map(([name, rule]) => ({ name, ...rule })),
  queries: Object.entries(monitoring.queries).map(([name, query]) => ({ name, ...query })),
  contributorRules: contributorRules(monitoring),
  seriesPerScope,
  variables: [
    { kind: 'function', property: 'FunctionName', label: 'Function' },
    { kind: 'queue', property: 'QueueName', label: 'Queue' },
  ],
});

const contributorRules = ({ contributorRules }: Monitoring): readonly ContributorRuleTemplate[] =>
  Object.entries(contributorRules).map(([name, rule]) => ({
    name,
    scopes: rule.scopes,
    definition: ruleDefinition(rule),
  }));
