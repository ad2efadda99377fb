import { describe, expect, it } from 'vitest';
import { findRoute, issuesOfRoutes, type RouteDefinition } from '../../src/http-front/routes.ts';

const route = (method: string, path: string): RouteDefinition => ({ method, path, functionName: `${method} ${path}` });
const routes = [
  route('ANY', '/{proxy+}'),
  route('GET', '/calls/{callId}'),
  route('GET', '/calls/latest'),
  route('ANY', '/calls/{callId}'),
  route('POST', '/calls/{callId}/keypress'),
  route('GET', '/'),
];
const find = (method: string, path: string) => {
  const found = findRoute(routes, method, path);
  return found === undefined ? undefined : [found.route.functionName, found.pathParameters];
};

describe('a request goes to the most specific route', () => {
  it.each([
    ['GET', '/', ['GET /', null]],
    ['GET', '/calls/latest', ['GET /calls/latest', null]],
    ['GET', '/calls/c-1', ['GET /calls/{callId}', { callId: 'c-1' }]],
    ['PUT', '/calls/c-1', ['ANY /calls/{callId}', { callId: 'c-1' }]],
    ['POST', '/calls/a%20b/keypress', ['POST /calls/{callId}/keypress', { callId: 'a b' }]],
    ['DELETE', '/calls/c-1/keypress', ['ANY /{proxy+}', { proxy: 'calls/c-1/keypress' }]],
    ['GET', '/calls/c-1/', ['ANY /{proxy+}', { proxy: 'calls/c-1/' }]],
  ])('%s %s', (method, path, expected) => {
    expect(find(method, path)).toEqual(expected);
  });

  it('and to none where none fits', () => {
    expect(find('POST', '/')).toBeUndefined();
    expect(findRoute([route('GET', '/a')], 'GET', '/b')).toBeUndefined();
  });
});

it('finds what is wrong with routes, all at once', () => {
  const broken = [route('GET', '/a/{x}'), route('get', '/a/{y}'), route('GET', 'a'), route('GET', '/{p+}/b')];
  const codes = issuesOfRoutes(broken, ['GET /a/{x}']).map(({ code }) => code);
  expect(codes.sort()).toEqual([
    'duplicate-route',
    'route-path',
    'route-path',
    'unknown-function',
    'unknown-function',
    'unknown-function',
  ]);
});
