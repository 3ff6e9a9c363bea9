// Those who mean ill around the frame: pages that may not show it, messages that nobody sent, words that nobody vouched for.
import type { Page } from "@playwright/test";

import { denyStorage, embedded as test, heard, inside, MAYA, openHost, portalFrame, setAttribute, warnings, withoutThirdPartyCookies } from "../support/host";
import type { Server } from "../support/server";
import { expect } from "../support/test";

test.use({ guarded: false, launchOptions: withoutThirdPartyCookies() });

test.beforeEach(async ({ host, server, context }) => {
  host.customer = MAYA;
  host.vouched = 0;
  host.alter = (claims) => claims;
  await denyStorage(context, server);
});

/** What of the portal an outsider might want to change. */
const state = (page: Page, server: Server) =>
  portalFrame(page, server).evaluate(() => {
    const { lang, dir, dataset, style } = document.documentElement;
    return { at: location.pathname + location.search, lang, dir, theme: dataset.theme, style: style.cssText.replace(/--view[^;]*;/g, ""), title: document.title };
  });

const overview = (page: Page) => inside(page).getByRole("heading", { level: 1, name: /^Hello, / });

test("a page that is not listed shows nothing of the portal, and says where it is to be had", async ({ page, host }) => {
  await page.clock.install();
  await page.goto(`${host.stranger}/`);
  await page.clock.fastForward(20_000);
  await expect(page.locator("customer-portal").getByRole("link", { name: "Open in a new tab" })).toBeVisible();
  await expect.poll(() => warnings(page)).toEqual(["silent"]);
  await expect(overview(page)).toHaveCount(0);
});

test("a page that the server lets show the portal and the portal does not list is told so in the frame", async ({ page, host }) => {
  await page.goto(`${host.unlisted}/`);
  await expect(inside(page).getByRole("heading", { level: 1, name: "This page may not show your customer pages" })).toBeVisible();
  const link = inside(page).getByRole("link", { name: "Open in a new tab" });
  await expect(link).toHaveAttribute("target", "_blank");
  expect(host.vouched, "nobody was asked who is there").toBe(0);
});

test("a listed page within one that is not shows nothing", async ({ page, host }) => {
  await page.clock.install();
  await page.goto(`${host.stranger}/around`);
  const around = page.frameLocator("iframe").first();
  await expect(around.getByRole("heading", { name: "Northwind & Vale" })).toBeVisible();
  await expect(around.locator("customer-portal iframe")).toBeAttached();
  await page.clock.fastForward(20_000);
  await expect(around.locator("customer-portal").getByRole("link", { name: "Open in a new tab" })).toBeVisible();
  expect(host.vouched).toBe(0);
});

test("ten thousand messages that nobody sent change nothing", async ({ page, host, server }) => {
  await openHost(page, host, { theme: JSON.stringify({ scheme: "light" }) });
  await expect(overview(page)).toBeVisible();
  const before = await state(page, server);
  const vouched = host.vouched;
  await page.evaluate((portal) => {
    const frame = document.querySelector("customer-portal")?.shadowRoot?.querySelector("iframe")?.contentWindow;
    const big = "x".repeat(200_000);
    const shapes: unknown[] = [
      { portal: "welcome", version: 1, locale: "de", theme: { scheme: "dark" } },
      { portal: "unable", versions: [9] },
      { type: "navigate", path: "/data" },
      { type: "identity-changed" },
      { type: "theme", theme: { scheme: "dark", accent: "#ff0000" } },
      { type: "locale", locale: "ar" },
      { type: "identity", nonce: "guessed", assertion: "forged" },
      { type: "__proto__", path: "/data" },
      { type: "constructor" },
      "navigate",
      null,
      42,
      [{ type: "navigate", path: "/data" }],
    ];
    for (let at = 0; at < 10_000; at += 1) {
      const ports = at % 3 === 0 ? [new MessageChannel().port2] : [];
      frame?.postMessage(at % 500 === 0 ? { type: "navigate", path: big } : shapes[at % shapes.length], portal, ports);
    }
  }, server.origin);
  // And as many from within, where the source is the frame itself.
  await portalFrame(page, server).evaluate(() => {
    for (let at = 0; at < 1000; at += 1) postMessage({ portal: "welcome", version: 1 }, location.origin, [new MessageChannel().port2]);
  });
  await inside(page).getByRole("link", { name: "Your feedback" }).or(inside(page).getByRole("link", { name: "Feedback", exact: true })).first().click();
  await expect(inside(page).getByRole("heading", { level: 1, name: "Your feedback" })).toBeVisible();
  await setAttribute(page, "path", "/");
  await expect(overview(page)).toBeVisible();
  await expect.poll(() => state(page, server)).toEqual(before);
  expect(host.vouched).toBe(vouched);
});

