import { CreateAliasCommand, CreateKeyCommand, DescribeKeyCommand } from '@aws-sdk/client-kms';
import type { Clients } from './clients.ts';
import { done, isAbsent, type Outcome, unchanged } from './outcome.ts';

/** A key under its alias; that of a key that exists is left as it is. */
export const putKey = async (
  { kms }: Clients,
  { alias, policy }: { readonly alias: string; readonly policy: object },
): Promise<Outcome> => {
  try {
    await kms(new DescribeKeyCommand({ KeyId: alias }));
    return unchanged;
  } catch (error) {
    if (!isAbsent(error)) throw error;
  }
  const { KeyMetadata } = await kms(new CreateKeyCommand({ Policy: JSON.stringify(policy) }));
  await kms(new CreateAliasCommand({ AliasName: alias, TargetKeyId: KeyMetadata?.KeyId }));
  return done(false);
};
