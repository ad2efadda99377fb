import DOMPurify from 'dompurify';
import { Marked } from 'marked';

const BUTTON = /^button:(?:(primary):)?(.+)$/s;
const DASHBOARD = /#dashboards(?:\/dashboard\/|:name=)([^;?&]+)/;

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const markdown = new Marked({
  gfm: true,
  renderer: {
    link({ href, tokens, title }) {
      const inner = this.parser.parseInline(tokens);
      const [, primary, label] = BUTTON.exec(inner) ?? [];
      const named = title ? ` title="${escaped(title)}"` : '';
      const look = label === undefined ? '' : ` class="button${primary ? ' button-primary' : ''}"`;
      return `<a href="${escaped(target(href))}"${look}${named}>${label ?? inner}</a>`;
    },
  },
});

/** A link to a dashboard of the CloudWatch console leads to the same dashboard of this page. */
function target(href: string): string {
  const [, name] = DASHBOARD.exec(href) ?? [];
  return name === undefined ? href : `#/dashboards/${name}`;
}

const purify = DOMPurify();
purify.addHook('afterSanitizeAttributes', (node) => {
  if (node.tagName !== 'A') return;
  const href = node.getAttribute('href') ?? '';
  if (href.startsWith('#')) return;
  node.setAttribute('target', '_blank');
  node.setAttribute('rel', 'noopener noreferrer');
});

/**
 * The markup of a text widget ("Text widget", "Using Markdown to format"): tables and `[button:primary:Text](link)`
 * too. Scripts, styles, forms and whatever loads from elsewhere but pictures are taken out.
 */
export function markup(text: string): string {
  const html = markdown.parse(text, { async: false });
  return purify.sanitize(html, {
    USE_PROFILES: { html: true },
    FORBID_TAGS: ['style', 'form', 'input', 'textarea', 'select', 'button', 'iframe', 'video', 'audio', 'object'],
    FORBID_ATTR: ['style', 'id', 'name'],
    ALLOWED_URI_REGEXP: /^(?:https?:|mailto:|#|\/|data:image\/(?:png|jpeg|gif|webp);)/i,
  });
}
