/** What became of one resource. */
export type AppliedResource = {
  /** As CloudFormation calls its type, such as `AWS::CloudWatch::Alarm`. */
  readonly type: string;
  readonly name: string;
} & Outcome;

/**
 * `lacking`: the endpoint has no such operation, or no client was given for its service. `failed`: it was refused, and
 * the rest went on. `note` says what the endpoint said besides, or what is left to do by hand.
 */
export type Outcome =
  | { readonly outcome: 'created' | 'updated' | 'unchanged'; readonly note?: string }
  | { readonly outcome: 'lacking' | 'failed'; readonly reason: string };

export type Applied = {
  /** In the order in which it was done. */
  readonly resources: readonly AppliedResource[];
  readonly topicArn: string;
  /** Whether everything of the plan is there now. */
  readonly complete: boolean;
};

/** One resource to bring about. */
export type Step = { readonly type: string; readonly name: string; readonly run: () => Promise<Outcome> };

export const done = (existed: boolean, note?: string): Outcome => ({
  outcome: existed ? 'updated' : 'created',
  ...(note !== undefined && { note }),
});

export const unchanged: Outcome = { outcome: 'unchanged' };

/** Runs a step; what the endpoint refuses becomes an outcome. */
export const runStep = async ({ type, name, run }: Step): Promise<AppliedResource> => {
  try {
    return { type, name, ...(await run()) };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const status = pageStatusOf(error);
    if (status !== undefined) return { type, name, outcome: 'lacking', reason: `answered with a page, HTTP ${status}` };
    return { type, name, outcome: isLacking(error) ? 'lacking' : 'failed', reason: `${error.name}: ${error.message}` };
  }
};

/** That no client was given for a service. */
export class ClientMissing extends Error {
  override readonly name = 'ClientMissing';
}

const lackingNames = new Set([
  'ClientMissing',
  'UnknownOperationException',
  'UnknownOperation',
  'InvalidAction',
  'NotImplemented',
  'NotImplementedError',
]);

/** Endpoints say in different ways that they do not know an operation. */
const isLacking = (error: Error): boolean => {
  const { $metadata: metadata } = error as { readonly $metadata?: { readonly httpStatusCode?: number } };
  return lackingNames.has(error.name) || metadata?.httpStatusCode === 501;
};

/** Of an answer in no protocol of AWS, which the SDK could not read: what a server says to a path that it does not have. */
const pageStatusOf = (error: Error): number | undefined => {
  const { $response: response } = error as { readonly $response?: { readonly statusCode?: number } };
  return error instanceof SyntaxError ? response?.statusCode : undefined;
};

/** Whether the error says that the thing asked for is not there. */
export const isAbsent = (error: unknown): boolean =>
  error instanceof Error && /NotFound|ResourceNotFound|NotFoundException/.test(error.name);
