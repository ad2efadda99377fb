import { byteLength } from '../queue/message/byte-length.ts';
import type { StoredDashboard } from './dashboard-store.ts';

/** What a dashboard takes beside its body, and what its tags take beside themselves, once it had any. */
const ENVELOPE = 37;
const TAGGED = 149;
const TAGS_MEMBER = 8;

/** Each of these is kept as an escape of six bytes. */
const ESCAPED = /[<>&=']/g;

const kept = (text: string): number => byteLength(text) + 5 * (text.match(ESCAPED)?.length ?? 0);

/** `Size` of ListDashboards, in bytes, as it was observed of bodies and tags of all kinds; no document gives the rule. */
export const dashboardSize = ({ body, tags }: StoredDashboard): number => {
  if (tags === undefined) return kept(body) + ENVELOPE;
  const all = Object.keys(tags).length === 0 ? 0 : TAGS_MEMBER + kept(JSON.stringify(tags));
  return kept(body) + ENVELOPE + TAGGED + all;
};
