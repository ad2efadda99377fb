/** Whether everything that is wanted is so already; what is absent and an empty list are the same. */
export const covers = (found: unknown, wanted: unknown): boolean => {
  if (wanted === undefined || (Array.isArray(wanted) && wanted.length === 0)) {
    return found === undefined || (Array.isArray(found) && found.length === 0);
  }
  if (typeof wanted !== 'object' || wanted === null) return found === wanted;
  if (Array.isArray(wanted)) {
    return Array.isArray(found) && found.length === wanted.length && wanted.every((each, i) => covers(found[i], each));
  }
  const members = (found ?? {}) as Readonly<Record<string, unknown>>;
  return Object.entries(wanted).every(([name, value]) => covers(members[name], value));
};

/** The same JSON, whatever the order of members and the space between them. */
export const isSameJson = (one: string | undefined, other: string): boolean => {
  if (one === undefined) return false;
  try {
    return sorted(JSON.parse(one)) === sorted(JSON.parse(other));
  } catch {
    return one === other;
  }
};

const sorted = (value: unknown): string =>
  JSON.stringify(value, (_, each: unknown) =>
    typeof each === 'object' && each !== null && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).sort(([one], [other]) => (one < other ? -1 : 1)))
      : each,
  );
