/**
 * The text with each section between `<!-- generated: name -->` and `<!-- /generated: name -->` replaced.
 * @throws Error for a section that the text does not have.
 */
export const inSections = (text: string, sections: Readonly<Record<string, string>>): string =>
  Object.entries(sections).reduce((all, [name, section]) => {
    const [begin, end] = [`<!-- generated: ${name} -->`, `<!-- /generated: ${name} -->`];
    const [from, to] = [all.indexOf(begin), all.indexOf(end)];
    if (from < 0 || to < from) throw new Error(`there is no section ${begin}`);
    return `${all.slice(0, from + begin.length)}\n${section.trim()}\n${all.slice(to)}`;
  }, text);

/** A table in Markdown. */
export const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.map(inCell).join(' | ')} |`).join('\n');

const inCell = (text: string): string => text.replace(/\s+/g, ' ').replaceAll('|', '\\|');
