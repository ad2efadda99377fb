/** One thing wrong with what the emulator was given. */
export type DefinitionIssue = {
  readonly code:
    | 'queue-name'
    | 'queue-fifo'
    | 'queue-limit'
    | 'redrive-policy'
    | 'duplicate-name'
    | 'unknown-queue'
    | 'unknown-function'
    | 'event-source-limit'
    | 'visibility-timeout'
    | 'route-path'
    | 'duplicate-route';
  /** What it is about, e.g. `queue dial-tasks`. */
  readonly subject: string;
  /** What is wrong, the limit, and the way out. */
  readonly message: string;
};

/** All that is wrong with queues, event sources and routes, at once. */
export class EmulatorDefinitionError extends Error {
  override readonly name = 'EmulatorDefinitionError';
  readonly issues: readonly DefinitionIssue[];

  constructor(issues: readonly DefinitionIssue[]) {
    super(issues.map(({ subject, message }) => `${subject}: ${message}`).join('\n'));
    this.issues = issues;
  }
}
