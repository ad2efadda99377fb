/** What is wrong with an expression; `at` is the index of the first character that is. */
export type SyntaxIssue = { readonly code: 'syntax'; readonly at: number; readonly message: string };

/** Ends the reading of a text; the function that began it turns it into a `SyntaxIssue`. */
export class ParseFailure extends Error {
  override readonly name = 'ParseFailure';
  readonly at: number;

  constructor(message: string, at: number) {
    super(message);
    this.at = at;
  }
}

export type Parsed<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly issue: SyntaxIssue };

/** What `read` returns, or the issue that it ended with, placed in words. */
export function reading<T>(read: () => T): Parsed<T> {
  try {
    return { ok: true, value: read() };
  } catch (error) {
    if (!(error instanceof ParseFailure)) throw error;
    const { message, at } = error;
    return { ok: false, issue: { code: 'syntax', at, message: `${message} (at character ${at + 1})` } };
  }
}
