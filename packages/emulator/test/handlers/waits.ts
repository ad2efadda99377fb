/** Waits for longer than any test. */
export const handler = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 600_000));