test("what another window says to the page around is not taken for the portal", async ({ page, host, server }) => {
  await openHost(page, host);
  await expect(overview(page)).toBeVisible();
  const before = (await heard(page)).length;
  await page.evaluate(() => {
    for (let at = 0; at < 10_000; at += 1) {
      postMessage(at % 2 ? { portal: "hello", versions: [1] } : { type: "navigated", path: "/stolen" }, location.origin, [new MessageChannel().port2]);
    }
  });
  await setAttribute(page, "path", "/contact");
  await expect(inside(page).getByRole("heading", { level: 1, name: "Get in touch" })).toBeVisible();
  const since = (await heard(page)).slice(before).filter(({ name }) => name !== "height");
  expect(since).toEqual([]);
  expect(server.log()).not.toContain("stolen");
});

for (const [what, alter] of [
  ["for somebody else's portal", (claims: object) => ({ ...claims, aud: "https://other.example" })],
  ["by somebody else", (claims: object) => ({ ...claims, iss: "https://evil.test" })],
  ["for another frame", (claims: object) => ({ ...claims, nonce: "bm90LXRoaXMtb25lLWJ1dC1hbm90aGVy" })],
  ["for longer than two minutes", (claims: object) => ({ ...claims, exp: Math.floor(Date.now() / 1000) + 3600 })],
  ["of a customer whom nobody knows", (claims: object) => ({ ...claims, sub: "C-none" })],
] as const) {
  test(`a word that was given ${what} signs nobody in, and the page is told why`, async ({ page, host }) => {
    host.alter = alter;
    await openHost(page, host);
    await expect(inside(page).getByRole("heading", { level: 1, name: "You could not be signed in here" })).toBeVisible();
    await expect.poll(() => warnings(page)).toContain("assertion");
    await expect(overview(page)).toHaveCount(0);
  });
}

test("a word that was used once is good for nobody after", async ({ page, host }) => {
  let first: string | undefined;
  await page.route(`${host.origin}/sign`, async (route) => {
    const answer = await route.fetch();
    const said = (await answer.json()) as { assertion: string };
    first ??= said.assertion;
    await route.fulfill({ json: { assertion: first } });
  });
  await openHost(page, host);
  await expect(overview(page)).toBeVisible();
  await page.reload();
  await expect(inside(page).getByRole("heading", { level: 1, name: "You could not be signed in here" })).toBeVisible();
});

test("content that is as high as its window and more ends no storm of heights", async ({ page, host, server }) => {
  await openHost(page, host);
  await expect(overview(page)).toBeVisible();
  await portalFrame(page, server).evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync("body { min-block-size: calc(100vb + 40px) !important; }");
    document.adoptedStyleSheets.push(sheet);
  });
  await expect.poll(() => warnings(page)).toContain("height");
  const told = (await heard(page)).filter(({ name }) => name === "height").length;
  expect(told).toBeLessThan(60);
});

test("nothing is in the frame that a page laid over it could have pressed unseen: a deletion, an address, a file of one's data", async ({ page, host }) => {
  for (const path of ["/data/requests/new?kind=erasure", "/data/requests/new?kind=access", "/preferences/contact-points"]) {
    await openHost(page, host, { path });
    await expect(inside(page).getByRole("link", { name: "Open in a new tab" })).toBeVisible();
    await expect(inside(page).getByRole("main").getByRole("textbox")).toHaveCount(0);
    await expect(inside(page).getByRole("main").locator("button[type=submit]")).toHaveCount(0);
  }
});

test("a frame's module that was altered on the way is not run", async ({ page, host, server }) => {
  await page.route(`${server.origin}/assets/frame-*.js`, async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, body: `${await answer.text()} ` });
  });
  await openHost(page, host);
  await expect(inside(page).getByRole("heading", { level: 1, name: "This page could not be opened" })).toBeVisible();
  expect(host.vouched, "nobody was asked who is there").toBe(0);
});

test("a loader of another version is told so, and one that is one ahead is understood", async ({ page, host, server }) => {
  const loader = async (speaks: string) => {
    await page.route(`${server.origin}/embed.js`, async (route) => {
      const answer = await route.fetch();
      await route.fulfill({ response: answer, body: (await answer.text()).replace("const SPEAKS = [1];", `const SPEAKS = ${speaks};`) });
    });
  };
  await loader("[2, 1]");
  await openHost(page, host);
  await expect(overview(page)).toBeVisible();
  await page.unroute(`${server.origin}/embed.js`);
  await loader("[3, 2]");
  await openHost(page, host);
  await expect(inside(page).getByRole("heading", { level: 1, name: "Your customer pages cannot be shown here" })).toBeVisible();
  await expect.poll(() => warnings(page)).toContain("version");
});
