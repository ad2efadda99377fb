import { inside, isTemplated, type Place, refuse, warn } from '../message.ts';

/** Says whether a value of JSON has a shape, and reports at its place what of it has not, in PutDashboard's words. */
export type Shape<T> = (value: unknown, place: Place) => value is T;

type Members<T> = { readonly [Key in keyof T]-?: Shape<Exclude<T[Key], undefined>> };
type NumberRules = {
  readonly integer?: boolean;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly multipleOf?: number;
};
type TextRules = {
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: RegExp;
  /** Breaking the pattern is a warning: it is documented, but not known to be refused. */
  readonly advised?: RegExp;
};

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
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
    if (advised && !advised.test(value)) warn(place, `"${value}" should match ${advised.source}`);
    return true;
  };

export const number =
  (rules: NumberRules = {}): Shape<number> =>
  (value, place): value is number => {
    if (typeof value !== 'number' || !Number.isFinite(value)) {
      return refuse(place, `Should be ${rules.integer ? 'integer' : 'number'}`);
    }
    if (rules.integer && !Number.isInteger(value)) return refuse(place, 'Should be integer');
    const { minimum = Number.NEGATIVE_INFINITY, maximum = Number.POSITIVE_INFINITY, multipleOf } = rules;
    if (value < minimum) return refuse(place, `Should be >= ${minimum}`);
    if (value > maximum) return refuse(place, `Should be <= ${maximum}`);
    return multipleOf === undefined || value % multipleOf === 0 || refuse(place, `Should be multiple of ${multipleOf}`);
  };

export const oneOf =
  <const T extends string>(...allowed: readonly T[]): Shape<T> =>
  (value, place): value is T => {
    if (typeof value === 'string' && (isTemplated(place, value) || allowed.some((each) => each === value))) return true;
    return refuse(place, 'Should be equal to one of the allowed values', `write one of ${allowed.join(', ')}`);
  };

export const list =
  <T>(item: Shape<T>, { minItems = 0, maxItems = Number.POSITIVE_INFINITY } = {}): Shape<readonly T[]> =>
  (value, place): value is readonly T[] => {
    if (!Array.isArray(value)) return refuse(place, 'Should be array');
    if (value.length < minItems) return refuse(place, `Should NOT have less than ${minItems} items`);
    if (value.length > maxItems) return refuse(place, `Should NOT have more than ${maxItems} items`);
    return value.reduce((fits, each, index) => item(each, inside(place, index)) && fits, true);
  };

const without = (value: Readonly<Record<string, unknown>>, names: readonly string[], place: Place): boolean =>
  names
    .filter((name) => !Object.hasOwn(value, name))
    .reduce((_, name) => refuse(place, `Should have required property '${name}'`), true);

/** An object of `members`; all others are kept with a warning, or refused where the object is `closed`. */
export const object =
  <T>(
    members: Members<T>,
    {
      required = [],
      closed = false,
    }: { readonly required?: readonly (keyof T & string)[]; readonly closed?: boolean } = {},
  ): Shape<T> =>
  (value, place): value is T => {
    if (!isObject(value)) return refuse(place, 'Should be object');
    let fits = without(value, required, place);
    for (const [name, member] of Object.entries(value)) {
      if (Object.hasOwn(members, name)) {
        const shape: Shape<T[keyof T]> = members[name as keyof T];
        fits = shape(member, inside(place, name)) && fits;
      } else if (closed) {
        fits = refuse(
          place,
          'Should NOT have additional properties',
          `"${name}" is not one of ${Object.keys(members).join(', ')}`,
        );
      } else {
        warn(inside(place, name), `"${name}" is not a documented property here, and has no effect`);
      }
    }
    return fits;
  };

/** A shape and a rule about its members together, which is asked where every member fits. */
export const also =
  <T>(shape: Shape<T>, rule: (value: T, place: Place) => boolean): Shape<T> =>
  (value, place): value is T =>
    shape(value, place) && rule(value, place);
