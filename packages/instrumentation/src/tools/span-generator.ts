type AnyGenerator = Record<'next' | 'return' | 'throw', (value?: unknown) => unknown>;

export type GeneratorSpan = {
  /** Runs a step in the span's context. */
  readonly enter: (step: () => unknown) => unknown;
  readonly end: () => void;
  readonly failed: (error: unknown) => never;
};

export function isGenerator(value: unknown): value is AnyGenerator {
  return /^\[object (Async)?Generator\]$/.test(Object.prototype.toString.call(value));
}

/** The same generator, sync or async: each step runs in the span, which ends when it returns, throws or is left. */
export function spanGenerator<G extends AnyGenerator>(generator: G, { enter, end, failed }: GeneratorSpan): G {
  const settle = (result: unknown) => {
    if ((result as IteratorResult<unknown>).done) end();
    return result;
  };
  const step = (method: keyof AnyGenerator) => (value?: unknown) => {
    let result: unknown;
    try {
      result = enter(() => generator[method](value));
    } catch (error) {
      return failed(error);
    }
    return result instanceof Promise ? result.then(settle, failed) : settle(result);
  };
  // Its prototype makes it iterable, and a generator to whoever asks.
  return Object.create(Object.getPrototypeOf(generator), {
    next: { value: step('next') },
    return: { value: step('return') },
    throw: { value: step('throw') },
  });
}
