import { createSocket, type Socket } from 'node:dgram';

const HEADER = '{"format": "json", "version": 1}\n';

type Address = { readonly host: string; readonly port: number };

const LOCAL: Address = { host: '127.0.0.1', port: 2000 };

/**
 * Where the X-Ray daemon listens: `host:port`, or `tcp:host:port udp:host:port` (AWS_XRAY_DAEMON_ADDRESS).
 *
 * @throws Error for a text that is neither.
 */
export function daemonAddress(text: string | undefined): Address {
  const given = text?.trim() ?? '';
  if (given === '') return LOCAL;
  const [, host, digits] = /^([\w.-]*):(\d+)$/.exec(/(?:^|\s)udp:(\S+)/.exec(given)?.[1] ?? given) ?? [];
  const port = Number(digits);
  if (host === undefined || !(port > 0 && port < 65_536)) {
    const forms = 'write host:port, or tcp:host:port udp:host:port, or leave it to Lambda';
    throw new Error(`AWS_XRAY_DAEMON_ADDRESS is "${given}", which is no address: ${forms}`);
  }
  return { host: host === '' || host === 'localhost' ? LOCAL.host : host, port };
}

/**
 * Sends documents to the X-Ray daemon in the tick of the call, so that they are out before the response, a blocked
 * loop or a kill: one kept socket, connected at the first document, whose `lookup` answers at once.
 *
 * @throws Error with each document where its address is none.
 */
export function createUdpEmitter(address: string | undefined): (document: string) => void {
  let socket: Socket | undefined;
  /** One that is not connected is of no use, and holds a descriptor. */
  const drop = (opened: Socket | undefined): void => {
    if (socket === opened) socket = undefined;
    try {
      opened?.close();
    } catch {
      // Closed already.
    }
  };
  const open = ({ host, port }: Address): Socket => {
    const lookup = (name: string, _options: unknown, done: (error: null, address: string, family: number) => void) =>
      done(null, name, 4);
    const opened = createSocket(/^[\d.]+$/.test(host) ? { type: 'udp4', lookup } : { type: 'udp4' });
    // Nobody listens, or no such host: the next document tries again.
    opened.on('error', () => drop(opened));
    opened.unref();
    opened.connect(port, host);
    return opened;
  };
  return (document) => {
    socket ??= open(daemonAddress(address));
    try {
      socket.send(HEADER + document, () => {});
    } catch {
      drop(socket);
    }
  };
}
