/**
 * The value of an environment variable that the function cannot do without.
 *
 * @throws Error while the function initialises, so that a wrong deployment fails at its first invocation.
 */
export function setting(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: the function's environment must name it`);
  return value;
}
