import { computed, signal } from '@preact/signals';

/** Where the page is: `#/dashboards/overview?start=-PT3H`. Everything that a link to it should carry is in there. */
const hash = signal(location.hash);
addEventListener('hashchange', () => {
  hash.value = location.hash;
});

const decode = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

const split = computed(() => {
  const text = hash.value.replace(/^#\/?/, '');
  const mark = text.indexOf('?');
  return mark < 0 ? { path: text, query: '' } : { path: text.slice(0, mark), query: text.slice(mark + 1) };
});

/** The parts of the path: `['dashboards', 'overview']`. */
export const path = computed<readonly string[]>(() => split.value.path.split('/').filter(Boolean).map(decode));

export const query = computed(() => new URLSearchParams(split.value.query));

/** The address of a place of this page, with what `keep` says of the present query. */
export function linkTo(
  parts: readonly string[],
  parameters: Readonly<Record<string, string | undefined>> = {},
): string {
  const kept = new URLSearchParams();
  for (const name of ['start', 'end']) {
    const value = query.value.get(name);
    if (value !== null) kept.set(name, value);
  }
  for (const [name, value] of Object.entries(parameters)) if (value !== undefined) kept.set(name, value);
  const text = kept.toString();
  return `#/${parts.map(encodeURIComponent).join('/')}${text === '' ? '' : `?${text}`}`;
}

/** Changes parameters of the present place; undefined takes one away. Does not add to the browser's history. */
export function setQuery(changes: Readonly<Record<string, string | undefined>>): void {
  const next = new URLSearchParams(query.value);
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined) next.delete(name);
    else next.set(name, value);
  }
  const text = next.toString();
  history.replaceState(null, '', `#/${split.value.path}${text === '' ? '' : `?${text}`}`);
  hash.value = location.hash;
}
