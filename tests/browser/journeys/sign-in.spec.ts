// Signing in with a code from the mail, and leaving again.
import type { Page } from "@playwright/test";

import { keiko, maya, newcomer } from "../support/customers";
import { withoutNews } from "../support/held";
import { mailTo, newestMail, nextCode } from "../support/outbox";
import { expect, test } from "../support/test";

const askForCode = async (page: Page, address: string) => {
  await page.getByLabel("Email address").fill(address);
  await page.getByRole("button", { name: "Send me a code" }).click();
  await expect(page.getByLabel("Code", { exact: true })).toBeVisible();
};

const enter = async (page: Page, code: string) => {
  await page.getByLabel("Code", { exact: true }).fill(code);
  await page.getByRole("button", { name: "Sign in" }).click();
};

const greeting = (page: Page) => page.getByRole("heading", { level: 1, name: /^Hello/ });

const spaced = (code: string) => ` ${code.slice(0, 3)} ${code.slice(3)} `;
const arabic = (code: string) => code.replace(/\d/g, (digit) => String.fromCodePoint(0x660 + Number(digit)));
const otherThan = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, "0");

test("a customer signs in with the code from the mail", async ({ page, server, axe }) => {
  const known = await newestMail(server, maya);
  await page.goto("/");
  await expect(page.getByRole("heading", { level: 1, name: "Sign in" })).toBeVisible();
  await axe(page);
  await askForCode(page, maya);
  await axe(page);
  await enter(page, await nextCode(server, maya, known));
  await expect(greeting(page)).toBeVisible();
});

for (const { name, typed } of [
  { name: "with spaces", typed: spaced },
  { name: "in Arabic digits", typed: arabic },
]) {
  test(`a code ${name} is the same code`, async ({ page, server }) => {
    const known = await newestMail(server, newcomer);
    await page.goto("/");
    await askForCode(page, newcomer);
    await enter(page, typed(await nextCode(server, newcomer, known)));
    await expect(greeting(page)).toBeVisible();
  });
}

