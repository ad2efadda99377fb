import { expect } from 'vitest';
import { telemetryMatchers } from './testing/matchers.ts';

expect.extend(telemetryMatchers);

declare module 'vitest' {
  // biome-ignore lint/suspicious/noExplicitAny: the declaration that vitest asks to be merged with has `any` here
  interface Matchers<T = any> {
    toHaveEmitted(name: string, total?: number, dimensions?: Readonly<Record<string, string>>): T;
    toHaveTraced(name: string, parts?: Readonly<Record<string, unknown>>): T;
    toHaveLogged(message: string, attributes?: Readonly<Record<string, unknown>>): T;
  }
}
