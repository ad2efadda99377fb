/** Where a command writes: results to `out`, and everything else to `err`. */
export type Streams = { readonly out: (text: string) => void; readonly err: (text: string) => void };
