// What reaches the customer, with a thumb, on 360 by 740 pixels: a card for each topic.
import { amal, maya } from "../support/customers";
import { overflow } from "../support/history";
import { cell, change, openPreferences, preferencesOf, saved } from "../support/preferences";
import { expect, test } from "../support/test";

test.beforeEach(async ({ signIn, context, server }) => {
  await signIn(maya);
  await change(context, server, { global_opt_out: false, paused_until: null, topics: { new_bill: { email: { enabled: true } } } });
});

test("cards, the same controls, nothing beyond the edge", async ({ page, context, server, axe, shot }) => {
  await openPreferences(page);
  await expect.poll(() => overflow(page)).toBe(0);
  await axe(page);
  await shot(page, "preferences-phone");
  await cell(page, "A new bill by email").tap();
  await expect.poll(async () => (await preferencesOf(context, server)).topics.new_bill.email.enabled).toBe(false);
  await page.locator(".toast").getByRole("button", { name: "Undo" }).tap();
  await expect(cell(page, "A new bill by email")).toBeChecked();
  await page.getByRole("button", { name: /^Planned works:/ }).tap();
  await page.locator("#more-planned_works").getByLabel("How often").first().selectOption("weekly");
  await expect.poll(async () => (await preferencesOf(context, server)).topics.planned_works.email.frequency).toBe("weekly");
  await expect.poll(() => overflow(page)).toBe(0);
  await axe(page);
  await page.locator("#more-planned_works").getByLabel("How often").first().selectOption("at_once");
  await expect.poll(async () => (await preferencesOf(context, server)).topics.planned_works.email.frequency).toBe("at_once");
});

test("a pause and whether it would reach me, in sheets", async ({ page, axe, shot }) => {
  await openPreferences(page);
  await page.getByRole("button", { name: /^Pause until/ }).tap();
  const dialog = page.getByRole("dialog", { name: "Pause messages" });
  await expect(dialog).toBeVisible();
  await axe(page);
  await shot(page, "pause-phone");
  await dialog.getByRole("button", { name: "Leave it as it is" }).tap();
  await expect(dialog).toBeHidden();
  await page.getByRole("button", { name: "Would “A new bill” by email reach me?" }).tap();
  await expect(page.getByRole("dialog").getByText("You want this.")).toBeVisible();
  await axe(page);
  await shot(page, "reach-phone");
});

test("in Arabic and in the dark the cards are as good", async ({ page, signIn, axe, shot }) => {
  await page.emulateMedia({ colorScheme: "dark" });
  await signIn(amal);
  await openPreferences(page);
  await expect(page.locator("html")).toHaveAttribute("dir", "rtl");
  await expect.poll(() => overflow(page)).toBe(0);
  await axe(page);
  await shot(page, "preferences-phone-ar-dark");
});

test("fewer, later, elsewhere or nothing: by thumb, in the dark and in Arabic", async ({ page, context, server, signIn, axe, shot }) => {
  await openPreferences(page, "/preferences/less");
  await expect.poll(() => overflow(page)).toBe(0);
  await expect(page.getByRole("navigation", { name: "Preferences" }).getByRole("link", { name: "Messages" })).toHaveAttribute("aria-current", "true");
  await axe(page);
  await shot(page, "less-phone");
  await page.getByRole("button", { name: /^Later/ }).tap();
  await saved(page);
  await page.locator(".toast").getByRole("button", { name: "Undo" }).tap();
  await expect.poll(async () => (await preferencesOf(context, server)).paused_until).toBeFalsy();
  await page.emulateMedia({ colorScheme: "dark" });
  await signIn(amal);
  await openPreferences(page, "/preferences/less");
  await expect(page.locator("html")).toHaveAttribute("dir", "rtl");
  await expect.poll(() => overflow(page)).toBe(0);
  await axe(page);
  await shot(page, "less-phone-ar-dark");
});
