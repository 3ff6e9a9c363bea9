// Three origins: the company's page on one, the portal's files on another behind a web server of its own, the API on a third. No cookie
// goes anywhere.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { Page } from "@playwright/test";

import { conversation, maya } from "../support/customers";
import { axeInside, heard, Host, inside, MAYA, openHost, switchTo, warnings, withoutThirdPartyCookies } from "../support/host";
import { Server } from "../support/server";
import { expect, signInByApi, test as base } from "../support/test";
import { type Kind, WebServer, freePort, missing, unpacked } from "../support/web-server";

const KINDS: Kind[] = ["nginx", "caddy"];
const kind = KINDS.find((one) => missing(one) === undefined);

type Apart = { host: Host; portal: string; api: Server };

const test = base.extend<object, { apart: Apart }>({
  apart: [
    async ({}, use) => {
      const folder = await mkdtemp(join(tmpdir(), "portal-apart-"));
      const host = await Host.start();
      const portal = `http://127.0.0.1:${await freePort()}`;
      const api = await Server.start({
        portal: null,
        env: { ...(await host.settings(folder)), PORTAL_API_PUBLIC_URL: `${portal}/own`, PORTAL_API_ALLOWED_ORIGINS: portal },
      });
      const files = await unpacked(folder, ["--prefix", "/own/", "--frame-parent", host.origin, "--api", api.origin]);
      const web = await WebServer.start(kind ?? "nginx", Number(new URL(portal).port), files, api.origin);
      host.portal = portal;
      await use({ host, portal, api });
      await host.stop();
      await web.stop();
      await api.stop();
      await rm(folder, { recursive: true, force: true });
    },
    { scope: "worker", timeout: 120_000 },
  ],
});

test.use({ guarded: false, launchOptions: withoutThirdPartyCookies() });
test.skip(kind === undefined, missing("nginx"));

test.beforeEach(({ apart }) => {
  apart.host.customer = MAYA;
  apart.host.alter = (claims) => claims;
});

/** The page with the portal, which stands below a path here. */
const open = async (page: Page, { host, portal }: Apart, attributes: Record<string, string> = {}) => {
  await page.route(`${portal}/embed.js`, async (route) => route.fulfill({ response: await route.fetch({ url: `${portal}/own/embed.js` }) }));
  await openHost(page, host, { src: `${portal}/own/`, locale: "en", ...attributes });
};

const frameOf = (page: Page, portal: string) => page.frames().find((frame) => frame.url().startsWith(portal));

const THREAD = "/interactions?q=Invoice%20by%20email%20again";
const SUBJECT = "Invoice by email again, please";

const openThread = async (page: Page, apart: Apart) => {
  await open(page, apart, { path: THREAD });
  await inside(page).getByRole("link", { name: new RegExp(SUBJECT) }).first().click();
  await expect(inside(page).getByRole("heading", { level: 1, name: SUBJECT })).toBeVisible();
};

test("the page vouches for its customer, and all is asked of the API alone, with the bearer and no cookie", async ({ page, apart }) => {
  const asked: { origin: string; path: string; authorization?: string; cookie?: string }[] = [];
  page.on("request", (request) => {
    const { origin, pathname } = new URL(request.url());
    if (!pathname.includes("/v1/") || request.method() === "OPTIONS") return;
    const { authorization, cookie } = request.headers();
    asked.push({ origin, path: pathname, authorization, cookie });
  });
  const refused: string[] = [];
  page.on("console", (message) => {
    if (/Content.Security.Policy|CORS/i.test(message.text())) refused.push(message.text());
  });
  await open(page, apart);
  await expect(inside(page).getByRole("heading", { level: 1, name: /^Hello, / })).toBeVisible();
  await expect.poll(() => asked.map(({ path }) => path)).toContain("/v1/overview");
  expect(new Set(asked.map(({ origin }) => origin))).toEqual(new Set([apart.api.origin]));
  expect(asked[0]?.path).toBe("/v1/session/embed");
  for (const { path, authorization, cookie } of asked.slice(1)) {
    expect(authorization, path).toMatch(/^Bearer /);
    expect(cookie, path).toBeUndefined();
  }
  expect(refused, "refused by the browser").toEqual([]);
  await expect.poll(() => warnings(page)).toEqual([]);
});

