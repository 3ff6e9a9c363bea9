// What stands when the program cannot: a missing or altered file, no WebAssembly, no JavaScript.
import { standing } from "../support/between";
import { expect, test } from "../support/test";

// Pages that are broken on purpose complain.
test.use({ guarded: false });

const PROGRAM = /^portal-.*\.wasm$/;

const KINDS = [
  { name: "boot module", pattern: /^boot-.*\.js$/ },
  { name: "glue", pattern: /^portal-.*\.js$/ },
  { name: "program", pattern: PROGRAM },
  { name: "style sheet", pattern: /^main-.*\.css$/ },
];

/** Serves what `origin` serves but for one file, which is missing or has one bit that is not its own. */
const spoilt = (origin: string, pattern: RegExp, how: "altered" | "missing") =>
  standing(origin, async (path, answer, came, body) => {
    if (!pattern.test(path.slice("/assets/".length))) return false;
    const bytes = await body();
    const last = bytes.length - 2;
    bytes[last] = (bytes[last] ?? 0) ^ 1;
    answer.writeHead(how === "missing" ? 404 : (came.statusCode ?? 502), came.headers);
    answer.end(how === "missing" ? "" : bytes);
    return true;
  });

for (const { name, pattern } of KINDS) {
  for (const [how, told] of [["altered", "with one altered bit"], ["missing", "that is missing"]] as const) {
    test(`a ${name} ${told} leads to the way out`, async ({ page, server }) => {
      const portal = await spoilt(server.origin, pattern, how);
      try {
        await page.goto(portal.at);
        await expect(page.getByRole("heading", { name: "This page could not be opened" })).toBeVisible();
        await expect(page.getByRole("link", { name: "+351 21 555 0142" })).toBeVisible();
      } finally {
        portal.stop();
      }
    });
  }
}

/** Serves what `origin` serves, but the page itself only up to its first script, until the rest is let go. */
const halved = async (origin: string) => {
  let letGo = () => {};
  const rest = new Promise<void>((go) => (letGo = go));
  const portal = await standing(origin, async (_, answer, came, body) => {
    if (!came.headers["content-type"]?.startsWith("text/html")) return false;
    answer.writeHead(came.statusCode ?? 502, came.headers);
    const page = await body();
    const half = page.indexOf("</script>") + "</script>".length;
    answer.write(page.subarray(0, half));
    await rest;
    answer.end(page.subarray(half));
    return true;
  });
  return { ...portal, letGo: () => letGo() };
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

test("the way out speaks the customer's language", async ({ browser, server }) => {
  const portal = await spoilt(server.origin, PROGRAM, "altered");
  try {
    const context = await browser.newContext({ locale: "ar-EG" });
    const page = await context.newPage();
    await page.goto(portal.at);
    await expect(page.getByRole("heading", { name: "تعذّر فتح هذه الصفحة" })).toBeVisible();
    await expect(page.locator("html")).toHaveAttribute("dir", "rtl");
    await expect(page.getByRole("heading", { name: "This page could not be opened" })).toBeHidden();
    await context.close();
  } finally {
    portal.stop();
  }
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
