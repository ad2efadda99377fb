import { connect, type Socket } from 'node:net';
import { type HttpResponse, responseReader } from './http-response.ts';

/** A POST whose body is written piece by piece. */
export type StreamedPost = {
  readonly write: (chunk: Uint8Array, done: (error?: Error | null) => void) => void;
  readonly end: (trailers: Readonly<Record<string, string>>) => Promise<HttpResponse>;
};

/** The runtime's side of the Runtime API 2018-06-01. */
export type RuntimeApi = {
  /** Waits for the next event, without a limit. Only this keeps the process alive. */
  readonly next: () => Promise<HttpResponse>;
  readonly post: (path: string, body: string, headers?: Readonly<Record<string, string>>) => Promise<HttpResponse>;
  readonly stream: (path: string, headers: Readonly<Record<string, string>>) => StreamedPost;
};

type Connection = {
  readonly address: string;
  readonly socket: Socket;
  readonly answer: () => Promise<HttpResponse>;
};

const PREFIX = '/2018-06-01/runtime/';

/**
 * Written on node:net, so that nothing which patches or listens to node:http sees the runtime's own requests.
 * The socket counts as work only while an answer is due: with none due, an empty event loop is the handler's.
 */
function openConnection(address: string, closed: () => void): Connection {
  const [host = '', port] = address.split(':');
  let settle: ((response: HttpResponse) => void) | undefined;
  const socket = connect({ host, port: Number(port), noDelay: true });
  socket.unref();
  socket.on('error', () => {});
  socket.on('close', closed);
  socket.on(
    'data',
    responseReader((response) => {
      socket.unref();
      settle?.(response);
    }),
  );
  return {
    address,
    socket,
    answer: () =>
      new Promise((resolve) => {
        settle = resolve;
        socket.ref();
      }),
  };
}

function head(to: Connection, line: string, headers: Readonly<Record<string, string | number>>): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `${line} HTTP/1.1\r\nHost: ${to.address}\r\n${lines.join('')}\r\n`;
}

/** A second post may begin before the first is answered (several invocations in flight): they take turns. */
function inTurn(): <T>(task: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> | undefined;
  return (task) => {
    const turn = last === undefined ? task() : last.then(task);
    const settled = turn.finally(() => {
      if (last === settled) last = undefined;
    });
    last = settled;
    return turn;
  };
}

function streamPost(connection: Connection, path: string, headers: Readonly<Record<string, string>>): StreamedPost {
  const { socket } = connection;
  const answered = connection.answer();
  socket.write(head(connection, `POST ${PREFIX}${path}`, { ...headers, 'Transfer-Encoding': 'chunked' }));
  return {
    write(chunk, done) {
      if (chunk.length === 0) return done();
      socket.write(`${chunk.length.toString(16)}\r\n`);
      socket.write(chunk);
      socket.write('\r\n', done);
    },
    end(trailers) {
      const lines = Object.entries(trailers).map(([name, value]) => `${name}: ${value}\r\n`);
      socket.write(`0\r\n${lines.join('')}\r\n`);
      return answered.finally(() => socket.destroy());
    },
  };
}

/** Opens the two connections of a runtime to `host:port`: one that waits for events, one that posts. */
export function openRuntimeApi(address: string): RuntimeApi {
  // When they close, the platform is gone, and with it any reason to live on.
  const polling = openConnection(address, () => process.exit(1));
  const posting = openConnection(address, () => process.exit(1));
  const takeTurn = inTurn();
  return {
    next() {
      polling.socket.write(head(polling, `GET ${PREFIX}invocation/next`, {}));
      return polling.answer();
    },
    post: (path, body, headers = {}) =>
      takeTurn(() => {
        const length = Buffer.byteLength(body);
        const type = { 'Content-Type': 'application/json', 'Content-Length': length };
        posting.socket.write(head(posting, `POST ${PREFIX}${path}`, { ...type, ...headers }) + body);
        return posting.answer();
      }),
    stream: (path, headers) =>
      streamPost(
        openConnection(address, () => {}),
        path,
        headers,
      ),
  };
}
