import type { WireRequest } from '../service-api/wire-request.ts';
import type { SnsContext } from './sns-context.ts';

/** What one call to SNS works with: its `region` is the one that the call was signed for. */
export type SnsCall = SnsContext & {
  readonly isSigned: boolean;
  readonly traceHeader?: string;
};

/** SigV4 in the header, or in the query of a presigned URL: `Credential=<id>/<day>/<region>/sns/aws4_request`. */
const signedRegion = ({ headers, query }: WireRequest): string | undefined =>
  /Credential=[^/]*\/\d+\/([^/]+)\//.exec(headers.authorization ?? '')?.[1] ??
  query.get('X-Amz-Credential')?.split('/')[2];

export const callOf = (context: SnsContext, request: WireRequest | undefined): SnsCall => {
  const region = request && signedRegion(request);
  const traceHeader = request?.headers['x-amzn-trace-id'];
  return {
    ...context,
    region: region ?? context.region,
    isSigned: region !== undefined,
    ...(traceHeader !== undefined && { traceHeader }),
  };
};
