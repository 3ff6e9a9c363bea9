// From the footer of a mail: less contact without signing in, and nothing without a press.
import type { Page } from "@playwright/test";

import { jonas, keiko, maya, newcomer } from "../support/customers";
import { footerLink, takes } from "../support/footer-link";
import { tabTo } from "../support/keyboard";
import { withOwnServer } from "../support/own-server";
import { change, chosen, preferencesOf } from "../support/preferences";
import { expect, test } from "../support/test";

// Whoever is not meant ends every mail to the address: no journey after it could be sent one there.
const disowning = withOwnServer();

const opened = async (page: Page, path: string) => {
  // Whatever language the mail was in.
  await page.addInitScript(() => localStorage.setItem("portal.locale", "en"));
  await page.goto(path);
  await expect(page.getByRole("heading", { level: 1, name: "Less from us" })).toBeVisible();
};

const act = (page: Page, name: RegExp) => page.getByRole("button", { name });

test("a topic is stopped without signing in; the address is masked and the link is gone from the page", async ({ page, browser, server, signIn, axe, shot }) => {
  await takes(browser, server, maya, "tariff_offers");
  const { path, token } = await footerLink(server, maya, "tariff_offers");
  const asked: string[] = [];
  page.on("request", (request) => asked.push(`${request.method()} ${request.url()} ${request.headers().referer ?? ""}`));
  await opened(page, path);
  await expect(page).toHaveURL(`${server.origin}/p`);
  await expect(page.getByText(/For .*m….*@example\.com.* Nothing has changed yet\./)).toBeVisible();
  await expect(page.locator("body")).not.toContainText(maya);
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await axe(page);
    await shot(page, `link-${colorScheme}`);
  }
  await act(page, /^Stop “/).click();
  await expect(page.getByRole("heading", { level: 1, name: "That is done" })).toBeFocused();
  await expect(page.getByRole("status").first()).toContainText("no longer comes to");
  await expect(act(page, /^Stop “/)).toHaveCount(0);
  await axe(page);
  await shot(page, "done");
  expect(asked.filter((one) => one.includes(token)), "no address and no referrer has it").toEqual([]);
  expect(asked.filter((one) => one.includes("/v1/session ") || one.endsWith("/v1/session")), "nobody's session is asked for").toEqual([]);
  const kept = await page.evaluate(() => [document.title, JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage }), document.cookie, JSON.stringify(history.state), document.referrer].join());
  expect(kept).not.toContain(token);
  expect(server.log()).not.toContain(token);
  await signIn(maya);
  const after = await preferencesOf(page.context(), server);
  expect(after.topics.tariff_offers?.email?.enabled).toBe(false);
});

test("by keyboard alone: a pause, and then everything", async ({ page, browser, server, signIn }) => {
  await takes(browser, server, keiko, "tariff_offers");
  const { path } = await footerLink(server, keiko, "tariff_offers");
  await opened(page, path);
  await tabTo(page, act(page, /^Pause everything/));
  await page.keyboard.press("Enter");
  await expect(page.getByText(/^Everything is paused until/)).toBeVisible();
  await tabTo(page, act(page, /^Stop everything/));
  await page.keyboard.press("Enter");
  await expect(page.getByText("Nothing comes any more but what we must send.")).toBeVisible();
  await expect(page.getByText(/^Everything is off\./)).toBeVisible();
  await signIn(keiko);
  const after = await preferencesOf(page.context(), server);
  expect(after.global_opt_out).toBe(true);
  expect(after.paused_until).toBeDefined();
});

test("a program that opens every link and presses nothing changes nothing", async ({ page, context, server, signIn }) => {
  await signIn(newcomer);
  const before = chosen(await preferencesOf(context, server));
  const { path, mail } = await footerLink(server, newcomer, "tariff_offers");
  await context.clearCookies();
  await opened(page, path);
  for (const [link] of mail.matchAll(/https?:\/\/\S+/g)) {
    const address = link.replace(/[.,>)]+$/, "");
    await fetch(address, { method: "HEAD" });
    await fetch(address);
  }
  await signIn(newcomer);
  expect(chosen(await preferencesOf(context, server))).toEqual(before);
  await context.clearCookies();
  await opened(page, path);
});

test("whoever is signed in in this browser is not mixed with the link", async ({ page, browser, server, signIn }) => {
  await takes(browser, server, newcomer, "tariff_offers");
  await signIn(jonas);
  const before = chosen(await preferencesOf(page.context(), server));
  const { path } = await footerLink(server, newcomer, "tariff_offers");
  await opened(page, path);
  await expect(page.locator("body")).not.toContainText("Jonas");
  await act(page, /once a (week|month)/).first().click();
  await expect(page.getByText(/comes less often now\.$/)).toBeVisible();
  expect(chosen(await preferencesOf(page.context(), server))).toEqual(before);
});

