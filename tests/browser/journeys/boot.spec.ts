// What stands when the program cannot: a missing or altered file, no WebAssembly, no JavaScript.
import { cp, mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { Server, dist } from "../support/server";
import { expect, test } from "../support/test";

// Pages that are broken on purpose complain.
test.use({ guarded: false });

const KINDS = [
  { name: "boot module", pattern: /^boot-.*\.js$/ },
  { name: "glue", pattern: /^portal-.*\.js$/ },
  { name: "program", pattern: /^portal-.*\.wasm$/ },
  { name: "style sheet", pattern: /^main-.*\.css$/ },
];

/** Copies the built portal, changes one file of it, and serves it. */
const withChanged = async (pattern: RegExp, change: (path: string) => Promise<void>, then: (origin: string) => Promise<void>) => {
  const copy = await mkdtemp(join(tmpdir(), "portal-altered-"));
  await cp(dist(), copy, { recursive: true });
  const assets = join(copy, "assets");
  const file = (await readdir(assets)).find((name) => pattern.test(name));
  if (!file) throw new Error(`no file in assets/ is like ${pattern}`);
  // The compressed twins would be served in its place.
  for (const twin of [".br", ".gz"]) await rm(join(assets, file + twin), { force: true });
  await change(join(assets, file));
  const server = await Server.start({ portal: copy });
  try {
    await then(server.origin);
  } finally {
    await server.stop();
    await rm(copy, { recursive: true, force: true });
  }
};

const flipOneBit = async (path: string) => {
  const bytes = await readFile(path);
  const last = bytes.length - 2;
  bytes[last] = (bytes[last] ?? 0) ^ 1;
  await writeFile(path, bytes);
};

for (const { name, pattern } of KINDS) {
  test(`a ${name} with one altered bit leads to the way out`, async ({ page }) => {
    await withChanged(pattern, flipOneBit, async (origin) => {
      await page.goto(origin);
      await expect(page.getByRole("heading", { name: "This page could not be opened" })).toBeVisible({ timeout: 15_000 });
      await expect(page.getByRole("link", { name: "+351 21 555 0142" })).toBeVisible();
    });
  });

  test(`a missing ${name} leads to the way out`, async ({ page }) => {
    await withChanged(pattern, (path) => rm(path), async (origin) => {
      await page.goto(origin);
      await expect(page.getByRole("heading", { name: "This page could not be opened" })).toBeVisible({ timeout: 15_000 });
    });
  });
}

/** Serves what `origin` serves, but the page itself only up to its first script, until the rest is let go. */
const halved = async (origin: string) => {
  let letGo = () => {};
  const rest = new Promise<void>((go) => (letGo = go));
  const proxy = createServer((asked, answer) => {
    const onward = request(origin + asked.url, { method: asked.method, headers: { ...asked.headers, host: new URL(origin).host, "accept-encoding": "identity" } }, async (came) => {
      answer.writeHead(came.statusCode ?? 502, came.headers);
      if (!came.headers["content-type"]?.startsWith("text/html")) return came.pipe(answer);
      const page = Buffer.concat(await came.toArray());
      const half = page.indexOf("</script>") + "</script>".length;
      answer.write(page.subarray(0, half));
      await rest;
      return answer.end(page.subarray(half));
    });
    onward.on("error", () => answer.destroy());
    asked.pipe(onward);
  });
  await new Promise<void>((up) => proxy.listen(0, "127.0.0.1", up));
  return { at: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`, letGo: () => letGo(), stop: () => proxy.close().closeAllConnections() };
};

test("a module that is there before the page is waits for the rest of it", async ({ page, server }) => {
  const slow = await halved(server.origin);
  try {
    await page.addInitScript(() => localStorage.setItem("portal.theme", "dark"));
    await page.goto(slow.at, { waitUntil: "commit" });
    // Boot has run as far as it can.
    await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
    slow.letGo();
    await expect(page.getByRole("heading", { level: 1, name: "Sign in" })).toBeVisible();
    await expect(page.locator("#way-out")).toBeHidden();
  } finally {
    slow.stop();
  }
});

test("the way out speaks the customer's language", async ({ browser }) => {
  await withChanged(/^portal-.*\.wasm$/, flipOneBit, async (origin) => {
    const context = await browser.newContext({ locale: "ar-EG" });
    const page = await context.newPage();
    await page.goto(origin);
    await expect(page.getByRole("heading", { name: "تعذّر فتح هذه الصفحة" })).toBeVisible();
    await expect(page.locator("html")).toHaveAttribute("dir", "rtl");
    await expect(page.getByRole("heading", { name: "This page could not be opened" })).toBeHidden();
    await context.close();
  });
});

test("a browser without WebAssembly is told so", async ({ page }) => {
  await page.addInitScript(() => Reflect.deleteProperty(globalThis, "WebAssembly"));
  await page.goto("/");
  await expect(page.getByText("This browser is too old for this page.")).toBeVisible();
});

test("without JavaScript the page says so and names the company", async ({ browser, server }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(server.origin);
  await expect(page.getByRole("heading", { name: "This page could not be opened" })).toBeVisible();
  await expect(page.getByRole("link", { name: "+351 21 555 0142" })).toBeVisible();
  await context.close();
});

test("a failing program makes way for a page on which nothing else can be reached", async ({ page, axe }) => {
  await page.goto("/");
  await expect(page.locator("#skeleton")).toHaveCount(0);
  await page.evaluate(() => (globalThis as unknown as { portalBoot: { fail(kind: string): void } }).portalBoot.fail("panic"));
  await expect(page.getByText("Something in this page broke.")).toBeVisible();
  await expect(page.getByRole("heading", { level: 1, name: "This page could not be opened" })).toBeFocused();
  expect(await page.evaluate(() => document.getElementById("app")?.inert)).toBe(true);
  await axe(page);
});

test("storage that throws breaks nothing", async ({ page }) => {
  await page.addInitScript(() => {
    const refuse = () => {
      throw new DOMException("denied", "SecurityError");
    };
    for (const name of ["localStorage", "sessionStorage"]) Object.defineProperty(globalThis, name, { get: refuse });
  });
  await page.goto("/");
  await expect(page.locator("#skeleton")).toHaveCount(0);
  await expect(page.locator("#way-out")).toBeHidden();
});

test("nothing is asked of anybody else, and every file once", async ({ page, server }) => {
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  await page.goto("/");
  await expect(page.locator("#skeleton")).toHaveCount(0);
  await page.waitForLoadState("load");
  expect(asked.filter((url) => !url.startsWith(server.origin))).toEqual([]);
  const files = asked.filter((url) => url.includes("/assets/"));
  expect(files).toEqual([...new Set(files)]);
});
