import type { ComponentChildren } from 'preact';

/** What is larger than its place; the keyboard scrolls it too. */
export function ScrollRegion({ label, children }: { readonly label: string; readonly children: ComponentChildren }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: without it a keyboard could not scroll here.
    <section class="scroll" tabIndex={0} aria-label={label}>
      {children}
    </section>
  );
}
