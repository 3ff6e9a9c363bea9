// What people expect of any page without thinking of it: times that stay true, and stillness where it was asked for.
import { companyWrites, conversation, maya, openConversation } from "../support/customers";
import { hold } from "../support/held";
import { expect, test } from "../support/test";

test.beforeEach(async ({ signIn }) => signIn(maya));

test("how long ago something was stays true while the page stands open, and takes neither place nor focus", async ({ page, context, server }) => {
  const { id } = await conversation(context, server, "Wrong name on the new contract");
  await companyWrites(server, id, "We have sent it again.");
  await page.clock.install({ time: new Date() });
  await page.goto("/interactions");
  const row = page.getByRole("main").getByRole("link", { name: /^Wrong name on the new contract/ });
  const time = row.locator("time");
  await expect(time).toHaveText(/^(now|\d+ seconds? ago)$/);
  const exact = (await time.getAttribute("title")) ?? "";
  await row.focus();
  const node = await time.elementHandle();
  await page.clock.fastForward("03:00");
  await expect(time).toHaveText("3 minutes ago");
  await page.clock.fastForward("02:00:00");
  await expect(time).toHaveText("2 hours ago");
  await expect(time).toHaveAttribute("title", exact);
  await expect(row).toBeFocused();
  expect(await node?.evaluate((element) => element.isConnected)).toBe(true);
});

for (const { reducedMotion, moves } of [
  { reducedMotion: "no-preference", moves: true },
  { reducedMotion: "reduce", moves: false },
] as const) {
  test.describe(`with motion: ${reducedMotion}`, () => {
    test.use({ contextOptions: { reducedMotion } });

    test(`a wait ${moves ? "turns" : "stands still"}, and says the same`, async ({ page, server }) => {
      await openConversation(page, server, "Invoice by email again, please");
      const sent = await hold(page, "POST", "/v1/interactions");
      await page.getByRole("textbox", { name: "Your answer" }).fill(`Told with ${reducedMotion}.`);
      await page.getByRole("button", { name: "Send answer" }).click();
      await expect(page.getByRole("button", { name: "Sending…" })).toBeVisible();
      const running = () => page.evaluate(() => document.getAnimations().filter((one) => one.playState === "running").length);
      await expect.poll(async () => (await running()) > 0).toBe(moves);
      sent.letGo();
      await expect(page.getByRole("article").last()).toContainText(`Told with ${reducedMotion}.`);
    });

    test(`a dialog ${moves ? "rises" : "is there at once"}`, async ({ page }) => {
      await page.setViewportSize({ width: 360, height: 740 });
      await page.goto("/interactions");
      await page.getByRole("button", { name: "Filters" }).click();
      const sheet = page.getByRole("dialog", { name: "Filters" });
      await expect(sheet).toBeVisible();
      const lasting = await sheet.evaluate((element) => getComputedStyle(element).transitionDuration.split(", ").some((one) => parseFloat(one) > 0));
      expect(lasting).toBe(moves);
    });
  });
}
