type Kept = { readonly at: number; readonly answer: Promise<unknown> };

const MOST_KEPT = 500;

/**
 * Keeps answers by their keys for some seconds, also while they are on their way, so that many pages that ask at once
 * ask once. What failed is forgotten.
 */
export function remembered({ seconds, now }: { readonly seconds: number; readonly now: () => number }) {
  const kept = new Map<string, Kept>();
  return <Answer>(key: string, ask: () => Promise<Answer>): Promise<Answer> => {
    const known = kept.get(key);
    // A key stands for one question, which has one type of answer.
    if (known && now() - known.at < seconds) return known.answer as Promise<Answer>;
    if (kept.size >= MOST_KEPT) kept.clear();
    const answer = ask();
    kept.set(key, { at: now(), answer });
    answer.catch(() => {
      if (kept.get(key)?.answer === answer) kept.delete(key);
    });
    return answer;
  };
}
