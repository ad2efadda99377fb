import { voiceCampaign } from '@voice-campaign/metrics-schema';
import type { HandlerTools, InstrumentOptions } from '../../src/index.ts';
import { instrument } from '../../src/index.ts';
import { fakeContext, memorySink } from '../../src/testing.ts';

export const ROOT = '1-5759e988-bd862e3fe1be46a994272793';
export const PARENT = '53995c3f42cd8ad8';
export const SAMPLED = `Root=${ROOT};Parent=${PARENT};Sampled=1`;
export const UNSAMPLED = `Root=${ROOT};Parent=${PARENT};Sampled=0`;

/** A subsegment document as far as the tests look. */
export type Document = Readonly<Record<string, unknown>> & {
  readonly id: string;
  readonly name: string;
  readonly parent_id?: string;
  readonly trace_id?: string;
  readonly subsegments?: readonly Document[];
};

/** A document's name with those below it. */
export type Tree = readonly [name: string, children: readonly Tree[]];

export const treeOf = ({ name, subsegments = [] }: Document): Tree => [name, subsegments.map(treeOf)];

export const named = (documents: readonly Document[], name: string): Document | undefined => {
  for (const document of documents) {
    const found = document.name === name ? document : named(document.subsegments ?? [], name);
    if (found) return found;
  }
  return undefined;
};

type Work = (tools: HandlerTools<typeof voiceCampaign, 'dialer-worker'>) => unknown;

/** Runs one invocation of an instrumented handler with this trace header, and gives back what the daemon would get. */
export async function traced(work: Work, options: InstrumentOptions = {}, header = SAMPLED) {
  const sink = memorySink();
  const handler = instrument(voiceCampaign, 'dialer-worker', (_event: object, tools) => work(tools), {
    sink,
    namespace: 'voice-campaign/test',
    ...options,
  });
  process.env._X_AMZN_TRACE_ID = header;
  const ended = await handler({}, fakeContext()).then(
    (response) => ({ response, error: undefined }),
    (error: unknown) => ({ response: undefined, error }),
  );
  return { ...ended, sink, documents: sink.segments as unknown as readonly Document[] };
}
