import type { Browser, Page } from 'playwright-core';

/** Takes pictures of a viewer's page, so that what a picture shows is drawn by the code that people see. */
export type PageImages = {
  /** A PNG of a dashboard without what is around it, as tall as it is. @rejects for a dashboard that there is not. */
  readonly dashboard: (name: string, options?: PictureOptions) => Promise<Uint8Array>;
  /**
   * A PNG of the JSON of a metric widget, of its own `width`, `height` and `theme`, as GetMetricWidgetImage draws it.
   * @rejects for what is no metric widget, and for more than 100 KB.
   */
  readonly widget: (json: string) => Promise<Uint8Array>;
  /** A PNG of any place of the page, `alarms` or `traces?filter=…`, as a window would show it. */
  readonly page: (place: string, options?: PictureOptions) => Promise<Uint8Array>;
  readonly close: () => Promise<void>;
};

export type PictureOptions = {
  /** CSS pixels; default 1280 by 800. */
  readonly width?: number;
  readonly height?: number;
  /** Pixels of the picture for each CSS pixel; default 1. */
  readonly scale?: number;
  /** Default `light`. */
  readonly theme?: 'light' | 'dark';
  /** As in the address of the page: `-PT3H`, or instants in ISO 8601. */
  readonly start?: string;
  readonly end?: string;
  /** Default `UTC`. */
  readonly timeZone?: string;
};

type ImagesOptions = {
  /** Of a running viewer. */
  readonly url: string;
  /** A Chromium or Chrome; default `$CHROMIUM_PATH`, or Debian's. */
  readonly executablePath?: string;
};

const LONGEST_WAIT_MS = 20_000;

/** @rejects when playwright-core or the browser is missing, saying how to get it. */
export async function pageImages(options: ImagesOptions): Promise<PageImages> {
  const { url, executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium' } = options;
  const browser = await launch(executablePath);
  return {
    dashboard: (name, picture = {}) =>
      withPage(browser, picture, async (page) => {
        await page.goto(addressOf(url, `dashboards/${encodeURIComponent(name)}`, picture, true));
        await page.locator('.grid, .loading.fault').first().waitFor({ timeout: LONGEST_WAIT_MS });
        if ((await page.locator('.loading.fault').count()) > 0) {
          throw new Error(`No picture of dashboard ${name}: ${await page.locator('.loading.fault').textContent()}`);
        }
        await settled(page);
        return page.locator('.content').screenshot({ animations: 'disabled' });
      }),
    widget: (json) => widgetImage(browser, url, json),
    page: (place, picture = {}) =>
      withPage(browser, picture, async (page) => {
        await page.goto(addressOf(url, place, picture, false));
        await page.locator('.card, .empty, .note').first().waitFor({ timeout: LONGEST_WAIT_MS });
        await settled(page);
        return page.screenshot({ animations: 'disabled' });
      }),
    close: () => browser.close(),
  };
}

/** What GetMetricWidgetImage takes a widget's size to be (user guide, MetricWidget structure). */
const SIZE = { width: 600, height: 400 };
const MOST_PIXELS = 2000;

async function widgetImage(browser: Browser, url: string, json: string): Promise<Uint8Array> {
  const { width = SIZE.width, height = SIZE.height, theme = 'light' } = lookOf(json);
  const within = (pixels: number): number => Math.min(MOST_PIXELS, Math.max(1, Math.round(pixels)));
  return withPage(browser, { width: within(width), height: within(height), theme }, async (page) => {
    // Too long for an address: what the page asks for without it is asked for with it.
    await page.route('**/api/widget*', async (route) => {
      const answer = await fetch(`${url}/api/widget`, { method: 'POST', body: json });
      await route.fulfill({ status: answer.status, contentType: 'application/json', body: await answer.text() });
    });
    await page.goto(addressOf(url, 'widget', {}, true));
    await page.locator('.lone, .loading.fault').first().waitFor({ timeout: LONGEST_WAIT_MS });
    const fault = page.locator('.loading.fault');
    if ((await fault.count()) > 0) throw new Error((await fault.textContent()) ?? 'it is no metric widget');
    return page.screenshot({ animations: 'disabled' });
  });
}

/** What is no JSON is refused by the page, in its words. */
function lookOf(json: string): PictureOptions {
  try {
    const { width, height, theme } = JSON.parse(json) as Readonly<Record<string, unknown>>;
    return {
      ...(typeof width === 'number' && { width }),
      ...(typeof height === 'number' && { height }),
      ...(theme === 'dark' && { theme }),
    };
  } catch {
    return {};
  }
}

/** The page's security policy lets no function be made of text in it: locators ask without. */
async function settled(page: Page): Promise<void> {
  const waiting = page.locator('.waiting');
  while ((await waiting.count()) > 0) await waiting.first().waitFor({ state: 'detached', timeout: LONGEST_WAIT_MS });
}

async function launch(executablePath: string): Promise<Browser> {
  const { chromium } = await import('playwright-core').catch(() => {
    throw new Error('Pictures need the package playwright-core: npm install playwright-core');
  });
  const args = ['--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-sync'];
  // Chromium's own sandbox does not run as root, as in most containers.
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  try {
    return await chromium.launch({ executablePath, args: [...args, ...sandbox] });
  } catch (error) {
    throw new Error(
      `Pictures need a Chromium, and ${executablePath} does not start: apt-get install chromium, or set CHROMIUM_PATH`,
      {
        cause: error,
      },
    );
  }
}

async function withPage<Result>(
  browser: Browser,
  { width = 1280, height = 800, scale = 1, theme = 'light', timeZone = 'UTC' }: PictureOptions,
  take: (page: Page) => Promise<Result>,
): Promise<Result> {
  const context = await browser.newContext({
    viewport: { width, height },
    deviceScaleFactor: scale,
    colorScheme: theme,
    timezoneId: timeZone,
    reducedMotion: 'reduce',
  });
  try {
    return await take(await context.newPage());
  } finally {
    await context.close();
  }
}

function addressOf(url: string, place: string, { start, end }: PictureOptions, plain: boolean): string {
  const parameters = new URLSearchParams();
  if (start !== undefined) parameters.set('start', start);
  if (end !== undefined) parameters.set('end', end);
  if (plain) parameters.set('plain', '');
  const text = parameters.toString();
  return `${url}/#/${place}${text === '' ? '' : `${place.includes('?') ? '&' : '?'}${text}`}`;
}
