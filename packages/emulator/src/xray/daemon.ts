import { createSocket, type Socket } from 'node:dgram';
import { readDatagram } from './read-datagram.ts';
import { largestTraceBytes } from './store/trace-store.ts';
import type { TraceIntake } from './trace-intake.ts';

/** What came to the daemon, by outcome. */
export type DaemonReport = {
  readonly accepted: number;
  readonly rejected: number;
  /** How many datagrams were rejected for each reason. */
  readonly reasons: Readonly<Record<string, number>>;
  /** Rules that accepted documents broke, with how often. */
  readonly flaws: Readonly<Record<string, number>>;
};

/** An X-Ray daemon that keeps what it receives. */
export type XrayDaemon = {
  /** `127.0.0.1:<port>`, as `AWS_XRAY_DAEMON_ADDRESS` takes it. */
  readonly address: string;
  readonly report: () => DaemonReport;
  /** Takes one datagram, as if it had come by UDP. */
  readonly receive: (datagram: Uint8Array) => void;
  /** Resolves once everything that had reached the socket before the call is recorded. */
  readonly drained: () => Promise<void>;
  readonly stop: () => Promise<void>;
};

/** As many reasons as are told apart; the rest is counted together. */
const maximumReasons = 100;
const receiveBufferBytes = 8 * 1024 * 1024;
const markerRetryMs = 50;

const count = (counts: Map<string, number>, key: string): void => {
  const known = counts.has(key) || counts.size < maximumReasons ? key : 'other';
  counts.set(known, (counts.get(known) ?? 0) + 1);
};

const bind = (socket: Socket, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    socket.once('error', reject);
    socket.bind(port, '127.0.0.1', () => {
      socket.off('error', reject);
      resolve();
    });
  });

const enlargeBuffer = (socket: Socket): void => {
  try {
    socket.setRecvBufferSize(receiveBufferBytes);
  } catch {
    // The system's own size does, with a smaller reserve for bursts.
  }
};

/** Listens on 127.0.0.1; port 0 takes a free one. @rejects with EADDRINUSE for a port that is taken. */
export const startXrayDaemon = async (port: number, traces: Pick<TraceIntake, 'record'>): Promise<XrayDaemon> => {
  const socket = createSocket('udp4');
  await bind(socket, port);
  enlargeBuffer(socket);
  const counts = { accepted: 0, rejected: 0, reasons: new Map<string, number>(), flaws: new Map<string, number>() };
  const markers = new Map<string, () => void>();
  const receive = (datagram: Uint8Array): void => {
    const text = Buffer.from(datagram.buffer, datagram.byteOffset, datagram.byteLength).toString('utf8');
    const read = readDatagram(text);
    if (read.kind === 'rejected') {
      counts.rejected += 1;
      count(counts.reasons, read.reason);
      return;
    }
    if (!traces.record(read.document)) {
      counts.rejected += 1;
      count(counts.reasons, `its trace has reached the ${largestTraceBytes} bytes that a trace can have`);
      return;
    }
    counts.accepted += 1;
    for (const flaw of read.flaws) count(counts.flaws, `${flaw.at} ${flaw.message}`);
  };
  socket.on('message', (datagram) => {
    const marker = datagram.length < 32 ? markers.get(datagram.toString('latin1')) : undefined;
    if (marker === undefined) receive(datagram);
    else marker();
  });
  socket.on('error', (error) => count(counts.reasons, `socket: ${error.message}`));
  return {
    address: `127.0.0.1:${socket.address().port}`,
    report: () => ({
      accepted: counts.accepted,
      rejected: counts.rejected,
      reasons: Object.fromEntries(counts.reasons),
      flaws: Object.fromEntries(counts.flaws),
    }),
    receive,
    drained: () => sendMarker(socket, markers),
    stop: () => new Promise((resolve) => socket.close(() => resolve())),
  };
};

/** Datagrams of a loopback socket arrive in order, so a marker that is back has everything before it behind it. */
const sendMarker = (socket: Socket, markers: Map<string, () => void>): Promise<void> =>
  new Promise((resolve) => {
    const marker = `marker ${markers.size} ${Math.random()}`.slice(0, 31);
    const { address, port } = socket.address();
    const send = (): void => socket.send(marker, port, address);
    const retry = setInterval(send, markerRetryMs);
    markers.set(marker, () => {
      clearInterval(retry);
      markers.delete(marker);
      resolve();
    });
    send();
  });
