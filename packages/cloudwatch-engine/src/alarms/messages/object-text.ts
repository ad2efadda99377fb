/** The JSON of an object whose members are JSON already; those that are undefined are left out. */
export function objectText(members: Readonly<Record<string, string | undefined>>): string {
  const pairs = Object.entries(members).filter(([, value]) => value !== undefined);
  return `{${pairs.map(([name, value]) => `${JSON.stringify(name)}:${value}`).join(',')}}`;
}
