import type { Writable } from 'node:stream';

type Streamed = (event: unknown, stream: Writable & { setContentType: (type: string) => void }) => Promise<void>;
declare const awslambda: {
  streamifyResponse: (handler: Streamed) => Streamed;
  HttpResponseStream: { from: (stream: Writable, prelude: unknown) => Writable };
};

export const pieces = awslambda.streamifyResponse(async (_event, stream) => {
  stream.setContentType('text/plain');
  stream.write('one ');
  await new Promise((resolve) => setTimeout(resolve, 5));
  stream.write('two');
  stream.end();
});

export const http = awslambda.streamifyResponse(async (_event, stream) => {
  const body = awslambda.HttpResponseStream.from(stream, { statusCode: 201 });
  body.write('made');
  body.end();
});

export const breaks = awslambda.streamifyResponse(async (_event, stream) => {
  stream.write('begun');
  throw new Error('cut off');
});
