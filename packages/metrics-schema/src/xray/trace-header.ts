/**
 * The X-Ray trace header (Developer Guide, "Tracing header"): `X-Amzn-Trace-Id` of HTTP, `AWSTraceHeader` of SQS and
 * `_X_AMZN_TRACE_ID` of Lambda.
 */
export type TraceHeader = {
  /** `1-8hex-24hex`: the trace. */
  readonly root: string;
  /** 16 hexadecimal digits: the segment or subsegment that made the call. */
  readonly parent?: string;
  /** Absent where nobody has decided yet, or decides (PassThrough): pass the header on and record nothing. */
  readonly sampled?: boolean;
  /** Lambda's record of the functions passed, which its recursion detection counts. */
  readonly lineage?: string;
  /** The other pairs in their order, at most 256 characters: to be passed on unchanged. */
  readonly others?: readonly (readonly [key: string, value: string])[];
};

const TRACE_ID = /^1-[\da-f]{8}-[\da-f]{24}$/i;
const ENTITY_ID = /^[\da-f]{16}$/i;

/** As much of unknown pairs as aws-xray-sdk-core passes on. */
const OTHERS_LENGTH = 256;

/** Whether the text is an X-Ray trace id, `1-8hex-24hex`. */
export function isTraceId(text: unknown): text is string {
  return typeof text === 'string' && TRACE_ID.test(text);
}

/** Whether the text is the id of a segment, subsegment or exception: 16 hexadecimal digits. */
export function isEntityId(text: unknown): text is string {
  return typeof text === 'string' && ENTITY_ID.test(text);
}

/** As Lambda writes it. */
const USUAL = /^Root=(1-[\da-f]{8}-[\da-f]{24});Parent=([\da-f]{16});Sampled=([01])(?:;Lineage=([^;\s]+))?$/;

/**
 * Reads a trace header; undefined for a text without a well-formed `Root`. A malformed `Parent` reads as none, any
 * `Sampled` but 0 and 1 as another pair (`?` asks for a decision). Keys may be in any case and order.
 */
export function parseTraceHeader(text: string | undefined): TraceHeader | undefined {
  const usual = USUAL.exec(text ?? '');
  if (usual) {
    const [, root = '', parent = '', sampled, lineage] = usual;
    return { root, parent, sampled: sampled === '1', ...(lineage && { lineage }) };
  }
  const known: Record<string, string> = {};
  const others: [string, string][] = [];
  let room = OTHERS_LENGTH;
  for (const pair of text?.split(';') ?? []) {
    const equals = pair.indexOf('=');
    const [key, value] = [pair.slice(0, Math.max(equals, 0)).trim(), pair.slice(equals + 1).trim()];
    if (!key || !value) continue;
    const name = key.toLowerCase();
    if (name === 'root' || name === 'parent' || name === 'lineage' || (name === 'sampled' && /^[01]$/.test(value))) {
      known[name] ??= value;
    } else {
      room -= key.length + value.length + 2;
      if (room >= 0) others.push([key, value]);
    }
  }
  const { root, parent, sampled, lineage } = known;
  if (!isTraceId(root)) return undefined;
  return {
    root,
    ...(isEntityId(parent) ? { parent } : {}),
    ...(sampled ? { sampled: sampled === '1' } : {}),
    ...(lineage ? { lineage } : {}),
    ...(others.length > 0 ? { others } : {}),
  };
}

/** The header's text, in the order Root, Parent, Sampled, Lineage, others: what `parseTraceHeader` reads back. */
export function formatTraceHeader({ root, parent, sampled, lineage, others = [] }: TraceHeader): string {
  let text = `Root=${root}`;
  if (parent) text += `;Parent=${parent}`;
  if (sampled !== undefined) text += `;Sampled=${sampled ? 1 : 0}`;
  if (lineage) text += `;Lineage=${lineage}`;
  for (const [key, value] of others) text += `;${key}=${value}`;
  return text;
}
