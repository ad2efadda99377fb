process.on('SIGTERM', () => process.stdout.write('staying\n'));

/** Does not go when it is told to. */
export const handler = async (): Promise<number> => process.pid;
