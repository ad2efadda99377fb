import { voiceCampaign } from '@voice-campaign/metrics-schema';
import { instrument } from '../src/index.ts';

type Stream = { end(text: string): void };
type Streamify = <H extends (event: never, stream: never, context: never) => unknown>(handler: H) => H;

declare const awslambda: { readonly streamifyResponse: Streamify };

/** The wrong way round: the runtime calls it with (event, stream, context). */
export const around = awslambda.streamifyResponse(
  instrument(voiceCampaign, 'dialer-worker', () => 'done') as (event: never, stream: never, context: never) => unknown,
);

const streaming = awslambda.streamifyResponse((_event: object, stream: Stream) => stream.end('done'));

/** Why `instrument` refuses the handler, found when it is loaded. */
export async function refusal(): Promise<string> {
  try {
    instrument(voiceCampaign, 'dialer-worker', streaming as unknown as () => void);
    return 'it does not';
  } catch (error) {
    return String(error);
  }
}
