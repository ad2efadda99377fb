import { computed, effect, signal } from '@preact/signals';

type ThemeChoice = 'auto' | 'light' | 'dark';

const KEY = 'voice-campaign-viewer';

type Kept = { readonly theme?: ThemeChoice; readonly zone?: string };

/** What the reader chose in this browser before; nothing when its storage is closed to pages. */
function kept(): Kept {
  try {
    return (JSON.parse(localStorage.getItem(KEY) ?? '{}') ?? {}) as Kept;
  } catch {
    return {};
  }
}

const before = kept();

/** How the reader wants to see everything, kept in the browser. */
export const preferences = {
  theme: signal<ThemeChoice>(before.theme === 'light' || before.theme === 'dark' ? before.theme : 'auto'),
  zone: signal(before.zone === 'UTC' ? 'UTC' : 'local'),
};

const system = matchMedia('(prefers-color-scheme: dark)');
const systemDark = signal(system.matches);
system.addEventListener('change', ({ matches }) => {
  systemDark.value = matches;
});

export const shownTheme = computed<'light' | 'dark'>(() => {
  if (preferences.theme.value !== 'auto') return preferences.theme.value;
  return systemDark.value ? 'dark' : 'light';
});

effect(() => {
  document.documentElement.dataset.theme = shownTheme.value;
  const choice: Kept = { theme: preferences.theme.value, zone: preferences.zone.value };
  try {
    localStorage.setItem(KEY, JSON.stringify(choice));
  } catch {
    // A browser that keeps nothing shows the page as it is by default.
  }
});
