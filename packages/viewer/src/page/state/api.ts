import { useEffect, useState } from 'preact/hooks';
import type { ApiFault } from '../../protocol/source-view.ts';

type Parameters = Readonly<Record<string, string | number | undefined>>;

/** What the server says why it cannot answer. */
class ServerFault extends Error {
  override readonly name = 'ServerFault';
}

/** The address of an answer; parameters without a value are left out. */
export function apiUrl(parts: readonly string[], parameters: Parameters = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) if (value !== undefined) search.set(name, String(value));
  const text = search.toString();
  return `api/${parts.map(encodeURIComponent).join('/')}${text === '' ? '' : `?${text}`}`;
}

/** @throws ServerFault with the server's words, or TypeError when nothing answers. */
async function getJson<Answer>(url: string, signal: AbortSignal): Promise<Answer> {
  const response = await fetch(url, { signal, headers: { accept: 'application/json' } });
  if (response.ok) return (await response.json()) as Answer;
  const fault = (await response.json().catch(() => ({}))) as Partial<ApiFault>;
  throw new ServerFault(fault.message ?? `The server answered ${response.status} ${response.statusText}`);
}

export type Loaded<Answer> = { readonly answer?: Answer; readonly fault?: string; readonly loading: boolean };

const RETRY_MS = 1000;

/**
 * Asks the server, and again whenever the address or `version` changes; the last answer stays until the next is there.
 * A server that does not answer is asked again each second. Without an address nothing is asked.
 */
export function useAnswer<Answer>(url: string | undefined, version: unknown = 0): Loaded<Answer> {
  const [loaded, setLoaded] = useState<Loaded<Answer>>({ loading: url !== undefined });
  useEffect(() => {
    if (url === undefined) return setLoaded({ loading: false });
    const abort = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = (): Promise<void> =>
      getJson<Answer>(url, abort.signal).then(
        (answer) => setLoaded({ answer, loading: false }),
        (error: unknown) => {
          if (abort.signal.aborted) return;
          const isAnswered = error instanceof ServerFault;
          setLoaded((last) => ({ ...(!isAnswered && last), fault: faultText(error), loading: false }));
          if (!isAnswered) timer = setTimeout(ask, RETRY_MS);
        },
      );
    setLoaded((last) => ({ ...last, loading: true }));
    void ask();
    return () => {
      abort.abort();
      clearTimeout(timer);
    };
  }, [url, version]);
  return loaded;
}

const faultText = (error: unknown): string =>
  error instanceof ServerFault ? error.message : 'The server does not answer. Is it still running?';
