// Quiet times and the history, with a thumb, on 360 by 740 pixels.
import { maya } from "../support/customers";
import { nights, openHistory, openQuietTimes, overflow, quietOf } from "../support/history";
import { change } from "../support/preferences";
import { expect, test } from "../support/test";

test.beforeEach(async ({ signIn, context, server }) => {
  await signIn(maya);
  await nights(context, server);
});

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(`in ${colorScheme}`, () => {
    test.use({ colorScheme });

    test("quiet times, nothing beyond the edge", async ({ page, context, server, axe, shot }) => {
      await openQuietTimes(page);
      await expect.poll(() => overflow(page)).toBe(0);
      await axe(page);
      await shot(page, `quiet-phone-${colorScheme}`);
      // Seven days side by side, each large enough for a finger.
      await expect(page.locator(".day")).toHaveCount(7);
      for (const box of await page.locator(".day").all()) {
        const size = await box.boundingBox();
        expect(Math.min(size?.width ?? 0, size?.height ?? 0)).toBeGreaterThanOrEqual(24);
      }
      await page.getByRole("checkbox", { name: "Tuesday" }).tap();
      await expect.poll(async () => (await quietOf(context, server)).windows[0].days).not.toContain("tue");
    });

    test("the history, nothing beyond the edge", async ({ page, context, server, axe, shot }) => {
      await change(context, server, { quiet_hours: { outside: "drop" } });
      await openHistory(page);
      await expect.poll(() => overflow(page)).toBe(0);
      await axe(page);
      await shot(page, `history-phone-${colorScheme}`);
      await page.getByRole("button", { name: /^Undo: Quiet times/ }).first().tap();
      await expect.poll(async () => (await quietOf(context, server)).outside).toBe("hold");
    });
  });
}

test("in Arabic and in the dark they are as good", async ({ page, axe, shot }) => {
  await page.emulateMedia({ colorScheme: "dark" });
  await page.addInitScript(() => localStorage.setItem("portal.locale", "ar"));
  await openQuietTimes(page);
  await expect.poll(() => overflow(page)).toBe(0);
  await axe(page);
  await shot(page, "quiet-phone-ar-dark");
  await openHistory(page);
  await expect.poll(() => overflow(page)).toBe(0);
  await axe(page);
  await shot(page, "history-phone-ar-dark");
});
