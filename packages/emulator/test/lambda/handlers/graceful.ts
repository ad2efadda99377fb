process.on('SIGTERM', () => {
  process.stdout.write('told to go\n');
  process.exit(0);
});

/** Says goodbye when it is told to go. */
export const handler = async (): Promise<number> => process.pid;
