import { useEffect, useState } from 'preact/hooks';

type Props = {
  readonly value: string;
  /** Told of what was typed once the reader has ended: by Enter, or by leaving the field. */
  readonly onChoose: (value: string) => void;
  readonly id?: string;
  readonly class?: string;
  /** Where no label element names it. */
  readonly name?: string;
  readonly placeholder?: string;
};

/** A field whose text stays while it is typed, whatever else of the page is drawn anew meanwhile. */
export function TextField({ value, onChoose, id, class: look, name, placeholder }: Props) {
  const [draft, setDraft] = useState(value);
  useEffect(() => setDraft(value), [value]);
  return (
    <input
      id={id}
      class={look ?? ''}
      aria-label={name}
      placeholder={placeholder ?? ''}
      value={draft}
      onInput={({ currentTarget }) => setDraft(currentTarget.value)}
      onChange={({ currentTarget }) => onChoose(currentTarget.value)}
    />
  );
}
