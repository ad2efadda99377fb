import { advise, inside, isTemplated, noFindings, type Place, refuse, warn } from '../message.ts';

/** Says whether a value of JSON has a shape, and reports at its place what of it has not, in PutDashboard's words. */
export type Shape<T> = (value: unknown, place: Place) => value is T;

type Members<T> = { readonly [Key in keyof T]-?: Shape<Exclude<T[Key], undefined>> };
type NumberRules = { readonly integer?: boolean; readonly minimum?: number; readonly maximum?: number };
type TextRules = {
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: RegExp;
  /** Breaking the pattern brings advice: it is documented, but not known to be refused. */
  readonly advised?: RegExp;
};

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const anything: Shape<unknown> = (_value): _value is unknown => true;

export const flag: Shape<boolean> = (value, place): value is boolean =>
  typeof value === 'boolean' || refuse(place, 'Should be boolean');

export const text =
  (rules: TextRules = {}): Shape<string> =>
  (value, place): value is string => {
    if (typeof value !== 'string') return refuse(place, 'Should be string');
    if (isTemplated(place, value)) return true;
    const { minLength = 0, maxLength = Number.POSITIVE_INFINITY, pattern, advised } = rules;
    if (value.length < minLength) return refuse(place, `Should NOT be shorter than ${minLength} characters`);
    if (value.length > maxLength) return refuse(place, `Should NOT be longer than ${maxLength} characters`);
    if (pattern && !pattern.test(value)) return refuse(place, `Should match pattern "${pattern.source}"`);
    if (advised && !advised.test(value)) advise(place, `"${value}" should match ${advised.source}`);
    return true;
  };

export const number =
  (rules: NumberRules = {}): Shape<number> =>
  (value, place): value is number => {
    if (typeof value !== 'number' || (rules.integer && !Number.isInteger(value))) {
      return refuse(place, `Should be ${rules.integer ? 'integer' : 'number'}`);
    }
    const { minimum = Number.NEGATIVE_INFINITY, maximum = Number.POSITIVE_INFINITY } = rules;
    if (value < minimum) return refuse(place, `Should be >= ${minimum}`);
    return value <= maximum || refuse(place, `Should be <= ${maximum}`);
  };

/** Any other text is warned of and has no effect. */
export const oneOf =
  <const T extends string>(...allowed: readonly T[]): Shape<T> =>
  (value, place): value is T => {
    if (typeof value !== 'string') return refuse(place, 'Should be string');
    if (isTemplated(place, value) || allowed.some((each) => each === value)) return true;
    const name = place.path.slice(place.path.lastIndexOf('/') + 1);
    const says = `The value of "${name}" property is not valid. Should be equal to one of the allowed values:`;
    return warn(place, `${says} ${allowed.join(',')}`);
  };

export const list =
  <T>(item: Shape<T>, { minItems = 0, maxItems = Number.POSITIVE_INFINITY } = {}): Shape<readonly T[]> =>
  (value, place): value is readonly T[] => {
    if (!Array.isArray(value)) return refuse(place, 'Should be array');
    let fits = true;
    if (value.length < minItems) fits = refuse(place, `Should NOT have less than ${minItems} items`);
    if (value.length > maxItems) fits = refuse(place, `Should NOT have more than ${maxItems} items`);
    return value.reduce((all, each, index) => item(each, inside(place, index)) && all, fits);
  };

const without = (value: Readonly<Record<string, unknown>>, names: readonly string[], place: Place): boolean =>
  names
    .filter((name) => !Object.hasOwn(value, name))
    .reduce((_, name) => refuse(place, `Should have required property '${name}'`), true);

type Rules<T> = { readonly required?: readonly (keyof T & string)[]; readonly closed?: boolean };

/**
 * An object of `members`; all others are kept with a warning, or refused where the object is `closed`. A member that
 * is only warned of is taken out: the body was parsed for this, and nobody else holds it.
 */
export const object =
  <T>(members: Members<T>, { required = [], closed = false }: Rules<T> = {}): Shape<T> =>
  (value, place): value is T => {
    if (!isObject(value)) return refuse(place, 'Should be object');
    let fits = without(value, required, place);
    for (const [name, shape] of Object.entries<Shape<T[keyof T]>>(members)) {
      const { error: before } = place.findings.counts;
      if (!Object.hasOwn(value, name) || shape(value[name], inside(place, name))) continue;
      if (place.findings.counts.error > before) fits = false;
      else Reflect.deleteProperty(value, name);
    }
    for (const name of Object.keys(value)) {
      if (!Object.hasOwn(members, name)) fits = unexpected(name, place, closed && Object.keys(members)) && fits;
    }
    return fits;
  };

function unexpected(name: string, place: Place, allowed: readonly string[] | false): boolean {
  if (allowed) {
    return refuse(place, 'Should NOT have additional properties', `"${name}" is not one of ${allowed.join(', ')}`);
  }
  const where = place.path === '' ? '' : ' to be part of a widget definition';
  warn(place, `The "${name}" property is not expected${where}, will be ignored`);
  return true;
}

/** What would be errors are warnings, and the whole has no effect. */
export const lenient =
  <T>(shape: Shape<T>): Shape<T> =>
  (value, { path, findings }): value is T => {
    const own = noFindings(findings.templates);
    if (shape(value, { path, findings: own })) return true;
    for (const { DataPath, Message } of own.messages) warn({ path: DataPath, findings }, Message);
    return false;
  };

/** A shape and a rule about its members together, which is asked where every member fits. */
export const also =
  <T>(shape: Shape<T>, rule: (value: T, place: Place) => boolean): Shape<T> =>
  (value, place): value is T =>
    shape(value, place) && rule(value, place);
