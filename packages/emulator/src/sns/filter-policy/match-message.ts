import type { Rule } from './policy-rules.ts';

/** What a filter policy looks at: a value for each property, several where the property is an array. */
export type Filterable = Readonly<Record<string, unknown>>;

/** What is asked of a value; `rest` is the way from it to the value that the tests are of, `undefined` at its end. */
type Wanted = { readonly rest: string | undefined; readonly tests: Rule['tests'] };

/** Whether all rules accept the message, those of one array in one and the same of its elements. */
export const matchesRules = (message: Filterable, rules: readonly Rule[]): boolean => {
  const wanted = rules.filter(({ path, acceptsAbsence }) => !acceptsAbsence || exists(message, path));
  return matches(
    message,
    wanted.map(({ path, tests }) => ({ rest: path, tests })),
  );
};

const exists = (message: Filterable, path: string): boolean => matches(message, [{ rest: path, tests: [() => true] }]);

const matches = (value: unknown, wanted: readonly Wanted[]): boolean => {
  if (Array.isArray(value)) {
    for (const element of elementsOf(value)) if (matches(element, wanted)) return true;
    return false;
  }
  if (typeof value === 'object' && value !== null) return matchesObject(value, wanted);
  return wanted.every(({ rest, tests }) => rest === undefined && tests.some((test) => test(value)));
};

/** Those of arrays in the array too; without recursion, as a message may nest more arrays than the stack is deep. */
function* elementsOf(array: readonly unknown[]): Generator<unknown> {
  const open: Iterator<unknown>[] = [array.values()];
  for (let inner = open.at(-1); inner !== undefined; inner = open.at(-1)) {
    const next = inner.next();
    if (next.done) open.pop();
    else if (Array.isArray(next.value)) open.push(next.value.values());
    else yield next.value;
  }
}

type Step = { readonly key: string; readonly wanted: Wanted };

/** Every way on from an object: a path `a.b.c` goes on at its property `a`, `a.b` or `a.b.c`. */
const stepsOf = (object: object, { rest, tests }: Wanted): readonly Step[] => {
  if (rest === undefined) return [];
  const steps: Step[] = [];
  for (let end = rest.indexOf('.'); end >= 0; end = rest.indexOf('.', end + 1)) {
    const key = rest.slice(0, end);
    if (Object.hasOwn(object, key)) steps.push({ key, wanted: { rest: rest.slice(end + 1), tests } });
  }
  if (Object.hasOwn(object, rest)) steps.push({ key: rest, wanted: { rest: undefined, tests } });
  return steps;
};

const matchesObject = (object: object, wanted: readonly Wanted[]): boolean => {
  const members = new Map<string, unknown>(Object.entries(object));
  const options = wanted.map((each) => stepsOf(object, each));
  const choose = (chosen: readonly Step[]): boolean => {
    const choices = options[chosen.length];
    if (choices !== undefined) return choices.some((step) => choose([...chosen, step]));
    return [...new Set(chosen.map(({ key }) => key))].every((key) =>
      matches(
        members.get(key),
        chosen.filter((step) => step.key === key).map((step) => step.wanted),
      ),
    );
  };
  return choose([]);
};
