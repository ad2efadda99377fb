import type { DashboardVariable } from '../dashboard.ts';
import { inside, isTemplated, type Place, refuse } from '../message.ts';
import { flag, isObject, list, object, type Shape, text } from './shape.ts';

const variableValue: Shape<string | number | boolean> = (value, place): value is string | number | boolean =>
  typeof value === 'number' || typeof value === 'boolean' || text({ maxLength: 255 })(value, place);

const choice =
  <const T extends string>(what: string, ...allowed: readonly T[]): Shape<T> =>
  (value, place): value is T => {
    if (typeof value !== 'string') return refuse(place, 'Should be string');
    if (isTemplated(place, value) || allowed.some((each) => each === value)) return true;
    const says = `The specified variable ${what} is unknown. Use one of the allowed values: ${allowed.join(',')}`;
    return refuse(place, says);
  };

const variableMembers: Shape<DashboardVariable> = object<DashboardVariable>(
  {
    type: choice('type', 'property', 'pattern'),
    inputType: choice('inputType', 'input', 'select', 'radio'),
    id: text({ pattern: /^[0-9A-Za-z_-]+$/, maxLength: 32 }),
    property: text({ minLength: 1 }),
    pattern: text({ minLength: 1 }),
    label: text({ maxLength: 30 }),
    defaultValue: variableValue,
    visible: flag,
    values: list(object({ value: variableValue, label: text({ maxLength: 255 }) }, { required: ['value'] }), {
      minItems: 1,
      maxItems: 500,
    }),
    search: text({ maxLength: 2048 }),
    populateFrom: text(),
    tag: text(),
    searchLabelValues: text(),
  },
  { required: ['type', 'inputType', 'id'] },
);

/** Each of them is enough to choose from. */
const SOURCES = [['values'], ['tag'], ['search', 'populateFrom'], ['searchLabelValues']] as const;

/** What it changes, and where its values come from. */
function isComplete(variable: Readonly<Record<string, unknown>>, place: Place): boolean {
  const absent = (name: string): boolean => !Object.hasOwn(variable, name);
  const changed = variable.type === 'pattern' ? 'pattern' : 'property';
  let fits = true;
  if (absent(changed)) fits = refuse(place, `Should have required property '${changed}'`);
  const chooses = variable.inputType === 'select' || variable.inputType === 'radio';
  if (!chooses || SOURCES.some((names) => !names.some(absent))) return fits;
  for (const name of SOURCES.flat().filter(absent)) refuse(place, `Should have required property '${name}'`);
  return refuse(place, 'Should match exactly one schema in oneOf');
}

const variable: Shape<DashboardVariable> = (value, place): value is DashboardVariable => {
  const fits = variableMembers(value, place);
  return isObject(value) && isComplete(value, place) && fits;
};

const variableList = list(variable, { maxItems: 25 });

export const variables: Shape<readonly DashboardVariable[]> = (value, place): value is readonly DashboardVariable[] => {
  const fits = variableList(value, place);
  return (!Array.isArray(value) || isDistinct(value, place)) && fits;
};

/** A property is changed by one variable. */
function isDistinct(given: readonly unknown[], place: Place): boolean {
  const seen = new Set<unknown>();
  let fits = true;
  given.forEach((each, index) => {
    if (!isObject(each) || each.type !== 'property' || typeof each.property !== 'string') return;
    const at = inside(inside(place, index), 'property');
    if (seen.has(each.property)) fits = refuse(at, `Duplicated property in variable: ${JSON.stringify(each.property)}`);
    seen.add(each.property);
  });
  return fits;
}
