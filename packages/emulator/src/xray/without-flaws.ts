import type { SegmentIssue } from '@voice-campaign/metrics-schema';

type Members = Readonly<Record<string, unknown>>;

/** What is kept of metadata is shown as it is, whatever it is. */
const isLost = ({ code, at }: SegmentIssue): boolean =>
  code === 'annotation-value' || (code === 'wrong-type' && !/(^|\.)metadata\b/.test(at));

/**
 * A document without the members that `issues` call of the wrong type: they have cost their member, and nothing that
 * reads the document meets them. A subsegment without a start is left out.
 */
export const withoutFlaws = (document: Members, issues: readonly SegmentIssue[]): Members => {
  const lost = new Set(issues.filter(isLost).map(({ at }) => at));
  const keep = (value: unknown, at: string): unknown => {
    if (Array.isArray(value)) {
      return value.flatMap((element, index) => {
        const here = `${at}[${index}]`;
        return lost.has(here) || lost.has(`${here}.start_time`) ? [] : [keep(element, here)];
      });
    }
    return typeof value === 'object' && value !== null ? keepMembers(value as Members, at) : value;
  };
  const keepMembers = (members: Members, at: string): Members =>
    Object.fromEntries(
      Object.entries(members).flatMap(([name, value]) => {
        const here = at === '' ? name : `${at}.${name}`;
        return lost.has(here) ? [] : [[name, keep(value, here)]];
      }),
    );
  return lost.size === 0 ? document : keepMembers(document, '');
};
