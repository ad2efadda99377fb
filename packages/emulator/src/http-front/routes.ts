import type { DefinitionIssue } from '../core/definition-issue.ts';

/** A resource of a REST API with Lambda proxy integration. */
export type RouteDefinition = {
  /** An HTTP method, or `ANY`. */
  readonly method: string;
  /** Resource path, e.g. `/calls/{callId}` or `/{proxy+}`. */
  readonly path: string;
  readonly functionName: string;
};

/** A route that takes a request. */
export type MatchedRoute = {
  readonly route: RouteDefinition;
  /** Decoded values by name; `null` when the resource path has none, as in the event. */
  readonly pathParameters: Readonly<Record<string, string>> | null;
};

/** What is wrong with the routes; empty when nothing. */
export const issuesOfRoutes = (
  routes: readonly RouteDefinition[],
  functionNames: readonly string[],
): DefinitionIssue[] => {
  const seen = new Set<string>();
  return routes.flatMap(({ method, path, functionName }) => {
    const subject = `route ${method} ${path}`;
    const key = `${method.toUpperCase()} ${path.replace(/\{[^}]*\}/g, '{}')}`;
    const issues: DefinitionIssue[] = [];
    if (seen.has(key)) issues.push({ code: 'duplicate-route', subject, message: 'is defined before: drop one' });
    seen.add(key);
    if (!functionNames.includes(functionName)) {
      issues.push({ code: 'unknown-function', subject, message: `define the function ${functionName}` });
    }
    if (!/^(\/(\{[\w.-]+\}|[^{}/]*))*(\/\{[\w.-]+\+\})?$/.test(path)) {
      issues.push({
        code: 'route-path',
        subject,
        message: 'a path has parts like calls, {callId} and, last, {proxy+}',
      });
    }
    return issues;
  });
};

const decode = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

type Match = MatchedRoute & { readonly rank: string };

/** Static parts go before parameters, and those before `{proxy+}`; a method before `ANY`. */
const matchRoute = (route: RouteDefinition, method: string, parts: readonly string[]): Match | undefined => {
  const routeMethod = route.method.toUpperCase();
  if (routeMethod !== 'ANY' && routeMethod !== method) return undefined;
  const template = route.path.split('/').slice(1);
  const parameters: Record<string, string> = {};
  let rank = '';
  for (const [index, part] of template.entries()) {
    const greedy = /^\{(.+)\+\}$/.exec(part)?.[1];
    const name = /^\{(.+)\}$/.exec(part)?.[1];
    const actual = parts[index];
    if (actual === undefined || (name !== undefined && actual === '')) return undefined;
    if (greedy !== undefined) {
      parameters[greedy] = parts.slice(index).map(decode).join('/');
      return { route, pathParameters: parameters, rank: `${rank}2${routeMethod === 'ANY' ? 1 : 0}` };
    }
    if (name !== undefined) parameters[name] = decode(actual);
    else if (part !== actual) return undefined;
    rank += name === undefined ? '0' : '1';
  }
  if (parts.length !== template.length) return undefined;
  const pathParameters = Object.keys(parameters).length === 0 ? null : parameters;
  return { route, pathParameters, rank: `${rank}${routeMethod === 'ANY' ? 1 : 0}` };
};

/** The most specific route for a method and a path without its query. */
export const findRoute = (
  routes: readonly RouteDefinition[],
  method: string,
  path: string,
): MatchedRoute | undefined => {
  const parts = path.split('/').slice(1);
  const matches = routes.flatMap((route) => matchRoute(route, method, parts) ?? []);
  return matches.sort((a, b) => (a.rank < b.rank ? -1 : a.rank > b.rank ? 1 : 0))[0];
};
