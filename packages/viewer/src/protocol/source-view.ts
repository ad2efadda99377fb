/** `GET /api/meta`, and `source` of the live events: where the numbers come from. */
export type SourceView = {
  readonly kind: 'emulator' | 'aws';
  readonly region: string;
  readonly accountId?: string;
  /** Of an emulator, or of another endpoint than AWS's own. */
  readonly endpoint?: string;
  /** The source's time as it answers, seconds since 1970: an emulator may have a clock of its own. */
  readonly now?: number;
  /** What this source does not have, by the name of the page's part. */
  readonly missing: readonly ('mailbox' | 'plan')[];
  /** When the newest numbers were fetched, seconds since 1970; absent where they are read as they are shown. */
  readonly answeredAt?: number;
  /** What the source said instead of newer numbers. */
  readonly fault?: string;
  /** Of polling an account; US dollars. */
  readonly polling?: {
    readonly dollarsSoFar: number;
    readonly dollarsPerHour: number;
    readonly budgetPerHour: number;
    readonly slowedDown: boolean;
    /** The day of the prices, `2026-06-13`. */
    readonly pricesOf: string;
  };
};

/** Every answer that is not 200 has this body. */
export type ApiFault = { readonly message: string };
