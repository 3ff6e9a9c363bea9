// Somebody else is signed in at the page, at the worst of moments: nothing of the one before is seen, kept or told.
import { hold } from "../support/held";
import { denyStorage, embedded as test, heard, inside, JONAS, MAYA, openHost, portalFrame, switchTo, warnings, withoutThirdPartyCookies } from "../support/host";
import { expect } from "../support/test";

test.use({ guarded: false, launchOptions: withoutThirdPartyCookies() });

test.beforeEach(async ({ host, server, context }) => {
  host.customer = MAYA;
  host.alter = (claims) => claims;
  await denyStorage(context, server);
});

test("what still comes for the one before while the frame begins anew is not shown", async ({ page, host, server }) => {
  let isOther = false;
  const overview = await hold(page, "GET", "/v1/overview");
  let reload = () => {};
  let reached = () => {};
  const reloaded = new Promise<void>((go) => (reload = go));
  const isReloading = new Promise<void>((go) => (reached = go));
  await page.route(`${server.origin}/`, async (route) => {
    if (isOther) {
      reached();
      await reloaded;
    }
    await route.continue();
  });
  await page.goto(`${host.origin}/?locale=en`);
  await overview.reached;
  // A document that is about to be another is not asked anything: it says by itself what it shows.
  const seen: string[] = [];
  page.on("console", (message) => seen.push(message.text()));
  await portalFrame(page, server).evaluate(() => {
    setInterval(() => console.info(`shown: ${getComputedStyle(document.documentElement).display} ${document.body.textContent}`), 50);
  });
  isOther = true;
  await switchTo(page, host, JONAS);
  await isReloading;
  const answered = page.waitForResponse((response) => new URL(response.url()).pathname === "/v1/overview");
  overview.letGo();
  await (await answered).finished();
  seen.length = 0;
  const shown = () => seen.filter((text) => text.startsWith("shown: "));
  await expect.poll(() => shown().length).toBeGreaterThan(5);
  expect(new Set(shown())).toEqual(new Set(["shown: none "]));
  reload();
  await expect(inside(page).getByRole("heading", { level: 1, name: /Jonas/ })).toBeVisible();
});

test("what the one before searched for is neither shown nor told", async ({ page, host, server }) => {
  await openHost(page, host, { path: "/interactions", history: "?portal", locale: "en" });
  await inside(page).getByRole("searchbox").first().fill("my divorce");
  await inside(page).getByRole("searchbox").first().press("Enter");
  await expect.poll(() => portalFrame(page, server).url()).toContain("divorce");
  await switchTo(page, host, JONAS);
  await expect.poll(() => portalFrame(page, server).url()).not.toContain("divorce");
  await expect(inside(page).getByRole("heading", { level: 1, name: "Interactions" })).toBeVisible();
  await expect(inside(page).getByRole("searchbox").first()).toHaveValue("");
  expect(JSON.stringify(await heard(page)), "the page is never told").not.toContain("divorce");
  await expect(page).not.toHaveURL(/divorce/);
});

test("a link of the page's to a place stays where nobody was there before", async ({ page, host }) => {
  host.customer = null;
  await openHost(page, host, { path: "/interactions?q=invoice", locale: "en" });
  await expect(inside(page).getByRole("heading", { level: 1, name: "You are not signed in here" })).toBeVisible();
  await switchTo(page, host, MAYA);
  await expect(inside(page).getByRole("searchbox").first()).toHaveValue("invoice");
});

test("a page that says late who is there is not too late", async ({ page, host }) => {
  await page.clock.install();
  await page.route(`${host.origin}/page.js`, async (route) => {
    const answer = await route.fetch();
    const body = (await answer.text()).replace("portal.identity =", "window.late =");
    await route.fulfill({ response: answer, body });
  });
  await page.goto(`${host.origin}/?locale=en`);
  await expect(page.locator("customer-portal iframe")).toBeAttached();
  await expect.poll(async () => (await heard(page)).map(({ name }) => name)).toContain("ready");
  for (const _ of "twice") await page.clock.fastForward(12_000);
  await expect(inside(page).getByRole("heading", { level: 1, name: "Your customer pages cannot be shown here yet" })).toBeVisible();
  await page.evaluate(() => {
    const { late } = window as unknown as { late: unknown };
    (document.querySelector("customer-portal") as unknown as { identity: unknown }).identity = late;
  });
  await expect(inside(page).getByRole("heading", { level: 1, name: /Maya/ })).toBeVisible();
  await expect(inside(page).getByRole("heading", { name: "We could not reach your account" })).toHaveCount(0);
});

test("ten changes at once end with whoever is there at the end", async ({ page, host }) => {
  await openHost(page, host, { locale: "en" });
  for (let at = 0; at < 10; at += 1) await switchTo(page, host, at % 2 ? MAYA : JONAS);
  await switchTo(page, host, JONAS);
  await expect(inside(page).getByRole("heading", { level: 1, name: /Jonas/ })).toBeVisible();
  await expect(inside(page).getByText(/Maya/)).toHaveCount(0);
});

test("a frame that does not come back after a change leaves the way out", async ({ page, host, server }) => {
  await page.clock.install();
  await openHost(page, host, { locale: "en" });
  await page.route(`${server.origin}/`, (route) => route.abort());
  await switchTo(page, host, JONAS);
  await page.clock.fastForward(20_000);
  await expect(page.locator("customer-portal").getByRole("link", { name: "Open in a new tab" })).toBeVisible();
  await expect.poll(() => warnings(page)).toContain("silent");
});

test("a page whose backend fails for a moment takes nothing from whoever is writing", async ({ page, host, server }) => {
  let bearer = "";
  page.on("request", (request) => (bearer = request.headers().authorization ?? bearer));
  let isDown = false;
  await page.route(`${host.origin}/sign`, (route) => (isDown ? route.abort() : route.continue()));
  await openHost(page, host, { path: "/contact/message", locale: "en" });
  await inside(page).getByRole("textbox", { name: "Subject" }).fill("Half written");
  isDown = true;
  const ended = await fetch(`${server.origin}/v1/session`, { method: "DELETE", headers: { Authorization: bearer, "X-Portal-CSRF": "1" } });
  expect(ended.ok).toBe(true);
  await expect.poll(() => warnings(page), { timeout: 45_000 }).toContain("identity");
  isDown = false;
  await expect(inside(page).getByRole("textbox", { name: "Subject" })).toHaveValue("Half written");
});
