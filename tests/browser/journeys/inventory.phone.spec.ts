// What is held, with a thumb, on 360 by 740 pixels.
import { fits } from "../support/contact";
import { maya } from "../support/customers";
import { expect, test } from "../support/test";

for (const { locale, title, you, data } of [
  { locale: "en", title: "Your data", you: "You", data: "Your data" },
  { locale: "ar", title: "بياناتك", you: "حسابك", data: "بياناتك" },
]) {
  test(`what is held fits on a phone in ${locale}, and is found in the menu`, async ({ page, signIn, axe, shot }) => {
    await signIn(maya);
    await page.addInitScript((chosen) => localStorage.setItem("portal.locale", chosen), locale);
    await page.goto("/");
    await page.getByRole("button", { name: you, exact: true }).tap();
    await page.locator("#you").getByRole("link", { name: data }).tap();
    await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
    await expect(page.locator("figure svg").first()).toBeVisible();
    for (const path of ["/data", "/data/messages"]) {
      await page.goto(path);
      await expect(page.getByRole("listitem").nth(12)).toBeVisible();
      await fits(page);
      for (const colorScheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme });
        await axe(page);
        await shot(page, `inventory-${path.slice(1).replace("/", "-")}-${locale}-${colorScheme}`);
      }
    }
  });
}
