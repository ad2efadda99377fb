/** A response of the Runtime API. Header names are lower case. */
export type HttpResponse = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

type Head = { readonly status: number; readonly headers: Record<string, string>; readonly bodyAt: number };

function parseHead(bytes: Buffer): Head | undefined {
  const end = bytes.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const [statusLine = '', ...lines] = bytes.toString('latin1', 0, end).split('\r\n');
  const headers: Record<string, string> = {};
  for (const line of lines) {
    const colon = line.indexOf(':');
    headers[line.slice(0, colon).toLowerCase()] = line.slice(colon + 1).trim();
  }
  return { status: Number(statusLine.split(' ')[1]), headers, bodyAt: end + 4 };
}

/**
 * Puts the chunks of a kept connection together and delivers each response once it is whole.
 * Bodies must have a `Content-Length`, as those of the Runtime API here have; one response is read at a time.
 */
export function responseReader(deliver: (response: HttpResponse) => void): (chunk: Buffer) => void {
  let chunks: Buffer[] = [];
  let size = 0;
  let head: Head | undefined;
  return (chunk) => {
    chunks.push(chunk);
    size += chunk.length;
    if (head === undefined) {
      chunks = [Buffer.concat(chunks)];
      head = parseHead(chunks[0] as Buffer);
    }
    if (head === undefined) return;
    const end = head.bodyAt + Number(head.headers['content-length'] ?? 0);
    if (size < end) return;
    const { status, headers, bodyAt } = head;
    const body = Buffer.concat(chunks).toString('utf8', bodyAt, end);
    chunks = [];
    size = 0;
    head = undefined;
    deliver({ status, headers, body });
  };
}
