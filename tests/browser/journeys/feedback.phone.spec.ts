// Saying something with a thumb, on 360 by 740 pixels and less.
import { fits } from "../support/contact";
import { speak } from "../support/contact-points";
import { amal, maya } from "../support/customers";
import { askAbout, openRequest, requestsOf } from "../support/feedback";
import { expect, test } from "../support/test";

test("a scale of eleven fits, and each of its points is large enough", async ({ page, context, server, signIn, axe, shot }) => {
  await signIn(maya);
  const id = await askAbout(context, server, "When does my old contract end?");
  for (const width of [360, 320]) {
    await page.setViewportSize({ width, height: 740 });
    await openRequest(page, id);
    const nps = page.getByRole("radiogroup", { name: /^How likely/ });
    await expect(nps.getByRole("radio")).toHaveCount(11);
    await expect(async () => {
      const boxes = await nps.locator(".point").evaluateAll((all) => all.map((it) => it.getBoundingClientRect()).map(({ width, height, y }) => ({ width, height, y })));
      for (const box of boxes) {
        expect(box.width).toBeGreaterThanOrEqual(24);
        expect(box.height).toBeGreaterThanOrEqual(24);
        expect(box.y, "in one line").toBe(boxes[0]?.y);
      }
    }).toPass();
    await fits(page);
  }
  await page.setViewportSize({ width: 360, height: 740 });
  await page.getByRole("radio", { name: /^2 of 5/ }).tap();
  await page.getByRole("checkbox", { name: "It took too long" }).tap();
  await page.getByRole("radio", { name: /^7 of 10/ }).tap();
  await page.evaluate(() => scrollTo(0, 0));
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await axe(page);
    await shot(page, `survey-${colorScheme}`);
  }
  await page.getByRole("button", { name: "Send answers" }).tap();
  await expect(page.getByRole("heading", { level: 1, name: "Thank you" })).toBeVisible();
  await fits(page);
});

test("letters of twice the size wrap the scale and nothing is cut", async ({ page, context, server, signIn }) => {
  await signIn(maya);
  const id = await askAbout(context, server, "First meter reading");
  await page.addInitScript(() => {
    document.addEventListener("DOMContentLoaded", () => document.documentElement.style.setProperty("font-size", "200%"));
  });
  await openRequest(page, id);
  await fits(page);
});

for (const { locale, email, title } of [
  { locale: "en", email: maya, title: "Your feedback" },
  { locale: "ar", email: amal, title: "آراؤك" },
]) {
  test(`the ledger and what changed fit on a phone in ${locale}`, async ({ page, context, server, signIn, axe, shot }) => {
    await signIn(email);
    await speak(context, locale);
    for (const [name, path] of [
      ["ledger", "/feedback"],
      ["improvements", "/feedback/improvements"],
      ["unasked", "/feedback/new"],
    ] as const) {
      await page.goto(path);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      await expect(page.locator(".skeleton")).toHaveCount(0);
      if (name === "ledger") await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
      await fits(page);
      await page.evaluate(() => scrollTo(0, 0));
      for (const colorScheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme });
        await axe(page);
        await shot(page, `${name}-${locale}-${colorScheme}`);
      }
    }
    const [request] = await requestsOf(context, server);
    if (request) {
      await openRequest(page, request.id);
      await fits(page);
      await shot(page, `survey-${locale}`);
    }
  });
}
