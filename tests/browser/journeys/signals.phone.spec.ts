// What was concluded about a customer, with a thumb, on 360 by 740 pixels.
import { fits } from "../support/contact";
import { amal, conversation, maya } from "../support/customers";
import { expect, test } from "../support/test";

for (const { customer, locale, subject, title, act } of [
  { customer: maya, locale: "en", subject: "Broadband drops every evening", title: "What we concluded about you", act: /^That’s not right/ },
  { customer: amal, locale: "ar", subject: "فاتورة الشهر الماضي أعلى من المعتاد", title: "ما استنتجناه عنك", act: /^هذا غير صحيح/ },
]) {
  test(`what was concluded fits on a phone in ${locale}, light and dark`, async ({ page, server, signIn, axe, shot }) => {
    await signIn(customer);
    const { id } = await conversation(page.context(), server, subject);
    await page.goto(`/interactions/${id}`);
    const signals = page.getByRole("region", { name: title });
    await signals.getByRole("button", { name: act }).first().tap();
    await expect(signals.getByRole("textbox")).toBeVisible();
    await fits(page);
    // What is half below the bar of places is no small target.
    await page.evaluate(() => scrollTo(0, 0));
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      await axe(page);
      await shot(page, `signals-${locale}-${colorScheme}`);
    }
  });
}
