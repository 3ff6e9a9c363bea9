// From the footer of a mail, with a thumb, on 360 by 740 pixels.
import { fits } from "../support/contact";
import { maya } from "../support/customers";
import { footerLink } from "../support/footer-link";
import { expect, test } from "../support/test";

for (const { locale, title } of [
  { locale: "en", title: "Less from us" },
  { locale: "ar", title: "رسائل أقل منا" },
]) {
  test(`a mail's link fits on a phone in ${locale}, light and dark`, async ({ page, server, axe, shot }) => {
    await page.addInitScript((chosen) => localStorage.setItem("portal.locale", chosen), locale);
    const { path } = await footerLink(server, maya, "tariff_offers");
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
    await fits(page);
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      await axe(page);
      await shot(page, `link-${locale}-${colorScheme}`);
    }
  });
}
