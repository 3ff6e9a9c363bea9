// The portal on a page of the company's own: another site, a strict policy, no cookie of anybody's, and storage denied.
import type { Request } from "@playwright/test";

import { jonas, maya } from "../support/customers";
import { nextCode, newestMail } from "../support/outbox";
import { axeInside, denyStorage, embedded as test, heard, inside, JONAS, MAYA, openHost, placesTold, portalFrame, setAttribute, switchTo, warnings, withoutThirdPartyCookies } from "../support/host";
import { cell } from "../support/preferences";
import { expect, signInByApi } from "../support/test";

// The page around is not the portal's, and its addresses are not watched as that one's are.
test.use({ guarded: false, launchOptions: withoutThirdPartyCookies() });

test.beforeEach(async ({ host, server, context }) => {
  expect(server.origin).toBe(host.portal);
  host.customer = MAYA;
  host.alter = (claims) => claims;
  await denyStorage(context, server);
});

test("the page vouches for its customer, and every request bears that and no cookie", async ({ page, host, server }) => {
  const asked: Request[] = [];
  page.on("request", (request) => {
    const { origin, pathname } = new URL(request.url());
    if (origin === server.origin && pathname.startsWith("/v1/")) asked.push(request);
  });
  await openHost(page, host);
  await expect(inside(page).getByRole("heading", { level: 1, name: /^Hello, / })).toBeVisible();
  await expect.poll(async () => (await heard(page)).find(({ name }) => name === "ready")?.version).toBe(1);
  const pathOf = (request: Request) => new URL(request.url()).pathname;
  await expect.poll(() => asked.map(pathOf)).toContain("/v1/overview");
  expect(pathOf(asked[0]!), "nobody is asked about before the page has vouched").toBe("/v1/session/embed");
  // What waits for changes has no answer yet, and so no headers that could be told.
  for (const request of asked.filter((request) => pathOf(request) !== "/v1/events")) {
    const headers = await request.allHeaders();
    expect(headers, pathOf(request)).not.toHaveProperty("cookie");
    if (pathOf(request) !== "/v1/session/embed") expect(headers.authorization, pathOf(request)).toMatch(/^Bearer /);
  }
  await expect(page.locator("customer-portal iframe")).toHaveAttribute("title", "Customer portal");
  const kept = await portalFrame(page, server).evaluate(() => {
    document.cookie = "probe=1; SameSite=None; Secure";
    return document.cookie;
  });
  expect(kept, "this browser gives no cookie to frames of other sites").toBe("");
});

test("a tab of the same browser in which somebody else is signed in is another matter", async ({ page, host, server, context }) => {
  await signInByApi(context, server, jonas);
  const tab = await context.newPage();
  await tab.goto(server.origin);
  await expect(tab.getByRole("heading", { level: 1, name: /Jonas/ })).toBeVisible();
  await openHost(page, host, { locale: "en" });
  await expect(inside(page).getByRole("heading", { level: 1, name: /Maya/ })).toBeVisible();
  // Signing out there is heard by every tab, and by no frame.
  await tab.evaluate(() => new BroadcastChannel("portal").postMessage("signed-out"));
  await inside(page).getByRole("link", { name: "Feedback", exact: true }).click();
  await expect(inside(page).getByRole("heading", { level: 1, name: "Your feedback" })).toBeVisible();
  await setAttribute(page, "path", "/");
  await expect(inside(page).getByRole("heading", { level: 1, name: /Maya/ })).toBeVisible();
  await tab.reload();
  await expect(tab.getByRole("heading", { level: 1, name: /Jonas/ })).toBeVisible();
});

test("where nobody is signed in that is said, and signing in on the page brings the portal by itself", async ({ page, host }) => {
  host.customer = null;
  await openHost(page, host);
  await expect(inside(page).getByRole("heading", { level: 1, name: "You are not signed in here" })).toBeVisible();
  await expect(inside(page).getByRole("link", { name: "Open in a new tab" })).toHaveAttribute("rel", "noopener");
  await switchTo(page, host, MAYA);
  await expect(inside(page).getByRole("heading", { level: 1, name: /^Hello, / })).toBeVisible();
});

