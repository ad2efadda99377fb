import type { ComponentChildren } from 'preact';
import { Component } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Icon } from '../shell/icon.tsx';

type Props = {
  readonly title?: string | undefined;
  readonly kind: string;
  /** Something said at the right of the title: a period, a region, how old. */
  readonly aside?: ComponentChildren;
  /** What is wrong with some of it, while the rest is shown. */
  readonly messages?: readonly string[] | undefined;
  readonly bare?: boolean;
  readonly children: ComponentChildren;
};

/** The card around a widget: its title, what it has to say, and a button that shows it over the whole page. */
export function WidgetFrame({ title, kind, aside, messages = [], bare = false, children }: Props) {
  const [large, setLarge] = useState(false);
  const box = useRef<HTMLElement>(null);
  useEffect(() => {
    if (!large) return;
    const close = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') setLarge(false);
    };
    addEventListener('keydown', close);
    return () => removeEventListener('keydown', close);
  }, [large]);
  const name = title === undefined || title === '' ? undefined : title;
  return (
    <section
      class={`card widget widget-${kind}${large ? ' large' : ''}${bare ? ' bare' : ''}`}
      ref={box}
      aria-label={name ?? `${kind} widget`}
      onFocusOut={({ relatedTarget }) => {
        // What the keyboard comes to next lies behind it.
        if (relatedTarget instanceof Node && !box.current?.contains(relatedTarget)) setLarge(false);
      }}
    >
      {!bare && (
        <header class={name === undefined && messages.length === 0 ? 'card-head floating' : 'card-head'}>
          <h2 title={name}>{name ?? ''}</h2>
          {aside !== undefined && <span class="card-aside">{aside}</span>}
          {messages.length > 0 && (
            <span class="card-warn" title={messages.join('\n')} role="note">
              <Icon name="warn" /> {messages.length === 1 ? '1 note' : `${messages.length} notes`}
            </span>
          )}
          <SizeButton large={large} setLarge={setLarge} />
        </header>
      )}
      <div class="card-body">
        <Boundary>{children}</Boundary>
      </div>
    </section>
  );
}

type SizeProps = { readonly large: boolean; readonly setLarge: (large: boolean) => void };

function SizeButton({ large, setLarge }: SizeProps) {
  return (
    <button
      type="button"
      class="icon-button card-tool"
      aria-pressed={large}
      aria-label={large ? 'Back to the dashboard' : 'Show over the whole page'}
      onClick={() => setLarge(!large)}
    >
      <Icon name={large ? 'shrink' : 'expand'} />
    </button>
  );
}

/** A fault in one widget is told in its place, and stays there. */
class Boundary extends Component<{ readonly children: ComponentChildren }, { readonly error?: unknown }> {
  static override getDerivedStateFromError(error: unknown) {
    return { error };
  }
  override render() {
    if (this.state.error === undefined) return this.props.children;
    const { error } = this.state;
    return <p class="note">This widget could not be drawn: {error instanceof Error ? error.message : String(error)}</p>;
  }
}

/** What stands in a widget's place that has nothing to draw, or that this page does not draw. */
export function Note({ children }: { readonly children: ComponentChildren }) {
  return <p class="note">{children}</p>;
}
