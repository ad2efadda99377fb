import { type Input, readString } from '../service-api/input.ts';
import type { SnsCall } from './sns-call.ts';
import { invalidParameter, notFound } from './sns-errors.ts';
import type { Topic } from './topic-state.ts';

/** The parts of the ARN that a member of the input is. @throws ServiceError InvalidParameter for another text. */
export const arnParts = (arn: string | undefined, member: string): readonly string[] => {
  if (arn === undefined) throw invalidParameter(`${member} Reason: no value for required parameter`);
  const parts = arn.split(':');
  if (parts.length < 6) {
    throw invalidParameter(`${member} Reason: An ARN must have at least 6 elements, not ${parts.length}`);
  }
  return parts;
};

/** The ARN of a topic that the call may be about. @throws ServiceError InvalidParameter, for another region too. */
export const topicArnOf = ({ region }: SnsCall, input: Input, member = 'TopicArn'): string => {
  const arn = readString(input, member);
  const parts = arnParts(arn, member);
  if (parts[3] !== region) throw invalidParameter(member);
  return parts.join(':');
};

/** @throws ServiceError NotFound, or InvalidParameter without an ARN. */
export const topicOf = (call: SnsCall, input: Input, member = 'TopicArn'): Topic => {
  const topic = call.state.topics.get(topicArnOf(call, input, member));
  if (topic === undefined) throw notFound('Topic');
  return topic;
};
