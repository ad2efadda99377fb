import { readdirSync, readFileSync } from 'node:fs';
import { type Dashboard, parseDashboard, printDashboard } from '@voice-campaign/cloudwatch-engine/dashboards';
import { describe, expect, it } from 'vitest';

type Source = {
  readonly file: string;
  readonly repo: string;
  readonly path: string;
  readonly commit: string;
  readonly licence: string;
};

const read = (file: string): string => readFileSync(new URL(`../fixtures/dashboards/${file}`, import.meta.url), 'utf8');

const sources: readonly Source[] = JSON.parse(read('INDEX.json'));

const dashboardOf = (body: string): Dashboard => {
  const parsed = parseDashboard(body);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.messages));
  return parsed.dashboard;
};

describe('a dashboard that somebody else wrote', () => {
  it('says where it is from, and under which licence', () => {
    const files = readdirSync(new URL('../fixtures/dashboards/', import.meta.url)).filter(
      (each) => each !== 'INDEX.json',
    );
    expect(sources.map(({ file }) => file).sort()).toEqual(files.sort());
    expect(sources.length).toBe(12);
    for (const { repo, path, commit, licence } of sources) {
      expect([repo, commit, licence]).toEqual([
        expect.stringMatching(/^[\w.-]+\/[\w.-]+$/),
        expect.stringMatching(/^[0-9a-f]{40}$/),
        expect.stringMatching(/^(?:MIT|MIT-0|Apache-2\.0)/),
      ]);
      expect(path).not.toBe('');
    }
  });

  it.each(sources)('is read whole, and nothing in it is an error: $repo', ({ file }) => {
    const parsed = parseDashboard(read(file));
    expect(parsed.ok).toBe(true);
    // CloudWatch ignores a member that it does not know, which one of them has.
    const others = parsed.messages.filter(({ Message }) => !Message.includes('The "copilot" property is not expected'));
    expect(others).toEqual([]);
    const { widgets }: { readonly widgets: readonly { readonly type: string }[] } = JSON.parse(read(file));
    expect(dashboardOf(read(file)).widgets.map(({ kind }) => kind)).toEqual(widgets.map(({ type }) => type));
  });

  it.each(sources)('is the same once printed: $repo', ({ file }) => {
    const dashboard = dashboardOf(read(file));
    expect(dashboardOf(printDashboard(dashboard))).toEqual(dashboard);
  });

  it.each(sources)('has no dots in its rows, and as many of them as before: $repo', ({ file }) => {
    const before: { readonly widgets: readonly { readonly properties: { readonly metrics?: readonly unknown[] } }[] } =
      JSON.parse(read(file));
    const rows = dashboardOf(read(file)).widgets.map((widget) =>
      widget.kind === 'metric' ? (widget.properties.metrics ?? []) : [],
    );
    expect(rows.map(({ length }) => length)).toEqual(
      before.widgets.map(({ properties }) => properties.metrics?.length ?? 0),
    );
    expect(JSON.stringify(rows)).not.toMatch(/"\.{1,3}"/);
  });
});