test("a pasted code stands in the field as it was pasted and is taken", async ({ page, server, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const known = await newestMail(server, newcomer);
  await page.goto("/");
  await askForCode(page, newcomer);
  const code = await nextCode(server, newcomer, known);
  await page.evaluate((text) => navigator.clipboard.writeText(text), spaced(code));
  await page.getByLabel("Code", { exact: true }).focus();
  await page.keyboard.press("Control+V");
  await page.keyboard.press("Enter");
  await expect(greeting(page)).toBeVisible();
});

test("a wrong code keeps the step and says how often it can be tried", async ({ page, server, axe }) => {
  const known = await newestMail(server, newcomer);
  await page.goto("/");
  await askForCode(page, newcomer);
  const code = await nextCode(server, newcomer, known);
  await enter(page, otherThan(code));
  const summary = page.getByRole("group", { name: /^There is a problem/ });
  await expect(summary).toContainText("You can try 4 more times.");
  await expect(summary).toBeFocused();
  const field = page.getByLabel("Code", { exact: true });
  await expect(field).toHaveValue(otherThan(code));
  await expect(field).toHaveAttribute("aria-invalid", "true");
  await axe(page);
  await enter(page, code);
  await expect(greeting(page)).toBeVisible();
});

test("a code that was tried too often is worth nothing", async ({ page, server }) => {
  const known = await newestMail(server, newcomer);
  await page.goto("/");
  await askForCode(page, newcomer);
  const wrong = otherThan(await nextCode(server, newcomer, known));
  for (const left of ["4 more times", "3 more times", "2 more times", "one more time"]) {
    await enter(page, wrong);
    await expect(page.getByRole("group", { name: /^There is a problem/ })).toContainText(left);
  }
  await enter(page, wrong);
  // The field of the code is gone: the focus is on why, and reading goes on there.
  await expect(page.locator(".banner").filter({ hasText: "That code can no longer be used. Ask for a new one." })).toBeFocused();
  await expect(page.getByLabel("Email address")).toHaveValue(newcomer);
});

test("what cannot be an address or a code is told before it is sent", async ({ page }) => {
  const sent: string[] = [];
  page.on("request", (request) => request.method() === "POST" && sent.push(request.url()));
  await page.goto("/");
  await page.getByLabel("Email address").fill("maya at home");
  await page.getByRole("button", { name: "Send me a code" }).click();
  const problem = page.getByRole("group", { name: /^There is a problem/ }).getByRole("link", { name: "Enter an address like name@example.com" });
  await problem.click();
  await expect(page.getByLabel("Email address")).toBeFocused();
  expect(sent).toEqual([]);
});

test("a new code can be had after a while, and it is the one that counts", async ({ page, server }) => {
  const known = await newestMail(server, keiko);
  await page.goto("/");
  // The code was asked for a minute ago, by the server's clock.
  await server.moveClock(-60);
  await askForCode(page, keiko).finally(() => server.moveClock(60));
  await nextCode(server, keiko, known);
  const first = await newestMail(server, keiko);
  await page.getByRole("button", { name: "Send a new code" }).click();
  await expect(page.getByText(/You can have a new code in \d+ seconds?\./)).toBeVisible();
  await enter(page, await nextCode(server, keiko, first));
  await expect(greeting(page)).toBeVisible();
});

test("an unknown address meets the same words, and no mail goes out", async ({ page, server }) => {
  const words = async (address: string) => {
    await page.goto("/");
    await askForCode(page, address);
    await expect(page.getByText(/You can have a new code in \d+ seconds?\./)).toBeVisible();
    return (await page.getByRole("main").innerText()).replaceAll(address, "ADDRESS").replace(/\d+ seconds?/, "SECONDS");
  };
  expect(await words("nobody@example.org")).toEqual(await words(newcomer));
  expect(await mailTo(server, "nobody@example.org")).toEqual([]);
});

test("after signing in the screen stands that was asked for", async ({ page, server }) => {
  const known = await newestMail(server, maya);
  await page.goto("/interactions?q=refund");
  await askForCode(page, maya);
  await enter(page, await nextCode(server, maya, known));
  await expect(page.getByRole("heading", { level: 1, name: "Interactions" })).toBeVisible();
  await expect(page).toHaveURL(/\/interactions\?q=refund$/);
});

for (const { next, leads } of [
  { next: "/interactions?status=open", leads: "/interactions?status=open" },
  { next: "/interactions?q=100%25", leads: "/interactions?q=100%25" },
  { next: "/interactions?q=1%2B1", leads: "/interactions?q=1%2B1" },
  { next: "https://evil.test/", leads: "/" },
  { next: "//evil.test/", leads: "/" },
  { next: "/\\evil.test", leads: "/" },
]) {
  test(`next=${next} leads to ${leads}`, async ({ page, server, signIn }) => {
    await signIn(maya);
    await page.goto(`/sign-in?next=${encodeURIComponent(next)}`);
    await expect(page).toHaveURL(server.origin + leads);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  });
}

const signOut = async (page: Page) => {
  await page.getByRole("button", { name: "You", exact: true }).click();
  await page.getByRole("button", { name: "Sign out" }).click();
};

test("signing out signs out every tab, without the server telling it", async ({ page, context, signIn }) => {
  await signIn(maya);
  await page.goto("/");
  const other = await context.newPage();
  // The tabs tell each other: nobody waits for the next answer of the server.
  await withoutNews(other);
  await other.goto("/interactions");
  await expect(other.getByRole("link", { name: /Charged twice/ })).toBeVisible();
  await signOut(page);
  await expect(page.getByRole("heading", { level: 1, name: "Sign in" })).toBeVisible();
  await expect(other.getByRole("heading", { level: 1, name: "Sign in" })).toBeVisible();
  await expect(other.getByText("Charged twice")).toHaveCount(0);
});

test("Back after signing out shows nothing personal", async ({ page, signIn }) => {
  await signIn(maya);
  await page.goto("/");
  await page.getByRole("navigation", { name: "Places" }).getByRole("link", { name: "Interactions" }).click();
  await page.getByRole("link", { name: /Charged twice/ }).click();
  await expect(page.getByRole("heading", { level: 1, name: /Charged twice/ })).toBeVisible();
  await signOut(page);
  await expect(page.getByRole("heading", { level: 1, name: "Sign in" })).toBeVisible();
  for (let step = 0; step < 2; step += 1) {
    await page.goBack();
    await expect(page.getByRole("heading", { level: 1, name: "Sign in" })).toBeVisible();
    await expect(page.locator("body")).not.toContainText(/Maya|Charged twice|84\.20/);
  }
});

test("a page that comes back from the browser's memory after signing out shows nothing personal", async ({ page, context, server, signIn }) => {
  await signIn(maya);
  await page.goto("/");
  await expect(greeting(page)).toBeVisible();
  await page.goto("/dev/outbox");
  const headers = { "X-Portal-CSRF": "1", Origin: server.origin };
  expect((await context.request.delete(`${server.origin}/v1/session`, { headers })).ok()).toBe(true);
  await page.goBack();
  await expect(page.getByText(/Sign in/).first()).toBeVisible();
  await expect(page.getByText(/Charged twice/)).toHaveCount(0);
});

test("signing out takes the drafts with it", async ({ page, signIn }) => {
  await signIn(maya);
  await page.goto("/interactions");
  await page.getByRole("link", { name: /Charged twice/ }).click();
  await page.getByRole("textbox", { name: "Your answer" }).fill("words of mine alone");
  await expect(page.getByText("Draft kept in this tab.")).toBeVisible();
  await signOut(page);
  await expect(page.getByRole("heading", { level: 1, name: "Sign in" })).toBeVisible();
  await expect.poll(() => page.evaluate(() => JSON.stringify({ ...sessionStorage, ...localStorage }))).not.toContain("words of mine");
});
