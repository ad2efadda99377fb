import { Writable } from 'node:stream';
import type { Invocation } from './invocation.ts';
import type { Handler } from './load-handler.ts';
import type { RuntimeApi, StreamedPost } from './runtime-api.ts';
import { errorDocument, RuntimeError } from './runtime-error.ts';

const STREAMING = Symbol.for('aws.lambda.runtime.handler.streaming');
const PRELUDE_TYPE = 'application/vnd.awslambda.http-integration-response';

type ResponseStream = Writable & {
  setContentType: (type: string) => void;
  prelude?: string;
};

/** `awslambda.streamifyResponse` and `awslambda.HttpResponseStream`, as handlers find them on the global object. */
export const streamingGlobals = {
  streamifyResponse: (handler: Handler): Handler => Object.assign(handler, { [STREAMING]: 'response' }),
  HttpResponseStream: {
    /** Puts the status, headers and cookies of an HTTP response before the first byte that is written. */
    from(stream: ResponseStream, prelude: unknown): ResponseStream {
      stream.setContentType(PRELUDE_TYPE);
      stream.prelude = JSON.stringify(prelude) + '\0'.repeat(8);
      return stream;
    },
  },
};

/** Whether the handler was marked with `streamifyResponse`. @throws RuntimeError for any other kind of streaming. */
export function isStreaming(handler: Handler): boolean {
  const mark: unknown = Reflect.get(handler, STREAMING);
  if (!mark || mark === 'response') return mark === 'response';
  throw new RuntimeError('Runtime.MalformedStreamingHandler', 'Only response streaming is supported.');
}

function openStream(post: (type: string) => StreamedPost): { stream: ResponseStream; posted: () => StreamedPost } {
  let contentType = 'application/octet-stream';
  let begun: StreamedPost | undefined;
  const posted = (): StreamedPost => {
    begun ??= post(contentType);
    return begun;
  };
  const writable = new Writable({
    write(chunk: Uint8Array, _encoding, done) {
      const first = begun === undefined && stream.prelude !== undefined;
      if (first) posted().write(Buffer.from(stream.prelude ?? ''), () => {});
      posted().write(chunk, done);
    },
  });
  const stream: ResponseStream = Object.assign(writable, {
    setContentType(type: string) {
      const error = 'Cannot set content-type, too late.';
      if (begun !== undefined) throw new RuntimeError('Runtime.InvalidStreamingOperation', error);
      contentType = type;
    },
  });
  return { stream, posted };
}

/** Runs a streaming handler and sends its response as it is written; gives back what it threw, if it did. */
export async function callStreamingHandler(
  api: RuntimeApi,
  handler: Handler,
  { requestId, event, context }: Invocation,
): Promise<{ readonly thrown: unknown } | undefined> {
  const { stream, posted } = openStream((type) =>
    api.stream(`invocation/${requestId}/response`, {
      'Lambda-Runtime-Function-Response-Mode': 'streaming',
      'Content-Type': type,
      Trailer: 'Lambda-Runtime-Function-Error-Type, Lambda-Runtime-Function-Error-Body',
    }),
  );
  try {
    await handler(event, stream, { ...context });
    if (!stream.writableEnded) throw new Error('Response stream is not finished.');
    if (!stream.writableFinished) await new Promise((resolve) => stream.once('finish', resolve));
    await posted().end({});
    return undefined;
  } catch (thrown) {
    const document = errorDocument(thrown);
    await posted().end({
      'Lambda-Runtime-Function-Error-Type': document.errorType,
      'Lambda-Runtime-Function-Error-Body': Buffer.from(JSON.stringify(document)).toString('base64'),
    });
    return { thrown };
  }
}
