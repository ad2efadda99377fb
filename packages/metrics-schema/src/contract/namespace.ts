/** The metrics' namespace, `<project>/<environment>`. */
export function namespace<const P extends string, const E extends string>(parts: {
  readonly project: P;
  readonly environment: E;
}): `${P}/${E}` {
  return `${parts.project}/${parts.environment}`;
}
