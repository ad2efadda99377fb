export const handler = async (event: unknown) => {
  process.stdout.write(`${JSON.stringify(event)}\n`);
  if (typeof event === 'object' && event !== null && 'fail' in event) throw new Error('as asked');
  return { seen: event };
};
