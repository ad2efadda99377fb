import type { Input } from './input.ts';
import type { WireRequest } from './wire-request.ts';

/**
 * Answers with the output, or throws a ServiceError. `signal` is aborted when the caller hangs up; `request` has what a
 * call says beside its input: how it is signed, and its trace.
 */
type Operation = (input: Input, signal?: AbortSignal, request?: WireRequest) => unknown;

/** Where a REST-JSON service (X-Ray, Lambda) takes an operation: `{Name}` in the path becomes a member of the input. */
export type RestRoute = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly operation: string;
  /** The member that takes the body as it came, as bytes; without it the body is a JSON object of members. */
  readonly payload?: string;
  /** Members that come as headers: the header's name in lower case by the member's. */
  readonly headers?: Readonly<Record<string, string>>;
};

/**
 * One AWS service: its operations by name, whichever protocol they come by. In an output a `Date` is a timestamp and a
 * `Map` a map of the model, because the protocols write those two differently (epoch seconds, CBOR tag 1, ISO 8601;
 * objects, `<entry>` elements), `timestampsOf` a list of timestamps, and a `Buffer` a blob; all else is plain JSON.
 */
export type Service = {
  /** Its name in a SigV4 scope, e.g. `monitoring`. */
  readonly signingName: string;
  /** AWS JSON and RPC v2 CBOR: what stands before the dot in `X-Amz-Target`, and `/service/<this>/operation/…`. */
  readonly targetPrefix?: string;
  /** Query/XML: API version and namespace of the answers. */
  readonly query?: { readonly version: string; readonly xmlNamespace: string };
  readonly rest?: readonly RestRoute[];
  /** Of AWS JSON; default 1.0. */
  readonly jsonVersion?: '1.0' | '1.1';
  /** Whether it once spoke Query, and its errors carry their old codes still; default where it does here. */
  readonly wasQuery?: boolean;
  /** Members whose numbers are doubles, also in lists and maps: they are written `30.0`, and in CBOR as doubles. */
  readonly doubles?: ReadonlySet<string>;
  readonly operations: Readonly<Record<string, Operation>>;
  /** Largest request body, inflated; more is answered with 413. Default: no limit of its own. */
  readonly maximumBodyBytes?: number;
};

const raw = Symbol('raw reply');

/** An answer that is no JSON document: a REST operation's own status, headers and bytes. */
export type RawReply = {
  readonly [raw]: true;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
  /** Where the answer is of a request that had an id before. */
  readonly requestId?: string;
};

export const rawReply = (reply: Omit<RawReply, typeof raw>): RawReply => ({ ...reply, [raw]: true });

export const isRawReply = (output: unknown): output is RawReply =>
  typeof output === 'object' && output !== null && raw in output;
