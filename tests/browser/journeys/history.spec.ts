// Who changed what, before and after, when and by which route; taken back from here, and a receipt of each.
import { readFile } from "node:fs/promises";

import { maya } from "../support/customers";
import { hold } from "../support/held";
import { companyChanges, nights, openHistory, quietOf, toTheOldest } from "../support/history";
import { tabTo } from "../support/keyboard";
import { change, chosen, openPreferences, preferencesOf } from "../support/preferences";
import { expect, test } from "../support/test";

test.beforeEach(async ({ signIn, context, server }) => {
  await signIn(maya);
  await nights(context, server);
  await change(context, server, { topics: { new_bill: { sms: { enabled: false } } } });
});

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(`in ${colorScheme}`, () => {
    test.use({ colorScheme });

    test("every change says what, from what to what, when and by which route", async ({ page, context, server, axe, shot }) => {
      await change(context, server, { topics: { new_bill: { sms: { enabled: true } } } });
      await openPreferences(page);
      await page.getByRole("link", { name: "History", exact: true }).click();
      await expect(page.getByRole("heading", { level: 1, name: "What was changed" })).toBeFocused();
      const newest = page.locator(".item").first();
      await expect(newest.getByRole("heading", { level: 3, name: "Messages" })).toBeVisible();
      await expect(newest.locator(".change")).toHaveText(/A new bill by .*from off to on/);
      await expect(newest.getByText("You, here")).toBeVisible();
      await toTheOldest(page);
      for (const route of ["Taken over from another system", "By the unsubscribe button of your mail program", "By the link in an email"]) {
        await expect(page.getByText(route, { exact: true }).first()).toBeVisible();
      }
      await axe(page);
      await shot(page, `history-${colorScheme}`);
    });
  });
}

test("undo puts back exactly what stood before, and is in the history itself", async ({ page, context, server }) => {
  const before = chosen(await preferencesOf(context, server));
  await change(context, server, { topics: { new_bill: { sms: { enabled: true } }, meter_reading: { email: { frequency: "weekly" } } } }).catch(() =>
    change(context, server, { topics: { new_bill: { sms: { enabled: true } } } }),
  );
  await openHistory(page);
  await page.getByRole("button", { name: /^Undo: Messages/ }).first().click();
  await expect(page.locator(".toast")).toContainText("It is as it was before this change.");
  await expect.poll(async () => chosen(await preferencesOf(context, server))).toEqual(before);
  await expect(page.getByText(/Undone on /).first()).toBeVisible();
  await expect(page.getByText("This took an earlier change back.").first()).toBeVisible();
});

test("what was changed again since is not undone over it, and says so", async ({ page, context, server, axe }) => {
  await change(context, server, { topics: { new_bill: { sms: { enabled: true } } } });
  await openHistory(page);
  const button = page.getByRole("button", { name: /^Undo: Messages/ }).first();
  await expect(button).toBeVisible();
  // Elsewhere it is switched once more while the press is on its way.
  const undo = await hold(page, "POST", "/v1/preferences/history");
  const item = page.locator(".item").filter({ has: page.locator(`#${await page.locator(".item").first().locator("h3").getAttribute("id")}`) });
  await button.click();
  await undo.reached;
  await change(context, server, { topics: { new_bill: { sms: { enabled: false } } } });
  undo.letGo();
  await expect(item.getByRole("alert")).toContainText("It was changed again since");
  await axe(page);
  expect((await preferencesOf(context, server)).topics.new_bill.sms.enabled).toBe(false);
});

test("a lost answer is one undo", async ({ page, context, server, faults }) => {
  await change(context, server, { quiet_hours: { outside: "drop" } });
  await openHistory(page);
  await faults.dropResponse({ method: "POST", path_prefix: "/v1/preferences/history" });
  await page.getByRole("button", { name: /^Undo: Quiet times/ }).first().click();
  await expect.poll(async () => (await quietOf(context, server)).outside).toBe("hold");
  await expect(page.locator(".item").nth(1).getByText(/Undone on /)).toBeVisible();
  await expect(page.locator(".item").nth(2).getByText("This took an earlier change back.")).toHaveCount(0);
});

test("a receipt is kept as text", async ({ page, context, server }) => {
  await change(context, server, { quiet_hours: { outside: "drop" } });
  await openHistory(page);
  const arriving = page.waitForEvent("download");
  await page.getByRole("link", { name: /^Receipt: Quiet times/ }).first().click();
  const file = await arriving;
  expect(file.suggestedFilename()).toMatch(/\.txt$/);
  const text = await readFile(await file.path(), "utf8");
  expect(text).toContain("Receipt of a change");
  expect(text).toContain("What happens to a message meanwhile: from It waits to It is not sent");
  expect(text).toMatch(/\d{4}-\d\d-\d\dT[\d:.]+Z/);
});

test("what a person of the company changes appears at once, with their name", async ({ page, server }) => {
  await openHistory(page);
  await companyChanges(server, maya, "Tomás Ferreira", { topics: { new_bill: { sms: { enabled: true } } } });
  await expect(page.locator(".item").first()).toContainText("Tomás Ferreira");
  await expect(page.locator(".item").first().getByText(/for us and on your behalf/)).toBeVisible();
});

test("a long history comes page by page", async ({ page, context, server }) => {
  test.slow();
  for (let time = 0; time < 30; time += 1) {
    await change(context, server, { topics: { new_bill: { sms: { enabled: true } } } });
    await change(context, server, { topics: { new_bill: { sms: { enabled: false } } } });
  }
  await openHistory(page);
  await expect(page.locator(".item")).toHaveCount(50);
  await toTheOldest(page);
  await expect.poll(() => page.locator(".item").count()).toBeGreaterThan(60);
});

test("all of it by keyboard alone", async ({ page, context, server }) => {
  await change(context, server, { quiet_hours: { outside: "drop" } });
  await openHistory(page);
  await tabTo(page, page.getByRole("button", { name: /^Undo: Quiet times/ }));
  await page.keyboard.press("Enter");
  await expect.poll(async () => (await quietOf(context, server)).outside).toBe("hold");
  await expect(page.locator("h3:focus")).toHaveText("Quiet times");
});

test("in Arabic it reads from right to left", async ({ page, axe, shot }) => {
  await page.addInitScript(() => localStorage.setItem("portal.locale", "ar"));
  await openHistory(page);
  await expect(page.getByRole("heading", { level: 1, name: "ما تم تغييره" })).toBeVisible();
  await axe(page);
  await shot(page, "history-ar");
});
