// What a screen reader says by itself, how often, and where it is after what had the focus is gone.
import type { Page } from "@playwright/test";

import { openPoints } from "../support/contact-points";
import { amal, maya, openConversation } from "../support/customers";
import { nights, openQuietTimes } from "../support/history";
import { cell, change, openPreferences, saved } from "../support/preferences";
import { expect, test } from "../support/test";

/** Keeps what each live region comes to say from now on. */
const listen = (page: Page) =>
  page.evaluate(() => {
    const said: string[] = [];
    Object.assign(globalThis, { said });
    const region = (node: Node) => (node instanceof Element ? node : node.parentElement)?.closest("[role=status], [role=alert], [aria-live]");
    const look = (changes: MutationRecord[]) => {
      for (const found of new Set(changes.map((change) => region(change.target)))) if (found?.textContent) said.push(found.textContent.trim());
    };
    new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true });
  });

const said = (page: Page) => page.evaluate(() => (globalThis as unknown as { said: string[] }).said);

test("a choice is told, and that it is saved, and nothing in between", async ({ page, context, server, signIn }) => {
  await signIn(maya);
  await change(context, server, { topics: { new_bill: { sms: { enabled: false } } } });
  await openPreferences(page);
  await listen(page);
  await cell(page, "A new bill by text message").press("Space");
  await saved(page);
  await expect.poll(async () => (await said(page)).some((words) => /^Saved at/.test(words))).toBe(true);
  const all = await said(page);
  expect(all.filter((words) => /is on\./.test(words))).toHaveLength(1);
  expect(all.filter((words) => /Saving|look up/.test(words))).toEqual([]);
});

test("when the next quiet time is, is told once it is known", async ({ page, context, server, signIn }) => {
  await signIn(maya);
  await nights(context, server);
  await openQuietTimes(page);
  await listen(page);
  await page.getByRole("checkbox", { name: "Sunday" }).press("Space");
  await saved(page);
  await expect.poll(async () => (await said(page)).some((words) => /^They hold in the time of .*waits until/.test(words))).toBe(true);
  expect((await said(page)).filter((words) => /Saving|look up/.test(words))).toEqual([]);
});

test("whether something would reach one is told in a region that was there before the answer", async ({ page, signIn, faults }) => {
  await signIn(maya);
  await openPreferences(page);
  await faults.delay({ method: "GET", path_prefix: "/v1/preferences/reach" }, 1500, 1);
  await page.getByRole("button", { name: "Would “A new bill” by email reach me?" }).press("Enter");
  const told = page.getByRole("dialog").locator("[role=status]");
  await expect(told).toHaveCount(1);
  await told.evaluate((element) => element.setAttribute("data-seen", ""));
  await expect(page.getByRole("dialog").locator("[role=status][data-seen]")).toContainText("maya.lindqvist@example.com");
});

test("a button that shows a drawing alone has its word once", async ({ page, signIn }) => {
  await signIn(maya);
  await openPreferences(page);
  await page.getByRole("button", { name: /^Pause until/ }).click();
  const close = page.getByRole("dialog").getByRole("button", { name: "Close", exact: true });
  await expect(close).toBeVisible();
  // Beside a label the browser makes the title a description, and "Close" is spoken twice.
  await expect(close).toHaveAttribute("title", "Close");
  await expect(close).not.toHaveAttribute("aria-label");
});

test("the telephone and the messenger of one number are told apart by their buttons", async ({ page, signIn }) => {
  await signIn(maya);
  await openPoints(page);
  await expect(page.getByRole("button", { name: /^Remove ?: \+46 70 174 06 12$/ })).toHaveCount(1);
  await expect(page.getByRole("button", { name: /^Remove ?: WhatsApp, \+46 70 174 06 12$/ })).toHaveCount(1);
});

test("an offer that was taken goes, and the focus stays on the screen", async ({ page, context, server, signIn }) => {
  await signIn(maya);
  await change(context, server, { topics: { new_bill: { email: { enabled: true, frequency: "at_once" }, sms: { enabled: true } } } });
  await openPreferences(page, "/preferences/less");
  const heading = page.getByRole("heading", { level: 1, name: "Fewer, later, elsewhere, or nothing" });
  await page.getByRole("button", { name: /^Elsewhere/ }).press("Enter");
  await expect(page.getByRole("button", { name: /^Elsewhere/ })).toHaveCount(0);
  await expect(heading).toBeFocused();
  await saved(page);
  await page.locator(".page__head").getByRole("button", { name: "Undo" }).press("Enter");
  await expect(page.getByRole("button", { name: /^Elsewhere/ })).toBeVisible();
  await expect(heading).toBeFocused();
});

test("whoever uses another address after all is at its field", async ({ page }) => {
  await page.goto("/");
  await page.getByLabel("Email address").fill("somebody.else@example.com");
  await page.getByRole("button", { name: "Send me a code" }).click();
  await expect(page.getByLabel("Code", { exact: true })).toBeFocused();
  await page.getByRole("button", { name: "Use another address" }).press("Enter");
  await expect(page.getByLabel("Email address")).toBeFocused();
});

test("what was wrong with an answer is wrong no longer once it is mended and left", async ({ page, server, signIn }) => {
  await signIn(maya);
  await openConversation(page, server, "Broadband drops every evening");
  const answer = page.getByRole("textbox", { name: "Your answer" });
  await page.getByRole("button", { name: "Send answer" }).press("Enter");
  await expect(answer).toHaveAttribute("aria-invalid", "true");
  await answer.fill("I wait for it.");
  await answer.press("Tab");
  await expect(answer).not.toHaveAttribute("aria-invalid");
  await expect(answer).toHaveAccessibleDescription("");
  await expect(page).toHaveTitle(/^Broadband drops/);
  await answer.fill("");
});

test("the focus is at what was contested, whatever was changed before it", async ({ page, signIn }) => {
  await signIn(amal);
  await page.addInitScript(() => localStorage.setItem("portal.locale", "en"));
  await page.goto("/data");
  const item = (name: string) => page.getByRole("listitem").filter({ has: page.getByRole("heading", { level: 3, name, exact: true }) });
  const called = item("What we should call you");
  await called.getByRole("button", { name: /^Change/ }).press("Enter");
  await called.getByRole("textbox").fill("Amal H.");
  await called.getByRole("textbox").press("Enter");
  await expect(called.getByRole("button", { name: /^Change/ })).toBeFocused();
  const hours = item("Your working hours");
  await hours.getByRole("button", { name: /^That’s not right/ }).press("Enter");
  await hours.getByRole("button", { name: "Do not use it" }).press("Enter");
  await expect(hours.getByRole("button", { name: /^It is right after all/ })).toBeFocused();
  await hours.getByRole("button", { name: /^It is right after all/ }).press("Enter");
  await expect(hours.getByRole("button", { name: /^That’s not right/ })).toBeFocused();
});

test("in a window of 320 by 256, as at 400 %, nothing is stuck over the words", async ({ page, signIn }) => {
  await signIn(maya);
  await page.setViewportSize({ width: 320, height: 256 });
  await openPreferences(page);
  const stuck = () =>
    page.evaluate(() =>
      [...document.querySelectorAll("body *")]
        .filter((element) => element.checkVisibility() && getComputedStyle(element).position === "sticky")
        .map((element) => element.className),
    );
  await expect.poll(stuck).toEqual([]);
  await page.goto("/interactions");
  await expect(page.getByRole("heading", { level: 2 }).first()).toBeVisible();
  await expect.poll(stuck).toEqual([]);
});
