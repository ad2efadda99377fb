import { FilterPolicyError } from './filter-policy-error.ts';
import { type Filterable, matchesRules } from './match-message.ts';
import { branchesOf, combinationsIn, isNested, keysIn, parsePolicy } from './policy-rules.ts';

export type FilterPolicyScope = 'MessageAttributes' | 'MessageBody';

const mostKeys = 5;
const mostCombinations = 150;

/**
 * Whether a message is accepted by a subscription filter policy (SNS developer guide, Subscription filter policies).
 * `scope` decides on nesting, which only a policy over the message body may have. All operators of the guide are known.
 * @throws FilterPolicyError for a policy that SNS refuses.
 */
export const compileFilterPolicy = (policy: unknown, scope: FilterPolicyScope): ((message: Filterable) => boolean) => {
  const nodes = parsePolicy(policy);
  if (scope === 'MessageAttributes' && isNested(nodes)) {
    throw new FilterPolicyError(`Filter policy scope ${scope} does not support nested filter policy`);
  }
  if (keysIn(nodes) > mostKeys) {
    throw new FilterPolicyError(`FilterPolicy: Filter policy can not have more than ${mostKeys} keys`);
  }
  // Before the branches are written out, of which there may be as many as combinations.
  if (combinationsIn(nodes) > mostCombinations) {
    throw new FilterPolicyError('FilterPolicy: Filter policy is too complex');
  }
  const branches = branchesOf(nodes);
  return (message) => branches.some((rules) => matchesRules(message, rules));
};
