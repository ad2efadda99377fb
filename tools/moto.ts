import { spawn, spawnSync } from 'node:child_process';
import { createServer } from 'node:net';

/** Whether moto is installed (`pip install 'moto[server]'`); a suite against it is skipped where it is not. */
export const hasMoto = spawnSync('moto_server', ['--help']).status === 0;

/** What a suite that needs moto is called where it cannot run. */
export const motoSuite = (name: string): string =>
  hasMoto ? name : `${name} (skipped: there is no moto_server on this machine; pip install 'moto[server]' brings it)`;

export type Moto = { readonly url: string; readonly stop: () => void };

/** Starts moto on a free port of the loopback interface, and waits until it answers. */
export const startMoto = async (): Promise<Moto> => {
  const port = await freePort();
  const child = spawn('moto_server', ['-H', '127.0.0.1', '-p', String(port)], { stdio: 'ignore' });
  const url = `http://127.0.0.1:${port}`;
  for (let ended = false; ; ) {
    child.once('exit', () => {
      ended = true;
    });
    const answered = await fetch(`${url}/moto-api/`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (answered) return { url, stop: () => void child.kill() };
    if (ended) throw new Error('moto_server ended before it answered');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
};

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
