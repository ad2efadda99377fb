import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { RuntimeError } from './runtime-error.ts';

export type Handler = (...parameters: unknown[]) => unknown;

const requireFrom = createRequire(import.meta.url);

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && (error as NodeJS.ErrnoException).code === code;
}

/** CommonJS is required and not imported, so that every export is seen, as the runtime of Node 22 and below does. */
async function loadFile(file: string): Promise<unknown> {
  if (file.endsWith('.mjs')) return import(pathToFileURL(file).href);
  try {
    return requireFrom(file);
  } catch (error) {
    if (isCode(error, 'ERR_REQUIRE_ESM')) return import(pathToFileURL(file).href);
    throw error;
  }
}

async function loadModule(taskRoot: string, path: string): Promise<unknown> {
  const file = resolve(taskRoot, path);
  try {
    for (const extension of ['', '.js', '.mjs', '.cjs']) {
      if (existsSync(file + extension)) return await loadFile(file + extension);
    }
    return requireFrom(requireFrom.resolve(basename(path), { paths: [taskRoot, resolve(taskRoot, dirname(path))] }));
  } catch (error) {
    if (error instanceof SyntaxError) throw new RuntimeError('Runtime.UserCodeSyntaxError', String(error));
    if (isCode(error, 'MODULE_NOT_FOUND')) throw new RuntimeError('Runtime.ImportModuleError', String(error));
    throw error;
  }
}

function member(holder: unknown, path: string): unknown {
  return path.split('.').reduce((value, key) => (value as Record<string, unknown> | undefined)?.[key], holder);
}

/**
 * Loads what `_HANDLER` names, e.g. `index.handler` or `folder/index.handler`, from the task root.
 * @throws RuntimeError `Runtime.MalformedHandlerName`, `Runtime.ImportModuleError`, `Runtime.UserCodeSyntaxError` or
 * `Runtime.HandlerNotFound`, and whatever the module itself throws.
 */
export async function loadHandler(taskRoot: string, name: string): Promise<Handler> {
  if (name.includes('..')) {
    const advice = 'Use absolute paths when specifying root directories in handler names.';
    throw new RuntimeError('Runtime.MalformedHandlerName', `'${name}' is not a valid handler name. ${advice}`);
  }
  const dot = name.indexOf('.', name.lastIndexOf('/') + 1);
  if (dot < 0) throw new RuntimeError('Runtime.MalformedHandlerName', 'Bad handler');
  const module = await loadModule(taskRoot, name.slice(0, dot));
  const path = name.slice(dot + 1);
  const handler = member(module, path) ?? member((module as { default?: unknown }).default, path);
  if (typeof handler === 'function') return handler as Handler;
  const what = handler ? 'is not a function' : 'is undefined or not exported';
  throw new RuntimeError('Runtime.HandlerNotFound', `${name} ${what}`);
}
