import { createSocket, type Socket } from 'node:dgram';

const HEADER = '{"format": "json", "version": 1}\n';

/** Where the X-Ray daemon listens: `host:port`, or `tcp:host:port udp:host:port` (AWS_XRAY_DAEMON_ADDRESS). */
export function daemonAddress(text: string | undefined): { readonly host: string; readonly port: number } {
  const udp = /(?:^|\s)udp:(\S+)/.exec(text ?? '')?.[1] ?? (text || '127.0.0.1:2000');
  const colon = udp.lastIndexOf(':');
  const host = udp.slice(0, colon) || '127.0.0.1';
  return { host: host === 'localhost' ? '127.0.0.1' : host, port: Number(udp.slice(colon + 1)) || 2000 };
}

/**
 * Sends documents to the X-Ray daemon in the tick of the call, so that they are out before the response, a blocked
 * loop or a kill: one kept socket, connected at the first document, whose `lookup` answers at once. Never throws.
 */
export function createUdpEmitter(address: string | undefined): (document: string) => void {
  const { host, port } = daemonAddress(address);
  let socket: Socket | undefined;
  const open = (): Socket => {
    const lookup = (name: string, _options: unknown, done: (error: null, address: string, family: number) => void) =>
      done(null, name, 4);
    const opened = createSocket(/^[\d.]+$/.test(host) ? { type: 'udp4', lookup } : { type: 'udp4' });
    // Nobody listens: the next document tries again.
    opened.on('error', () => {});
    opened.unref();
    opened.connect(port, host);
    return opened;
  };
  return (document) => {
    try {
      socket ??= open();
      socket.send(HEADER + document, () => {});
    } catch {
      socket = undefined;
    }
  };
}
