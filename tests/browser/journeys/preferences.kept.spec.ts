// What the customer said is not lost: not with the session, not with a server that is away, not with the tab, not between devices.
import { expireAtNextWrite, jonas, maya, newcomer } from "../support/customers";
import { footerLink, takes } from "../support/footer-link";
import { newestMail, nextCode } from "../support/outbox";
import { cell, change, openPreferences, preferencesOf, saved } from "../support/preferences";
import { expect, test } from "../support/test";

const PATCH = { method: "PATCH", path_prefix: "/v1/preferences" } as const;

test.beforeEach(async ({ signIn, context, server }) => {
  await signIn(maya);
  await change(context, server, { global_opt_out: false, paused_until: null, topics: { new_bill: { email: { enabled: true } } } });
});

test("the session ends during a save: sign in over it, and the opt-out goes on by itself", async ({ page, context, server, axe }) => {
  await openPreferences(page);
  const known = await newestMail(server, maya);
  await expireAtNextWrite(page, server);
  await cell(page, "A new bill by email").click();
  const dialog = page.getByRole("dialog", { name: "Sign in again" });
  await expect(dialog).toBeVisible();
  await axe(page);
  await dialog.getByLabel("Email address").fill(maya);
  await dialog.getByRole("button", { name: "Send me a code" }).click();
  await dialog.getByLabel("Code", { exact: true }).fill(await nextCode(server, maya, known));
  await dialog.getByRole("button", { name: "Sign in" }).click();
  await expect(dialog).toBeHidden();
  await expect(cell(page, "A new bill by email")).not.toBeChecked();
  await saved(page);
  expect((await preferencesOf(context, server)).topics.new_bill?.email?.enabled).toBe(false);
});

test("whoever closes the tab before it could be saved is asked", async ({ page, context, server, faults }) => {
  await openPreferences(page);
  await faults.fail(PATCH, 503);
  await cell(page, "A new bill by email").click();
  await expect(page.getByText(/Not saved yet/)).toBeVisible({ timeout: 30_000 });
  const asked = page.waitForEvent("dialog");
  await page.close({ runBeforeUnload: true });
  const question = await asked;
  expect(question.type()).toBe("beforeunload");
  await question.dismiss();
  await faults.clear();
  await page.getByRole("button", { name: "Try now" }).click();
  await saved(page);
  expect((await preferencesOf(context, server)).topics.new_bill?.email?.enabled).toBe(false);
  // Nothing is left that would be lost.
  const closed = page.waitForEvent("close");
  await page.close({ runBeforeUnload: true });
  await closed;
});

test("one press in a mail program, and the portal shows what it did and by which way", async ({ page, context, server, signIn }) => {
  await signIn(jonas);
  await change(context, server, { global_opt_out: false, paused_until: null, topics: { newsletter: { email: { enabled: true } } } });
  await footerLink(server, jonas, "newsletter");
  const outbox = (await (await fetch(`${server.origin}/dev/outbox.json`)).json()) as { to: string; headers: unknown }[];
  const headers = JSON.stringify(outbox.find((mail) => mail.to === jonas)?.headers);
  const [, address = ""] = /<(https?:[^>]+\/v1\/unsubscribe\/[^>]+)>/.exec(headers) ?? [];
  expect(headers).toContain("List-Unsubscribe=One-Click");
  await context.addInitScript(() => localStorage.setItem("portal.locale", "en"));
  await openPreferences(page);
  await expect(cell(page, "Newsletter by email")).toBeChecked();
  const { pathname } = new URL(address);
  const answer = await fetch(server.origin + pathname, {
    method: "POST",
    headers: { "Content-Type": "application/x-www-form-urlencoded" },
    body: "List-Unsubscribe=One-Click",
    redirect: "error",
  });
  expect(answer.status).toBe(200);
  await expect(cell(page, "Newsletter by email")).not.toBeChecked();
  await page.goto("/preferences/history");
  const entry = page.getByRole("listitem").filter({ has: page.getByRole("heading", { level: 3 }) }).first();
  await expect(entry).toContainText("Newsletter by email");
  await expect(entry).toContainText("By the unsubscribe button of your mail program");
});

test("what is changed of the record on another device is shown here without a reload", async ({ page, context, server }) => {
  await openPreferences(page);
  const large = page.getByRole("checkbox", { name: "Large print" });
  const before = await large.isChecked();
  const me = (await (await context.request.get(`${server.origin}/v1/me`)).json()) as { etag: string; accommodations: { kind: string }[] };
  const accommodations = before
    ? me.accommodations.filter((one) => one.kind !== "large_print")
    : [...me.accommodations, { kind: "large_print" }];
  const answer = await context.request.patch(`${server.origin}/v1/me`, {
    headers: { "Content-Type": "application/merge-patch+json", "If-Match": `"${me.etag}"`, "Idempotency-Key": crypto.randomUUID(), "X-Portal-CSRF": "1", Origin: server.origin },
    data: JSON.stringify({ accommodations }),
  });
  expect(answer.ok(), await answer.text()).toBe(true);
  await expect(large).toBeChecked({ checked: !before });
});

test("what changes while the page is on its way is shown", async ({ page, context, server }) => {
  // The changes are first asked for after the page has read what it shows.
  let go = () => {};
  const gone = new Promise<void>((done) => (go = done));
  await page.route("**/v1/events*", async (route) => {
    await gone;
    await route.continue();
  });
  await openPreferences(page);
  await expect(cell(page, "A new bill by email")).toBeChecked();
  await change(context, server, { topics: { new_bill: { email: { enabled: false } } } });
  go();
  await expect(cell(page, "A new bill by email")).not.toBeChecked();
});

test("topics are named in the language of the page, whatever the record says", async ({ page, context, server, signIn }) => {
  await signIn(jonas);
  await page.goto("/preferences");
  await expect(page.locator("html")).toHaveAttribute("lang", "de");
  await expect(page.getByRole("rowheader", { name: /Neue Rechnung/ })).toBeVisible();
  await page.evaluate(() => localStorage.setItem("portal.locale", "en"));
  await page.reload();
  await expect(page.getByRole("rowheader", { name: /A new bill/ })).toBeVisible();
  await expect(page.getByText("Neue Rechnung")).toHaveCount(0);
  await page.goto("/preferences/consents");
  await expect(page.getByRole("heading", { level: 2, name: "Our own offers" })).toBeVisible();
  expect((await preferencesOf(context, server)).topics.new_bill).toBeDefined();
});

test("in a mail's link topics are named in the language of the mail, or of who chose another", async ({ page, browser, server }) => {
  await takes(browser, server, newcomer, "tariff_offers");
  const { path } = await footerLink(server, newcomer, "tariff_offers");
  await page.goto(path);
  await expect(page.getByRole("button", { name: /^Stop “/ })).toBeVisible();
  await page.locator("button[popovertarget=languages]").click();
  await page.locator("#languages").getByText("Deutsch").click();
  await expect(page.locator("html")).toHaveAttribute("lang", "de");
  await expect(page.locator(".acts")).toContainText("Tarif");
  await expect(page.locator(".acts")).not.toContainText("tariff");
});
