import { preferences } from '../state/preferences.ts';
import { Icon } from './icon.tsx';

const NEXT = { auto: 'light', light: 'dark', dark: 'auto' } as const;
const ICON = { auto: 'auto', light: 'sun', dark: 'moon' } as const;
const NAME = { auto: 'as the system', light: 'light', dark: 'dark' } as const;

export function ThemeButton() {
  const theme = preferences.theme.value;
  return (
    <button
      type="button"
      class="icon-button"
      aria-label={`Colours: ${NAME[theme]}. Change to ${NAME[NEXT[theme]]}`}
      title={`Colours: ${NAME[theme]}`}
      onClick={() => {
        preferences.theme.value = NEXT[theme];
      }}
    >
      <Icon name={ICON[theme]} />
    </button>
  );
}
