/** Something that the caller of the command has to change: it ends with 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
