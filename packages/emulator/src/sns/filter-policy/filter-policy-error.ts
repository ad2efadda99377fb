/** A policy that SNS would refuse; the message is its reason. */
export class FilterPolicyError extends Error {
  override readonly name = 'FilterPolicyError';
}

export const malformed = (reason: string): FilterPolicyError => new FilterPolicyError(`FilterPolicy: ${reason}`);
