import type { Service } from '../service-api/service.ts';
import { publishOperations } from './publish/publish-api.ts';
import { callOf } from './sns-call.ts';
import type { SnsContext } from './sns-context.ts';
import { subscriptionOperations } from './subscriptions/subscriptions-api.ts';
import { topicOperations } from './topics/topics-api.ts';

/** SNS as the AWS SDKs call it (Query/XML). */
export const snsService = (context: SnsContext): Service => ({
  signingName: 'sns',
  query: { version: '2010-03-31', xmlNamespace: 'http://sns.amazonaws.com/doc/2010-03-31/' },
  operations: Object.fromEntries(
    Object.entries({ ...topicOperations, ...subscriptionOperations, ...publishOperations }).map(([name, operation]) => [
      name,
      (input, _signal, request) => operation(callOf(context, request), input),
    ]),
  ),
});