test("another customer of the page finds nothing of the one before, within a second", async ({ page, host }) => {
  await openHost(page, host, { path: "/contact/message", locale: "en" });
  await inside(page).getByRole("textbox", { name: "Subject" }).fill("A half-written word of Maya's");
  await switchTo(page, host, JONAS);
  await expect(inside(page).locator("body")).not.toContainText("Maya", { timeout: 1000 });
  await expect(inside(page).getByRole("textbox", { name: "Subject" })).toHaveValue("");
});

test("preferences are saved in the frame, and the page hears that and no more", async ({ page, host }) => {
  await openHost(page, host, { path: "/preferences" });
  const bill = cell(inside(page), "A new bill by text message");
  await expect(bill).toBeVisible();
  const before = await bill.isChecked();
  await bill.click();
  await expect(bill).toBeChecked({ checked: !before });
  await expect.poll(async () => (await heard(page)).filter(({ name }) => name === "submitted").map(({ what }) => what)).toContain("preferences");
  await bill.click();
  await expect(bill).toBeChecked({ checked: before });
});

test("an answer is written in the frame, with a file, and stands in the thread", async ({ page, host }) => {
  await openHost(page, host, { path: "/interactions?q=Invoice%20by%20email%20again" });
  await inside(page).getByRole("link", { name: /Invoice by email again, please/ }).first().click();
  await expect(inside(page).getByRole("heading", { level: 1, name: "Invoice by email again, please" })).toBeVisible();
  await inside(page).getByLabel("Add a file").setInputFiles({ name: "note.txt", mimeType: "text/plain", buffer: Buffer.from("from a frame") });
  await expect(inside(page).getByText("note.txt", { exact: true })).toBeVisible();
  await inside(page).getByRole("textbox", { name: "Your answer" }).fill("Written within the page of the company.");
  await inside(page).getByRole("button", { name: "Send answer" }).click();
  await expect(inside(page).getByRole("article").last()).toContainText("Written within the page of the company.");
  await expect.poll(async () => (await heard(page)).some(({ name, what }) => name === "submitted" && what === "message")).toBe(true);
  const saving = page.waitForEvent("download");
  await inside(page).getByRole("article").last().getByRole("link", { name: /note\.txt/ }).click();
  expect((await saving).suggestedFilename()).toBe("note.txt");
  expect(JSON.stringify(await heard(page)), "nothing that was written is told").not.toContain("Written within");
});

test("feedback is given in the frame", async ({ page, host }) => {
  await openHost(page, host, { path: "/feedback/new" });
  await inside(page).getByRole("radio", { name: "Praise" }).check();
  await inside(page).getByRole("textbox", { name: "What do you want to tell us?" }).fill("It fits into your page as if it were one.");
  await inside(page).getByRole("button", { name: "Send", exact: true }).click();
  await expect(inside(page).getByRole("heading", { level: 1, name: "Thank you" })).toBeVisible();
  await expect.poll(async () => (await heard(page)).some(({ name, what }) => name === "submitted" && what === "feedback")).toBe(true);
});

test("a place leads into the portal and out of it is told, and Back leaves the page", async ({ page, host }) => {
  await page.goto(`${host.origin}/page.css`);
  await openHost(page, host, { path: "/preferences", history: "?portal" });
  await expect(inside(page).getByRole("heading", { level: 1, name: "What reaches you" })).toBeVisible();
  const entries = await page.evaluate(() => history.length);
  await inside(page).getByRole("link", { name: "Overview" }).click();
  await expect(inside(page).getByRole("heading", { level: 1, name: /^Hello, / })).toBeVisible();
  await inside(page).getByRole("link", { name: "Feedback", exact: true }).click();
  await expect(inside(page).getByRole("heading", { level: 1, name: "Your feedback" })).toBeVisible();
  await expect.poll(() => placesTold(page)).toEqual(["/", "/feedback"]);
  await expect(page).toHaveURL(/[?&]portal=%2Ffeedback$/);
  expect(await page.evaluate(() => history.length), "no entry was added").toBe(entries);
  await setAttribute(page, "path", "/contact");
  await expect(inside(page).getByRole("heading", { level: 1, name: "Get in touch" })).toBeVisible();
  await page.reload();
  await expect(inside(page).getByRole("heading", { level: 1, name: "Get in touch" })).toBeVisible();
  await page.goBack();
  await expect(page).toHaveURL(`${host.origin}/page.css`);
});

