import { existsSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';

const PATH = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';

/** Why there is no browser here; undefined when there is. */
export const noBrowser = existsSync(PATH) ? undefined : `there is no ${PATH}: apt-get install chromium`;

const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--font-render-hinting=none',
  '--js-flags=--expose-gc',
];

export const launchBrowser = (): Promise<Browser> =>
  chromium.launch({ executablePath: PATH, args: ARGUMENTS, headless: true });

export type Watched = { readonly page: Page; readonly faults: readonly string[] };

export type Look = {
  readonly width?: number;
  readonly height?: number;
  readonly theme?: 'light' | 'dark';
  /** Requests that match wait until the promise is kept. */
  readonly held?: { readonly urls: RegExp; readonly until: Promise<void> };
};

/** A page whose errors, and requests to anywhere but this machine, are collected. */
export async function openPage(browser: Browser, url: string, look: Look = {}): Promise<Watched> {
  const { width = 1280, height = 900, theme = 'light', held } = look;
  const viewport = { width, height };
  const context = await browser.newContext({
    viewport,
    colorScheme: theme,
    timezoneId: 'UTC',
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  if (held) await page.route(held.urls, (route) => held.until.then(() => route.continue()));
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(String(error)));
  page.on('dialog', (dialog) => {
    faults.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().includes('net::ERR_')) faults.push(message.text());
  });
  page.on('request', (request) => {
    if (!/^(?:http:\/\/127\.0\.0\.1|data:|blob:)/.test(request.url())) faults.push(`request to ${request.url()}`);
  });
  await page.goto(url);
  return { page, faults };
}
