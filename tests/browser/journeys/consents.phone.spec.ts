// What data is used for, with a thumb, on 360 by 740 pixels.
import { fits } from "../support/contact";
import { maya } from "../support/customers";
import { expect, test } from "../support/test";

for (const { locale, title } of [
  { locale: "en", title: "What your data may be used for" },
  { locale: "ar", title: "فيمَ تُستخدم بياناتك" },
]) {
  test(`purposes fit on a phone in ${locale}, light and dark`, async ({ page, signIn, axe, shot }) => {
    await signIn(maya);
    await page.addInitScript((chosen) => localStorage.setItem("portal.locale", chosen), locale);
    await page.goto("/preferences/consents");
    await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
    await page.locator("summary").nth(6).tap();
    await fits(page);
    // A button half below the bar of places is no small one.
    await page.evaluate(() => scrollTo(0, 0));
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      await axe(page);
      await shot(page, `consents-${locale}-${colorScheme}`);
    }
  });
}
