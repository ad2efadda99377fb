import { readFile } from 'node:fs/promises';
import { extname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { EmulatorOptions } from '../core/emulator-options.ts';
import { issuesOfConfig } from './config-members.ts';

/**
 * Options of a JSON file, or what a module exports as `options`.
 * @throws Error that names the file, with every member that is missing or that there is not.
 */
export const readConfig = async (path: string): Promise<Partial<EmulatorOptions>> => {
  const file = resolve(path);
  const options = await (extname(file) === '.json' ? readJson(file) : importOptions(file)).catch((error: Error) => {
    throw new Error(`${path} cannot be read: ${error.message}`);
  });
  const issues = issuesOfConfig(options);
  if (issues.length > 0) throw new Error(issues.map((issue) => `${path}: ${issue}`).join('\n'));
  return options as Partial<EmulatorOptions>;
};

const readJson = async (file: string): Promise<unknown> => JSON.parse(await readFile(file, 'utf8'));

const importOptions = async (file: string): Promise<unknown> => {
  const exported: unknown = await import(pathToFileURL(file).href).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ERR_UNKNOWN_FILE_EXTENSION') throw error;
    throw new Error(
      "this Node reads no TypeScript; use 22.18 or newer, or install tsx and set NODE_OPTIONS='--import tsx'",
    );
  });
  if (typeof exported === 'object' && exported !== null && 'options' in exported) return exported.options;
  throw new Error('it exports no options: write export const options = { functions: [ … ] }');
};