test("a thread is read and answered, with a file that shows how far it is and comes back", async ({ page, apart }) => {
  await openThread(page, apart);
  const frame = frameOf(page, apart.portal);
  await frame?.evaluate(() => {
    const its = window as unknown as { most: number };
    its.most = 0;
    const look = () => document.querySelectorAll("progress").forEach(({ value }) => (its.most = Math.max(its.most, value)));
    new MutationObserver(look).observe(document.body, { subtree: true, childList: true, attributes: true });
  });
  const buffer = Buffer.concat([Buffer.from("%PDF-1.4\n"), Buffer.alloc(3_000_000, "x")]);
  await inside(page).getByLabel("Add a file").setInputFiles({ name: "apart.pdf", mimeType: "application/pdf", buffer });
  await expect(inside(page).getByText("apart.pdf", { exact: true })).toBeVisible();
  await expect.poll(() => frame?.evaluate(() => (window as unknown as { most: number }).most)).toBeGreaterThanOrEqual(buffer.length);
  await expect(inside(page).getByRole("progressbar")).toHaveCount(0);
  await inside(page).getByRole("textbox", { name: "Your answer" }).fill("Across three origins.");
  await inside(page).getByRole("button", { name: "Send answer" }).click();
  await expect(inside(page).getByRole("article").last()).toContainText("Across three origins.");
  await expect.poll(async () => (await heard(page)).some(({ name, what }) => name === "submitted" && what === "message")).toBe(true);
  const saving = page.waitForEvent("download");
  await inside(page).getByRole("article").last().getByRole("link", { name: /apart\.pdf/ }).click();
  expect((await saving).suggestedFilename()).toBe("apart.pdf");
});

const MAIL = "Your tariff ends soon: three ways to go on";

test("an HTML mail is read as its text in the frame, and its designed form is a link away", async ({ page, apart }) => {
  await open(page, apart, { path: `/interactions?q=${encodeURIComponent("three ways to go on")}` });
  await inside(page).getByRole("link", { name: new RegExp(MAIL) }).first().click();
  await expect(inside(page).getByRole("heading", { level: 1, name: MAIL })).toBeVisible();
  const mail = inside(page).getByRole("article").first();
  await expect(mail).toContainText("your tariff Lumen 24 ends in six weeks");
  await expect(mail.getByRole("link", { name: "Open in a new tab" })).toHaveAttribute("target", "_blank");
  await expect(inside(page).locator("iframe")).toHaveCount(0);
  await axeInside(page, { origin: apart.portal }, "the mail");
});

test("on a page of its own a mail that nobody can measure is high enough to read, and is scrolled to its end by keyboard", async ({ page, context, apart }) => {
  await signInByApi(context, apart.api, maya);
  const { id } = await conversation(context, apart.api, MAIL);
  for (const [width, height, least] of [
    [1280, 800, 590],
    [360, 640, 470],
  ] as const) {
    await page.setViewportSize({ width, height });
    await page.goto(`${apart.portal}/own/interactions/${id}`);
    const mail = page.getByTitle(/^Message from Lumenfold/);
    await expect(mail.contentFrame().locator("body")).toContainText("Lumen");
    await expect.poll(async () => (await mail.boundingBox())?.height).toBeGreaterThan(least);
    await expect.poll(async () => (await mail.boundingBox())?.height).toBeLessThan(height);
    await expect(mail).toHaveCSS("resize", "vertical");
    // From what stands before it the keyboard goes into it, as into any page.
    await page.getByRole("heading", { level: 1 }).focus();
    const isIn = async () => {
      await page.keyboard.press("Tab");
      return mail.evaluate((it) => document.activeElement === it);
    };
    await expect.poll(isIn, { intervals: [50] }).toBe(true);
    await page.keyboard.press("End");
    const toEnd = () => mail.contentFrame().locator("html").evaluate((root) => root.scrollHeight - root.scrollTop - root.clientHeight);
    await expect.poll(toEnd).toBeLessThanOrEqual(1);
  }
});

test("another customer of the page finds nothing of the one before", async ({ page, apart }) => {
  await open(page, apart, { path: "/contact/message" });
  await inside(page).getByRole("textbox", { name: "Subject" }).fill("Half written");
  await switchTo(page, apart.host, null);
  await expect(inside(page).getByRole("heading", { level: 1, name: "You are not signed in here" })).toBeVisible();
  await expect(inside(page).getByRole("link", { name: "Open in a new tab" })).toHaveAttribute("href", "/own/contact/message");
});
