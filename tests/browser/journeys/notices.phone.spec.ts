// What the company tells by itself, with a thumb, on 360 by 740 pixels.
import { fits } from "../support/contact";
import { amal, maya } from "../support/customers";
import { notice, unfold } from "../support/notices";
import { expect, test } from "../support/test";

for (const { customer, locale, title } of [
  { customer: maya, locale: "en", title: "Broadband is down in your street" },
  { customer: amal, locale: "ar", title: "انقطعت الكهرباء في وسط البلد" },
]) {
  test(`notices and the year fit on a phone in ${locale}, light and dark`, async ({ page, signIn, axe, shot }) => {
    await signIn(customer);
    await page.goto("/");
    await expect(notice(page, title).getByRole("button").first()).toBeVisible();
    await expect(page.locator("#year")).toBeVisible();
    await fits(page);
    // What is half below the bar of places is no small target.
    await page.evaluate(() => scrollTo(0, 0));
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      await axe(page);
      await shot(page, `notices-${locale}-${colorScheme}`);
    }
  });
}

test("a notice is put off with a thumb", async ({ page, signIn }) => {
  await signIn(maya);
  await page.goto("/");
  const delay = notice(page, "The pavement is opened a day later");
  await unfold(delay);
  await delay.getByRole("button", { name: /^Later/ }).tap();
  await delay.getByRole("button", { name: "In three hours" }).tap();
  await expect(delay).toHaveCount(0);
  await page.getByRole("button", { name: "Undo" }).tap();
  await expect(delay).toBeVisible();
});
