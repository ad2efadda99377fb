/** The longest beginning, up to a hyphen, that so many of the names have as this one; empty where there is none. */
function sharedBeginning(name: string, all: readonly string[], atLeast: number): string {
  for (let cut = name.lastIndexOf('-'); cut > 0; cut = name.lastIndexOf('-', cut - 1)) {
    const beginning = name.slice(0, cut + 1);
    if (all.filter((one) => one.startsWith(beginning)).length >= atLeast) return beginning;
  }
  return '';
}

/** What is left of a name without the beginning that it shares with two others or more: `voice-campaign-production-…`. */
export const ownPart = (name: string, all: readonly string[]): string =>
  name.slice(sharedBeginning(name, all, 3).length);

/** What is left of a name without the beginning that all of several have. */
export const distinctPart = (name: string, all: readonly string[]): string =>
  all.length < 2 ? name : name.slice(sharedBeginning(name, all, all.length).length);

const LONGEST_END = 18;

/** Where the last two parts of a name begin, or the last, or so many letters: what tells it from others of its kind. */
export function endBegins(name: string): number {
  const last = name.lastIndexOf('-');
  const places = [last > 0 ? name.lastIndexOf('-', last - 1) : -1, last].map((place) => place + 1);
  return places.find((place) => name.length - place <= LONGEST_END) ?? name.length - LONGEST_END;
}
