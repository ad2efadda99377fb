/**
 * Milliseconds of the processor that `run` took, which other programs on the machine do not lengthen: to tell what grows
 * with its input from what grows with its square, not to say how fast something is.
 */
export function cpuMilliseconds(run: () => void): number {
  const before = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
