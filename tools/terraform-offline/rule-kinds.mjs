// The kinds of rules: each takes a value and gives a problem, several, or null.
import { isUnknown, known } from './values.mjs';

export const problem = (path, summary, detail = '') => ({ path, summary, detail });
export const q = (list) => `[${list.map((s) => (typeof s === 'string' ? `"${s}"` : s)).join(' ')}]`;

/** Rules on one attribute: `check` gives a message (or several) for a known value that is refused. */
export const on = (name, check) => (v) => {
  const said = known(v[name]) && check(v[name]);
  return said ? [said].flat().map((text) => problem(name, text)) : null;
};
export const oneOf = (name, values, anyCase = false) =>
  on(
    name,
    (x) =>
      !values.some((o) => o === x || (anyCase && o.toLowerCase() === x.toLowerCase())) &&
      `expected ${name} to be one of ${q(values)}, got ${x}`,
  );
export const length = (name, min, max) =>
  on(
    name,
    (x) =>
      (x.length < min || x.length > max) && `expected length of ${name} to be in the range (${min} - ${max}), got ${x}`,
  );
export const range = (name, min, max) =>
  on(
    name,
    (x) => !(Number(x) >= min && Number(x) <= max) && `expected ${name} to be in the range (${min} - ${max}), got ${x}`,
  );
export const atLeast = (name, min) =>
  on(name, (x) => Number(x) < min && `expected ${name} to be at least (${min}), got ${x}`);
export const matches = (name, re, message) => on(name, (x) => !re.test(x) && `invalid value for ${name} (${message})`);
export const number = (name) =>
  on(name, (x) => x !== '' && !Number.isFinite(Number(x)) && `${name}: cannot parse '${x}' as float`);
export const json = (name) =>
  on(name, (x) => {
    try {
      JSON.parse(x);
      return null;
    } catch (e) {
      return `"${name}" contains an invalid JSON: ${e.message}`;
    }
  });
export const has = (v, name) => known(v[name]) && (!Array.isArray(v[name]) || v[name].length > 0);
export const conflicts = (a, b) => (v) =>
  has(v, a) && has(v, b) ? problem(a, 'Conflicting configuration arguments', `"${a}": conflicts with ${b}`) : null;
export const anyOf =
  (...names) =>
  (v) =>
    names.some((n) => has(v, n) || isUnknown(v[n]))
      ? null
      : problem(
          names[0],
          'Missing required argument',
          `"${names[0]}": one of \`${[...names].sort().join(',')}\` must be specified`,
        );
export const most = (name, n) => (v) =>
  Array.isArray(v[name]) && v[name].length > n
    ? problem(
        name,
        'Too many list items',
        `Attribute ${name} supports ${n} item maximum, but config has ${v[name].length} declared.`,
      )
    : null;
export const arn = (name) =>
  on(
    name,
    (x) =>
      x !== '' &&
      !/^arn:[\w-]+:[\w-]+:[\w-]*:(\d{12}|aws|aws-managed|third-party|ec2|cw.{10}|):.+$/.test(x) &&
      `"${name}" (${x}) is an invalid ARN`,
  );
/** A rule for every element of a list or set. */
export const each = (name, rule) => (v) =>
  Array.isArray(v[name]) ? v[name].flatMap((e) => rule({ [name]: e }) ?? []) : null;
/** Rules for every block of a kind; a problem is reported on the block's name, as for a set. */
export const blocks = (name, rules) => (v) =>
  Array.isArray(v[name])
    ? v[name]
        .filter(known)
        .flatMap((b) => run(rules, b))
        .map((p) => ({ ...p, path: name }))
    : null;
export const run = (rules, value) => rules.flatMap((rule) => rule(value) ?? []);
