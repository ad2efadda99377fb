import type { Context } from 'aws-lambda';

/** Answers with its client context, and writes `none` where there is none. */
export const handler = async (_event: unknown, { clientContext }: Context) => {
  if (clientContext === undefined) process.stdout.write('none\n');
  return clientContext;
};
