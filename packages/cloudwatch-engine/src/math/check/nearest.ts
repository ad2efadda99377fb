/** `: did you mean X?` where a known name is one or two changes away, else nothing. */
export function nearest(name: string, known: readonly string[]): string {
  let best: string | undefined;
  let least = 3;
  for (const each of known) {
    const changes = changesBetween(name, each);
    if (changes < least && changes < each.length) {
      least = changes;
      best = each;
    }
  }
  return best === undefined ? '' : `: did you mean ${best}?`;
}

/** Levenshtein's distance; at least 3 for names of very different length or of any great length. */
function changesBetween(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 2 || a.length > 64) return 3;
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + same));
    }
    row = next;
  }
  return row[b.length] ?? 3;
}
