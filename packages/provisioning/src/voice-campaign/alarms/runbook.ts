/** The file that an alarm's description sends its reader to. */
export const runbook = (name: string): string => `${name}.md`;
