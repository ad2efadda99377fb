// The provider's schema, in Terraform's own wire form, and walks over values that follow it.
import { readFileSync } from 'node:fs';
import { isUnknown, number } from './values.mjs';

export const schema = JSON.parse(readFileSync(new URL('./schema.json', import.meta.url), 'utf8'));

const nesting = { list: 'LIST', set: 'SET', single: 'SINGLE' };

export const wireSchema = (s) => ({ version: s.version ?? 0, block: wireBlock(s.block) });
export const wireSchemas = (all) => Object.fromEntries(Object.entries(all).map(([name, s]) => [name, wireSchema(s)]));

const wireBlock = (block) => ({
  attributes: Object.entries(block.attributes ?? {}).map(([name, a]) => ({
    name,
    ...a,
    type: Buffer.from(JSON.stringify(a.type)),
  })),
  block_types: Object.entries(block.block_types ?? {}).map(([type_name, b]) => ({
    type_name,
    nesting: nesting[b.nesting_mode],
    min_items: b.min_items ?? 0,
    max_items: b.max_items ?? 0,
    block: wireBlock(b.block),
  })),
});

/**
 * The value of a block with every attribute present: `fill(attribute, path, siblings)` gives what is null, null when it has nothing;
 * nested blocks that are missing are empty, and numbers are the provider's.
 */
export function complete(block, value, fill = () => null, path = []) {
  if (value === null || value === undefined || isUnknown(value)) return value ?? null;
  const out = {};
  for (const [name, a] of Object.entries(block.attributes ?? {})) {
    const v = a.type === 'number' ? number(value[name]) : value[name];
    out[name] = v ?? fill(a, [...path, name], value) ?? null;
  }
  for (const [name, b] of Object.entries(block.block_types ?? {})) {
    const v = value[name],
      inner = (e) => complete(b.block, e, fill, [...path, name]);
    out[name] = b.nesting_mode === 'single' ? inner(v) : Array.isArray(v) ? v.map(inner) : isUnknown(v) ? v : [];
  }
  return out;
}
