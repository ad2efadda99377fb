/** SQS delays a message by at most 15 minutes (SQS API reference, SendMessage, DelaySeconds). */
const MAX_DELAY_SECONDS = 900;

/** An item, and the whole seconds after which it may be received. */
export type Paced<T> = { readonly item: T; readonly delaySeconds: number };

/**
 * The next items to enqueue, in order: as many as `pace` (items per second) allows within `seconds`, each delayed so
 * that no second sees more than `pace` of them.
 *
 * @throws RangeError when the pace is not above 0, or the seconds are not from 1 to 900.
 */
export function paced<T>(items: readonly T[], pace: number, seconds: number): readonly Paced<T>[] {
  if (!(pace > 0)) throw new RangeError(`a pace of ${pace} calls per second never ends: it must be above 0`);
  if (!(seconds >= 1 && seconds <= MAX_DELAY_SECONDS)) {
    throw new RangeError(`SQS delays a message by up to ${MAX_DELAY_SECONDS} s: a slice of ${seconds} s does not fit`);
  }
  const count = Math.max(1, Math.floor(pace * seconds));
  return items.slice(0, count).map((item, index) => ({ item, delaySeconds: Math.floor(index / pace) }));
}
