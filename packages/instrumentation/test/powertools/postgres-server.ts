import { createServer, type Server, type Socket } from 'node:net';

const message = (type: string, body: Buffer): Buffer => {
  const head = Buffer.alloc(5);
  head.write(type);
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
};

const READY = message('Z', Buffer.from('I'));
const AUTHENTICATED = message('R', Buffer.alloc(4));
const SELECTED = message('C', Buffer.from('SELECT 0\0'));
const REFUSED = message('E', Buffer.from('SERROR\0C42P01\0Mno such table\0\0'));

/** As much of a PostgreSQL server as answers simple queries: with no rows, or an error where they name `missing`. */
export function postgresServer(): Server {
  return createServer((socket: Socket) => {
    socket.once('data', () => {
      socket.write(Buffer.concat([AUTHENTICATED, READY]));
      socket.on('data', (data) => {
        if (data.toString('latin1', 0, 1) !== 'Q') return void socket.end();
        socket.write(Buffer.concat([data.includes('missing') ? REFUSED : SELECTED, READY]));
      });
    });
    socket.on('error', () => {});
  });
}