test("whoever takes longer than the link's minutes presses all the same", async ({ page, context, server, signIn }) => {
  await signIn(newcomer);
  await change(context, server, { global_opt_out: false, paused_until: null, topics: { newsletter: { email: { enabled: true } } } });
  const { path } = await footerLink(server, newcomer, "newsletter");
  await opened(page, path);
  const again = page.waitForResponse((answer) => answer.url().endsWith("/v1/session/link"));
  await server.moveClock(21 * 60);
  try {
    await act(page, /^Stop “/).first().click();
    expect((await again).status()).toBe(200);
    await expect(page.getByRole("heading", { level: 1, name: "That is done" })).toBeVisible();
  } finally {
    await server.moveClock(-21 * 60);
  }
  await signIn(newcomer);
  expect((await preferencesOf(context, server)).topics.newsletter?.email?.enabled).toBe(false);
});

test("what was changed elsewhere meanwhile is in no press's way, and stays", async ({ page, browser, server, signIn }) => {
  await signIn(maya);
  const context = page.context();
  await change(context, server, { global_opt_out: false, paused_until: null, topics: { newsletter: { email: { enabled: true } } } });
  const { path } = await footerLink(server, maya, "newsletter");
  const other = await (await browser.newContext()).newPage();
  await opened(other, server.origin + path);
  await change(context, server, { survey_snooze_until: "2031-01-01T00:00:00Z" });
  const refused = other.waitForResponse((answer) => answer.request().method() === "PATCH" && answer.status() === 412);
  await act(other, /^Stop “/).first().click();
  await refused;
  await expect(other.getByRole("heading", { level: 1, name: "That is done" })).toBeVisible();
  const after = await preferencesOf(context, server);
  expect(after.topics.newsletter?.email?.enabled).toBe(false);
  expect((after as unknown as { survey_snooze_until: string }).survey_snooze_until).toBe("2031-01-01T00:00:00Z");
  await other.context().close();
  await change(context, server, { survey_snooze_until: null });
});

test("a second link in the same tab takes the place of the first", async ({ page, context, server, signIn }) => {
  await signIn(maya);
  await change(context, server, { global_opt_out: false, paused_until: null, topics: { newsletter: { email: { enabled: true } } } });
  const first = await footerLink(server, newcomer, "tariff_offers");
  const second = await footerLink(server, maya, "newsletter");
  await opened(page, first.path);
  await expect(page.getByText(/For .*n….*@example\.com/).first()).toBeVisible();
  await page.evaluate((path) => location.assign(path), second.path);
  await expect(page.getByText(/For .*m….*@example\.com/).first()).toBeVisible();
  await expect(page.getByText(/Nothing has changed yet\./)).toBeVisible();
  await expect(page).toHaveURL(`${server.origin}/p`);
});

disowning("this isn't me is asked once; then the link is good for nothing", async ({ page, server, axe }) => {
  const { path } = await footerLink(server, newcomer, "tariff_offers");
  await opened(page, path);
  await act(page, /^This isn’t me/).click();
  const dialog = page.getByRole("dialog", { name: "Not your email?" });
  await axe(page);
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await expect(dialog).toBeHidden();
  await act(page, /^This isn’t me/).click();
  await dialog.getByRole("button", { name: "Send nothing more here" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Thank you for telling us" })).toBeVisible();
  await page.goto("/help");
  await page.goto(path);
  await expect(page.getByRole("heading", { level: 1, name: "This link has expired" })).toBeVisible();
  await axe(page);
});

test("a link that is none, or none at all, says so and leads to signing in", async ({ page, axe }) => {
  await page.goto("/p#t=none-of-ours");
  await expect(page.getByRole("heading", { level: 1, name: "This link does not work" })).toBeVisible();
  await axe(page);
  await page.reload();
  await expect(page.getByRole("heading", { level: 1, name: "This page opens from a mail" })).toBeVisible();
  await page.getByRole("link", { name: "Sign in" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Sign in" })).toBeVisible();
});

test("no page of anybody may frame it", async ({ page }) => {
  const answer = await page.request.get("/p");
  expect(answer.headers()["content-security-policy"]).toContain("frame-ancestors 'none'");
  expect(answer.headers()["x-frame-options"]).toBe("DENY");
  expect(answer.headers()["referrer-policy"]).toBe("no-referrer");
});
