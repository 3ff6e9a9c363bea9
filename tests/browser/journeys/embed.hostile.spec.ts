// A page that the company lists and that was taken over: it speaks to the frame by the channel itself, and says what no loader says.
import type { Page } from "@playwright/test";

import { denyStorage, embedded as test, type Host, inside, MAYA, openHost, portalFrame, withoutThirdPartyCookies } from "../support/host";
import type { Server } from "../support/server";
import { expect } from "../support/test";

test.use({ guarded: false, launchOptions: withoutThirdPartyCookies() });

test.beforeEach(async ({ host, server, context }) => {
  host.customer = MAYA;
  host.vouched = 0;
  host.alter = (claims) => claims;
  await denyStorage(context, server);
});

type Hostile = Window & { port: MessagePort; frame: Window; told: { type: string; code?: string; detail?: string }[]; portal: string };

/** The page makes the frame by itself, at this path, and answers its hello; whoever is signed in it vouches for. */
const takenOver = async (page: Page, host: Host, server: Server, path = "/") => {
  await page.goto(`${host.origin}/bare`);
  await page.evaluate(
    ([portal, path]) => {
      const its = window as unknown as Hostile;
      const frame = document.createElement("iframe");
      frame.width = "1000";
      frame.height = "900";
      Object.assign(its, { portal, told: [] });
      addEventListener("message", ({ source, data, origin }) => {
        if (source !== frame.contentWindow || origin !== portal || data.portal !== "hello") return;
        const { port1, port2 } = new MessageChannel();
        Object.assign(its, { port: port1, frame: frame.contentWindow });
        port1.onmessage = async ({ data }) => {
          its.told.push(data);
          if (data.type !== "identify") return;
          const answer = await fetch("/sign", { method: "POST", body: JSON.stringify({ nonce: data.nonce }) });
          port1.postMessage({ type: "identity", nonce: data.nonce, ...((await answer.json()) as object) });
        };
        frame.contentWindow?.postMessage({ portal: "welcome", version: 1, theme: "x".repeat(16_000), locale: { toString: "de" } }, portal!, [port2]);
      });
      frame.src = `${portal}${path}#portal.host=${encodeURIComponent(location.origin)}&portal.locale=constructor&portal.theme=__proto__`;
      document.body.append(frame);
    },
    [server.origin, path],
  );
};

const framed = (page: Page) => page.frameLocator("iframe");
const overview = (page: Page) => framed(page).getByRole("heading", { level: 1, name: /^Hello, / });
const say = (page: Page, messages: unknown[]) =>
  page.evaluate((messages) => {
    for (const message of messages) (window as unknown as Hostile).port.postMessage(message);
  }, messages);
const toldOf = (page: Page, code: string) =>
  page.evaluate((code) => (window as unknown as Hostile).told.filter((one) => one.code === code).map(({ detail }) => detail ?? ""), code);

test("what is said through the channel is taken by its shape, and nothing else of it stays", async ({ page, host, server }) => {
  await takenOver(page, host, server);
  await expect(overview(page)).toBeVisible();
  const root = () => portalFrame(page, server).evaluate(() => document.documentElement.style.cssText);
  const before = await root();
  const keys = ["__proto__", "constructor", "toString", "hasOwnProperty", "identity", ""];
  await say(page, [
    ...keys.map((type) => ({ type, path: "/data" })),
    { type: ["navigate"], path: "/data" },
    { type: "view", top: "1;} body { display: none", height: "1" },
    { type: "view", top: "1", height: "9" },
    { type: "view", top: [7], height: [] },
    { type: "view", top: -1, height: 7 },
    { type: "view", top: 1e300, height: 7 },
    { type: "locale", locale: "__proto__" },
    { type: "locale", locale: { toString: "de" } },
    { type: "theme", theme: "dark" },
    { type: "theme", theme: [["accent", "#f00"]] },
    { type: "theme", theme: { constructor: "#f00", accent: { toString: "#f00" }, paper: "#ffffff;--ink:#fff", radius: "1px;}", scheme: "dark; x" } },
    { type: "navigate", path: { toString: "/data" } },
    { type: "navigate", path: "/interactions".padEnd(20_000, "/a") },
    { type: "identity", nonce: "__proto__", assertion: "forged" },
    ...["//evil.test", "/\\evil.test", "https://evil.test/", "javascript:alert(1)", "/%2e%2e/%2e%2e/other", "/data/..%2f..", "/sign-in", "/p", "/data/export"].map((path) => ({ type: "navigate", path })),
  ]);
  // What comes by the same channel after all that is still understood, so all that has been read.
  await say(page, [{ type: "navigate", path: "/contact" }]);
  await expect(framed(page).getByRole("heading", { level: 1, name: "Get in touch" })).toBeVisible();
  expect(await root()).toBe(before);
  const { origin, lang } = await portalFrame(page, server).evaluate(() => ({ origin: location.origin, lang: document.documentElement.lang }));
  expect([origin, lang]).toEqual([server.origin, "en"]);
});

