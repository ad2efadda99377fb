import type { MonitoringDocument } from '../document/document.ts';
import type { Bindings } from '../document/fill.ts';
import type { Scope } from '../monitoring/aws-metrics.ts';
import type { Deployment } from './inputs.ts';
import type { Resource } from './resources.ts';

/** A query reads at most so many log groups (StartQuery). */
export const mostLogGroups = 50;

/** `adopt`: it exists and is taken over. */
export type PlannedLogGroup = {
  readonly logGroupName: string;
  readonly retentionInDays: number;
  readonly adopt: boolean;
};

/** As PutQueryDefinition takes it. */
export type PlannedQuery = {
  readonly name: string;
  readonly queryString: string;
  readonly logGroupNames: readonly string[];
};

/** As PutInsightRule takes it; the definition is JSON in ASCII. */
export type PlannedContributorRule = {
  readonly RuleName: string;
  readonly RuleDefinition: string;
  readonly RuleState: 'ENABLED';
};

type Surroundings = { readonly bindings: Bindings; readonly resourcesOf: (scope: Scope) => readonly Resource[] };

const logGroupOf = ({ name }: Pick<Resource, 'name'>): string => `/aws/lambda/${name}`;

/** One for each function; none where the inputs say that somebody else looks after them. */
export const expandLogGroups = (deployment: Deployment): readonly PlannedLogGroup[] =>
  deployment.manageLogGroups
    ? deployment.lambdaFunctionNames.map((name) => {
        const logGroupName = logGroupOf({ name });
        const adopt = deployment.existingLogGroupNames.includes(logGroupName);
        return { logGroupName, retentionInDays: deployment.logRetentionDays, adopt };
      })
    : [];

export const expandQueries = (
  { queries }: Pick<MonitoringDocument, 'queries'>,
  { bindings, resourcesOf }: Surroundings,
): readonly PlannedQuery[] =>
  queries.flatMap(({ name, scopes, query }) => {
    const logGroupNames = scopes.flatMap(resourcesOf).map(logGroupOf).slice(0, mostLogGroups);
    return logGroupNames.length === 0
      ? []
      : [{ name: `${bindings.prefix}/${name}`, queryString: query, logGroupNames }];
  });

export const expandContributorRules = (
  { contributorRules }: Pick<MonitoringDocument, 'contributorRules'>,
  { bindings, resourcesOf }: Surroundings,
): readonly PlannedContributorRule[] =>
  contributorRules.flatMap(({ name, scopes, definition }) => {
    const LogGroupNames = scopes.flatMap(resourcesOf).map(logGroupOf);
    const RuleDefinition = JSON.stringify({ ...definition, LogGroupNames });
    return LogGroupNames.length === 0
      ? []
      : [{ RuleName: `${bindings.prefix}-${name}`, RuleDefinition, RuleState: 'ENABLED' }];
  });
