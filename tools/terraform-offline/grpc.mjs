// A gRPC server for unary calls on a unix socket, on node:http2 alone. Unlike the usual library it tells connections
// apart, and Terraform opens one for each `provider` block: that is how two aliases keep their own region and tags.
import http2 from 'node:http2';
import protobuf from 'protobufjs';

const INTERNAL = 13,
  UNIMPLEMENTED = 12;
const frame = (bytes) => {
  const head = Buffer.alloc(5);
  head.writeUInt32BE(bytes.length, 1);
  return Buffer.concat([head, bytes]);
};

/** Serves `service` of the .proto text; `connect()` makes the handlers of one connection. Resolves with a function that stops it. */
export function serve(socket, protoText, service, connect) {
  const { root, package: pkg } = protobuf.parse(protoText, { keepCase: true });
  const { methods } = root.resolveAll().lookupService(`${pkg}.${service}`);
  const server = http2.createServer(),
    sessions = new Map();
  server.on('session', (session) => {
    sessions.set(session, connect());
    session.on('close', () => sessions.delete(session));
  });
  server.on('stream', (stream, headers) => {
    const handlers = sessions.get(stream.session),
      [, owner, name] = headers[':path'].split('/'),
      chunks = [];
    const method = owner === `${pkg}.${service}` ? methods[name] : undefined;
    const respond = (status, message, body) => {
      if (stream.destroyed) return;
      stream.respond({ ':status': 200, 'content-type': 'application/grpc+proto' }, { waitForTrailers: true });
      stream.on('wantTrailers', () =>
        stream.sendTrailers({
          'grpc-status': String(status),
          ...(message ? { 'grpc-message': encodeURIComponent(message) } : {}),
        }),
      );
      stream.end(body);
    };
    stream.on('error', () => {}); // the other side went away
    if (!method || !handlers?.[name]) {
      stream.resume();
      respond(UNIMPLEMENTED, `${name} is not implemented`);
      return;
    }
    stream.on('data', (c) => chunks.push(c));
    stream.on('end', () => {
      try {
        const request = method.resolvedRequestType.decode(Buffer.concat(chunks).subarray(5));
        const response = method.resolvedResponseType.fromObject(handlers[name](request));
        respond(0, '', frame(method.resolvedResponseType.encode(response).finish()));
      } catch (e) {
        respond(INTERNAL, `${name}: ${e.stack}`);
      }
    });
  });
  const stop = () => {
    for (const session of sessions.keys()) session.destroy();
    server.close();
  };
  return new Promise((resolve, reject) => server.once('error', reject).listen(socket, () => resolve(stop)));
}
