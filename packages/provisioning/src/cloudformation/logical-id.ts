/** Logical ids of a template: letters and digits, each once, the same for the same names in the same order. */
export const createLogicalIds = (): ((name: string) => string) => {
  const taken = new Map<string, string>();
  return (name) => {
    const words = name.split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
    const base = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
    for (let count = 1; ; count += 1) {
      const id = count === 1 ? base : `${base}${count}`;
      const owner = taken.get(id);
      if (owner !== undefined && owner !== name) continue;
      taken.set(id, name);
      return id;
    }
  };
};
