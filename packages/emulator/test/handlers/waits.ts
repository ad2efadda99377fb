/** Says which process it is, and waits for longer than any test. */
export const handler = async (): Promise<void> => {
  process.stdout.write(`${process.pid}\n`);
  await new Promise((resolve) => setTimeout(resolve, 600_000));
};
