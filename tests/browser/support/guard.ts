// What holds in every journey: nothing is asked of anybody else, nothing breaks unheard, and nothing personal is written
// where it stays behind.
import { type BrowserContext, type Page, expect } from "@playwright/test";

import type { Server } from "./server";

/** What must never be in an address, in storage that outlives the tab, or on the console. */
const PERSONAL = [/@example\.com/i, /lindqvist/i, /Haddad|حدّاد/i, /INTERNAL-NOTE-SENTINEL/, /84\.20/];

/**
 * What the browser says by itself: a request that the journey made fail; one that was given up with the page that was left, for
 * which it gives no reason; and that no script runs in the frame of a mail, which it says of the script by which a journey looks
 * into it.
 */
const TOLD_BY_BROWSER = /^(Failed to load resource:|Fetch API cannot load \S+\.\s*$|Blocked script execution in .* document's frame is sandboxed)/;

export class Guard {
  private readonly seen: string[] = [];
  private readonly own: string[];
  private readonly allowed: string[] = [];

  constructor(
    context: BrowserContext,
    server: Server,
  ) {
    this.own = [server.origin];
    context.on("request", (request) => this.asked(request.url()));
    context.on("console", (message) => this.said(message.type(), message.text()));
    context.on("weberror", (error) => this.seen.push(`uncaught: ${error.error().message}`));
    context.on("response", (response) => void this.answered(response.url(), () => response.text()));
  }

  /** The portal stands at this origin too. */
  alsoAt(origin: string) {
    this.own.push(origin);
  }

  /** That the browser goes to this origin, which is somebody else's, is what the journey is about. */
  allow(origin: string) {
    this.allowed.push(origin);
  }

  /** Fails when anything was seen that must not be. */
  async check(context: BrowserContext) {
    for (const page of context.pages()) await this.stored(page);
    expect(this.seen, "what must not happen in any journey").toEqual([]);
  }

  private asked(url: string) {
    const known = [...this.own, ...this.allowed].some((origin) => url.startsWith(`${origin}/`)) || /^(about|data|blob):/.test(url);
    if (!known) this.seen.push(`asked of somebody else: ${url}`);
    this.personal("address", decodeURIComponent(url));
  }

  private said(type: string, text: string) {
    if (type === "error" && !TOLD_BY_BROWSER.test(text)) this.seen.push(`console: ${text}`);
    this.personal("console", text);
  }

  private async answered(url: string, text: () => Promise<string>) {
    if (!this.own.some((origin) => url.startsWith(`${origin}/v1/`))) return;
    const body = await text().catch(() => "");
    if (body.includes("INTERNAL-NOTE-SENTINEL")) this.seen.push(`an internal note came with ${url}`);
  }

  private personal(where: string, text: string) {
    for (const pattern of PERSONAL) if (pattern.test(text)) this.seen.push(`${where} tells ${pattern}: ${text}`);
  }

  private async stored(page: Page) {
    if (!this.own.some((origin) => page.url().startsWith(origin))) return;
    const stored = await page.evaluate(() => JSON.stringify({ ...localStorage }) + document.cookie).catch(() => "");
    this.personal("storage", stored);
  }
}
