/** Tells the application of an issue. What goes wrong in that, now or in a promise, must not fail what it observes. */
export function tell<I>(onError: ((issue: I) => unknown) | undefined, issue: I): void {
  try {
    const told = onError?.(issue);
    // An async function: its rejection would end the process.
    if (told instanceof Promise) told.catch(() => {});
  } catch {
    // The application's own mistake.
  }
}
