export type { CommandConfig } from './load-config.ts';
