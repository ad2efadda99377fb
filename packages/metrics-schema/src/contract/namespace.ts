import { checkNamespace } from './check-names.ts';
import type { Contract } from './contract.ts';
import { ContractError, type ContractIssue } from './contract-error.ts';

/**
 * The namespace of one deployment, `<project>/<environment>`.
 *
 * @throws ContractError when a part is empty, or when CloudWatch refuses the whole.
 */
export function namespace<const P extends string, const E extends string>(parts: {
  readonly project: P;
  readonly environment: E;
}): `${P}/${E}` {
  const { project, environment } = parts;
  const issues: ContractIssue[] = [];
  for (const [at, part] of Object.entries({ project, environment })) {
    if (!part) issues.push({ code: 'empty', at, message: 'is empty: name it' });
  }
  const joined: `${P}/${E}` = `${project}/${environment}`;
  checkNamespace((issue) => issues.push(issue), 'namespace', joined);
  if (issues.length > 0) throw new ContractError(issues);
  return joined;
}

export type NamespaceSource =
  | 'option'
  | 'POWERTOOLS_METRICS_NAMESPACE'
  | 'PROJECT_NAME and ENVIRONMENT'
  | 'contract'
  | 'default';

/** Where a running function publishes, who said so, and what is wrong about it. */
export type ResolvedNamespace = {
  readonly namespace: string;
  readonly source: NamespaceSource;
  readonly issues: readonly ContractIssue[];
};

export type NamespaceInputs = {
  readonly option?: string | undefined;
  /** The process's environment variables. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly contract: Pick<Contract, 'namespace'>;
};

/** What Powertools publishes under when nobody says where. */
const DEFAULT = 'default_namespace';

/**
 * Finds the namespace of a running function: the option, else POWERTOOLS_METRICS_NAMESPACE, else PROJECT_NAME and
 * ENVIRONMENT, else the contract's own, else `default_namespace`. A source that CloudWatch would refuse is reported
 * and passed over. In Lambda, falling back to the last two is an issue too: metrics in another namespace than the
 * deployment's are metrics nobody reads. Never throws.
 */
export function resolveNamespace({ option, environment, contract }: NamespaceInputs): ResolvedNamespace {
  const issues: ContractIssue[] = [];
  const candidates: [NamespaceSource, string | undefined][] = [
    ['option', option],
    ['POWERTOOLS_METRICS_NAMESPACE', environment.POWERTOOLS_METRICS_NAMESPACE],
    ['PROJECT_NAME and ENVIRONMENT', deployment(environment, issues)],
    ['contract', contract.namespace],
  ];
  const [source, namespace] = candidates.find((candidate) => usable(candidate, issues)) ?? [];
  const resolved: Omit<ResolvedNamespace, 'issues'> =
    source && namespace ? { namespace, source } : { namespace: DEFAULT, source: 'default' };
  const fellBack = resolved.source === 'contract' || resolved.source === 'default';
  if (fellBack && environment.AWS_LAMBDA_FUNCTION_NAME) {
    issues.push({
      code: 'namespace-unset',
      at: 'namespace',
      namespace: resolved.namespace,
      message: `no namespace is set, so metrics go to "${resolved.namespace}", where dashboards and alarms do not look: set PROJECT_NAME and ENVIRONMENT, or POWERTOOLS_METRICS_NAMESPACE`,
    });
  }
  return { ...resolved, issues };
}

function usable([source, namespace]: readonly [NamespaceSource, string | undefined], issues: ContractIssue[]): boolean {
  if (!namespace) return false;
  const before = issues.length;
  checkNamespace((issue) => issues.push(issue), source, namespace);
  return issues.length === before;
}

function deployment(environment: NamespaceInputs['environment'], issues: ContractIssue[]): string | undefined {
  const { PROJECT_NAME: project, ENVIRONMENT: name } = environment;
  if (project && name) return `${project}/${name}`;
  // ENVIRONMENT alone is too common a variable to mean us.
  if (project) {
    issues.push({
      code: 'namespace-incomplete',
      at: 'PROJECT_NAME and ENVIRONMENT',
      missing: 'ENVIRONMENT',
      message: 'PROJECT_NAME is set without ENVIRONMENT: set both',
    });
  }
  return undefined;
}