test("a place that no frame may show is refused and told", async ({ page, host }) => {
  await openHost(page, host);
  for (const path of ["/sign-in", "/data/export", "//evil.test", "/a/../b"]) {
    await setAttribute(page, "path", path);
  }
  await expect.poll(async () => (await warnings(page)).filter((code) => code === "path").length).toBeGreaterThanOrEqual(2);
  await expect(inside(page).getByRole("heading", { level: 1, name: /^Hello, / })).toBeVisible();
});

test("the look of the page is worn as far as it can be read, and the rest is told", async ({ page, host, server }) => {
  await openHost(page, host, { theme: JSON.stringify({ scheme: "light", accent: "#7a1fa2", radius: "2px", font: "serif", shadow: "none", paper: "#fff8f0" }) });
  const frame = portalFrame(page, server);
  const token = (name: string) => frame.evaluate((name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim(), name);
  await expect.poll(() => token("--brand-source")).toBe("#7a1fa2");
  await expect.poll(() => token("--radius")).toBe("2px");
  await expect.poll(() => token("--paper")).toBe("#fff8f0");
  await expect.poll(async () => (await heard(page)).find(({ code }) => code === "theme")?.detail).toContain("shadow");
  const wear = (theme: object) => setAttribute(page, "theme", JSON.stringify(theme));
  // Too dark for dark words, and three attempts to write more than a value.
  await wear({ scheme: "light", paper: "#555555", accent: "red; background: url(https://evil.test)", radius: "1px} body{display:none", font: "url(x)" });
  await expect.poll(async () => warnings(page)).toContain("theme-contrast");
  await expect.poll(async () => (await heard(page)).filter(({ code }) => code === "theme").at(-1)?.detail).toMatch(/accent.*radius.*font/);
  await expect.poll(() => token("--radius")).toBe(".5rem");
  expect(await token("--paper")).not.toBe("#555555");
  await expect(inside(page).getByRole("heading", { level: 1 })).toBeVisible();
});

test("the frame is as high as what it shows, and scrolls nothing by itself", async ({ page, host, server }) => {
  await openHost(page, host, { path: "/preferences" });
  await expect(inside(page).locator(".skeleton")).toHaveCount(0);
  const frame = portalFrame(page, server);
  const heights = async () => {
    const content = await frame.evaluate(() => Math.ceil(document.body.getBoundingClientRect().bottom + scrollY));
    const outside = (await page.locator("customer-portal iframe").boundingBox())?.height;
    return { content, outside };
  };
  const fits = async () => {
    const { content, outside } = await heights();
    return Math.abs(content - (outside ?? 0)) <= 1;
  };
  await expect.poll(fits).toBe(true);
  const long = (await heights()).content;
  await setAttribute(page, "path", "/help");
  await expect.poll(async () => (await heights()).content).toBeLessThan(long);
  await expect.poll(fits).toBe(true);
  const told = (await heard(page)).filter(({ name }) => name === "height").length;
  expect(told, "no storm").toBeLessThan(40);
});

test("another language is put on while something is half written, which stays", async ({ page, host }) => {
  await openHost(page, host, { path: "/contact/message", locale: "en" });
  await inside(page).getByRole("textbox", { name: "Subject" }).fill("Half written");
  await setAttribute(page, "locale", "de");
  await expect(inside(page).locator("html")).toHaveAttribute("lang", "de");
  await expect(inside(page).getByRole("textbox", { name: "Betreff" })).toHaveValue("Half written");
  await expect(page.locator("customer-portal iframe")).toHaveAttribute("title", "Kundenportal");
  await setAttribute(page, "locale", "tlh");
  await expect.poll(() => warnings(page)).toContain("locale");
});

test("the keyboard goes in and out, and nothing that the portal does scrolls the page", async ({ page, host }) => {
  await openHost(page, host, { path: "/help" });
  await page.locator("#before").focus();
  await page.keyboard.press("Tab");
  await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe("CUSTOMER-PORTAL");
  const out = async () => {
    await page.keyboard.press("Tab");
    return page.evaluate(() => document.activeElement?.id);
  };
  await expect.poll(out, { intervals: [10], timeout: 30_000 }).toBe("after");
  await page.keyboard.press("Shift+Tab");
  await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe("CUSTOMER-PORTAL");
  // The page leads the portal elsewhere, where the heading takes the focus: above what is seen of the page at this moment.
  await page.setViewportSize({ width: 1280, height: 500 });
  await page.evaluate(() => scrollTo(0, 400));
  await setAttribute(page, "path", "/contact");
  await expect(inside(page).getByRole("heading", { level: 1, name: "Get in touch" })).toBeFocused();
  expect(await page.evaluate(() => scrollY)).toBe(400);
});

test("a deletion is asked for on a page of its own, where the customer signs in as everywhere", async ({ page, host, server, context }) => {
  await openHost(page, host, { path: "/data/requests/new?kind=erasure" });
  await expect(inside(page).getByText("For your safety this is done on a page of its own")).toBeVisible();
  await expect(inside(page).getByRole("button", { name: /Delete/ })).toHaveCount(0);
  const opening = context.waitForEvent("page");
  await inside(page).getByRole("link", { name: "Open in a new tab" }).click();
  const tab = await opening;
  await expect(tab).toHaveURL(`${server.origin}/data/requests/new?kind=erasure`);
  await expect(tab.getByRole("heading", { level: 1, name: "Sign in" })).toBeVisible();
  const known = await newestMail(server, maya);
  await tab.getByRole("textbox", { name: "Email" }).fill(maya);
  await tab.getByRole("button", { name: /code/i }).click();
  await tab.getByRole("textbox", { name: /code/i }).fill(await nextCode(server, maya, known));
  await tab.getByRole("button", { name: "Sign in" }).click();
  await expect(tab.getByRole("button", { name: /Delete/ })).toBeVisible();
  expect(await tab.evaluate(() => opener)).toBeNull();
});

test("where the company reaches the customer is read in the frame and changed on a page of its own", async ({ page, host }) => {
  await openHost(page, host, { path: "/preferences/contact-points" });
  await expect(inside(page).getByRole("heading", { level: 2, name: "Email" })).toBeVisible();
  await expect(inside(page).getByText("For your safety addresses and numbers are changed on a page of its own")).toBeVisible();
  await expect(inside(page).getByRole("button", { name: /^(Add|Remove|Edit)/ })).toHaveCount(0);
  await expect(inside(page).getByRole("link", { name: "Open in a new tab" })).toHaveAttribute("target", "_blank");
});

test("a bearer that holds no more is renewed by asking the page, and the customer sees nothing of it", async ({ page, host, server }) => {
  let bearer = "";
  page.on("request", (request) => (bearer = request.headers().authorization ?? bearer));
  await openHost(page, host);
  const vouched = host.vouched;
  const ended = await fetch(`${server.origin}/v1/session`, { method: "DELETE", headers: { Authorization: bearer, "X-Portal-CSRF": "1" } });
  expect(ended.ok).toBe(true);
  await inside(page).getByRole("link", { name: "Feedback", exact: true }).click();
  await expect(inside(page).getByRole("heading", { level: 1, name: "Your feedback" })).toBeVisible();
  await expect(inside(page).getByRole("heading", { name: /What you said|We would like to know/ }).first()).toBeVisible();
  expect(host.vouched).toBeGreaterThan(vouched);
});

test("a dialog opens where the customer looks", async ({ page, host }) => {
  await page.setViewportSize({ width: 1000, height: 700 });
  await openHost(page, host, { path: "/preferences", locale: "en" });
  const asking = inside(page).getByRole("button", { name: /^Pause/ }).first();
  await asking.click();
  const dialog = inside(page).getByRole("dialog", { name: "Pause messages" }).or(inside(page).locator("dialog[open]")).first();
  await expect(dialog).toBeVisible();
  const isSeen = async () => {
    const box = await dialog.boundingBox();
    return box !== null && box.y >= 0 && box.y + box.height <= 700;
  };
  await expect.poll(isSeen).toBe(true);
  await page.evaluate(() => scrollBy(0, 300));
  await expect.poll(isSeen, { message: "it goes with what is seen" }).toBe(true);
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(asking).toBeFocused();
});

test("the loader is there once, however often it is loaded, and the element may be moved and made anew", async ({ page, host, server }) => {
  await openHost(page, host, { path: "/feedback" });
  await page.evaluate(async (portal) => {
    await import(`${portal}/embed.js?again`);
    const main = document.body.appendChild(document.createElement("main"));
    const element = document.querySelector("customer-portal");
    if (element) main.append(element);
  }, server.origin);
  await expect(page.locator("main customer-portal iframe")).toHaveCount(1);
  await expect(inside(page).getByRole("heading", { level: 1, name: "Your feedback" })).toBeVisible();
  await page.evaluate(() => {
    const element = document.querySelector("customer-portal");
    const another = element?.cloneNode() as HTMLElement & { identity: unknown };
    another.identity = (element as HTMLElement & { identity: unknown }).identity;
    element?.replaceWith(another);
  });
  await expect(inside(page).getByRole("heading", { level: 1, name: "Your feedback" })).toBeVisible();
});

test("a portal that stands below a path is led to its places there, and tells them without it", async ({ page, host, server }) => {
  const below = `${server.origin}/portal`;
  await page.route(`${below}/**`, async (route) => {
    const answer = await route.fetch({ url: route.request().url().replace(below, server.origin) });
    const isPage = answer.headers()["content-type"]?.startsWith("text/html") ?? false;
    if (!isPage) return route.fulfill({ response: answer });
    const text = (await answer.text()).replace(/ (href|src|content)="\/(?!\/)/g, ' $1="/portal/');
    return route.fulfill({ response: answer, body: text });
  });
  await openHost(page, host, { src: `${below}/`, path: "/preferences", history: "#at", locale: "en" });
  await expect(inside(page).getByRole("heading", { level: 1, name: "What reaches you" })).toBeVisible();
  expect(portalFrame(page, server).url()).toBe(`${below}/preferences`);
  await inside(page).getByRole("link", { name: "Feedback", exact: true }).click();
  await expect(inside(page).getByRole("heading", { level: 1, name: "Your feedback" })).toBeVisible();
  await expect.poll(() => placesTold(page)).toEqual(["/feedback"]);
  await expect(page).toHaveURL(/#at=%2Ffeedback$/);
  await setAttribute(page, "path", "/data/requests/new?kind=erasure");
  await expect(inside(page).getByRole("link", { name: "Open in a new tab" })).toHaveAttribute("href", "/portal/data/requests/new?kind=erasure");
});

test("axe finds nothing in the frame, in light and in dark, and headings and landmarks are right", async ({ page, host, server, shot }) => {
  for (const scheme of ["light", "dark"]) {
    for (const path of ["/", "/preferences", "/feedback", "/preferences/contact-points"]) {
      await openHost(page, host, { path, theme: JSON.stringify({ scheme }) });
      await expect(inside(page).getByRole("main")).toHaveCount(1);
      await expect(inside(page).locator("#skeleton")).toHaveCount(0);
      await axeInside(page, server, `${path} in ${scheme}`);
      await shot(page, `framed-${scheme}-${path.replace(/\W/g, "-")}`);
    }
  }
});