test("a second welcome, and a port that somebody gives it later, are nothing", async ({ page, host, server }) => {
  await takenOver(page, host, server);
  await expect(overview(page)).toBeVisible();
  await page.evaluate(() => {
    const its = window as unknown as Hostile;
    const { port1, port2 } = new MessageChannel();
    its.frame.postMessage({ portal: "welcome", version: 1, locale: "de", theme: { scheme: "dark" } }, its.portal, [port2]);
    for (const type of ["identity-changed", "navigate", "locale"]) port1.postMessage({ type, path: "/data", locale: "de" });
    its.frame.postMessage({ portal: "unable", versions: [9] }, its.portal);
  });
  await say(page, [{ type: "navigate", path: "/contact" }]);
  await expect(framed(page).getByRole("heading", { level: 1, name: "Get in touch" })).toBeVisible();
  await expect(framed(page).locator("html")).toHaveAttribute("lang", "en");
  expect(host.vouched).toBe(1);
});

test("ten thousand messages through the channel end, and the portal answers afterwards", async ({ page, host, server }) => {
  await takenOver(page, host, server);
  await expect(overview(page)).toBeVisible();
  await page.evaluate(() => {
    const { port } = window as unknown as Hostile;
    for (let at = 0; at < 10_000; at += 1) {
      if (at % 4 === 0) port.postMessage({ type: "view", top: at % 900, height: 400 });
      else if (at % 4 === 1) port.postMessage({ type: "navigate", path: `//evil.test/${at}` });
      else if (at % 4 === 2) port.postMessage({ type: "theme", theme: { [`--x${at}`]: "1" } });
      else port.postMessage({ type: "locale", locale: `x-${at}` });
    }
    port.postMessage({ type: "navigate", path: "/contact" });
  });
  await expect(framed(page).getByRole("heading", { level: 1, name: "Get in touch" })).toBeVisible({ timeout: 30_000 });
});

test("what is wrong with a theme of a thousand parts is told in no more than fits into a message", async ({ page, host, server }) => {
  await takenOver(page, host, server);
  await expect(overview(page)).toBeVisible();
  await say(page, [{ type: "theme", theme: Object.fromEntries(Array.from({ length: 900 }, (_, at) => [`part-${at}`, "1"])) }]);
  await expect.poll(async () => (await toldOf(page, "theme")).map((detail) => detail.length)).toEqual([2000]);
});

test("a frame that is opened at an address of another origin's kind, or at a screen of its own page, stays within the portal", async ({ page, host, server }) => {
  await takenOver(page, host, server, "//evil.test/a");
  await expect(framed(page).getByRole("heading", { level: 1 })).toBeVisible();
  await expect(framed(page).locator("a[href^='//']")).toHaveCount(0);
  expect(portalFrame(page, server).url()).not.toContain("//evil.test");
});

test("a page's own address leads to no place above the portal", async ({ page, host, server }) => {
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  await page.route(`${server.origin}/portal/**`, (route) => route.fulfill({ status: 404 }));
  const below = `${server.origin}/portal/`;
  for (const place of ["/../healthz", "/%2e%2e/healthz", "/a/../../healthz", "//healthz"]) {
    await page.goto(`${host.origin}/?${new URLSearchParams({ src: below, history: "?portal", portal: place })}`);
    await expect(page.locator("customer-portal iframe")).toHaveAttribute("src", new RegExp(`^${below}#`));
  }
  expect(asked.filter((address) => new URL(address).pathname === "/healthz")).toEqual([]);
});

test("a page that gives the loader what it cannot use is told, and the customer gets the way out", async ({ page, host, server }) => {
  await openHost(page, host, { locale: "constructor" });
  await expect(page.locator("customer-portal iframe")).toHaveAttribute("title", "Customer portal");
  const warned = () => page.evaluate(() => (window as unknown as { heard: { name: string; code: string }[] }).heard.filter(({ name }) => name === "warning").map(({ code }) => code));
  await page.evaluate(() => {
    (document.querySelector("customer-portal") as unknown as { identity: unknown }).identity = async () => ({ assertion: "in an object" });
  });
  await expect(inside(page).getByRole("heading", { level: 1, name: "You could not be signed in here" })).toBeVisible();
  await expect.poll(warned).toContain("identity");
  await page.evaluate(() => document.querySelector("customer-portal")?.removeAttribute("src"));
  await expect.poll(warned).toContain("src");
  await expect(page.locator("customer-portal iframe")).toHaveCount(0);
  await page.evaluate((portal) => document.querySelector("customer-portal")?.setAttribute("src", portal), server.origin);
  await expect(inside(page).getByRole("heading", { level: 1 })).toBeVisible();
});
