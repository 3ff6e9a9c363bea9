// Where the company reaches the customer, with a thumb, on 360 by 740 pixels.
import { fits } from "../support/contact";
import { item, openPoints, signInLongAgo, speak } from "../support/contact-points";
import { edge, keiko, maya } from "../support/customers";
import { newestMail, nextCode } from "../support/outbox";
import { expect, test } from "../support/test";

/** Not the middle of a button, where a tap goes otherwise. */
const BESIDE = { x: 12, y: 12 };

test("an address is added, proven, verified and removed with a thumb", async ({ page, server, signIn, axe, shot }) => {
  await speak(page.context(), "en");
  await signInLongAgo(server, signIn, keiko);
  await openPoints(page);
  const [known, address] = [await newestMail(server, keiko), "keiko.phone@example.net"];
  await page.getByRole("button", { name: "Add", exact: true }).tap();
  const adding = page.getByRole("dialog", { name: "Add an address or number" });
  await adding.getByRole("textbox", { name: "Email address" }).fill(address);
  await axe(page);
  await shot(page, "adding");
  await adding.getByRole("button", { name: "Send me a code" }).tap();
  const proof = page.getByRole("dialog", { name: "Confirm that it is you" });
  await proof.getByLabel("Code", { exact: true }).fill(await nextCode(server, keiko, known));
  await shot(page, "proof");
  await proof.getByRole("button", { name: "Confirm and go on" }).tap();
  const verifying = page.getByRole("dialog", { name: `Verify ${address}` });
  await verifying.getByLabel("Code", { exact: true }).fill(await nextCode(server, address));
  await shot(page, "verifying");
  // Beside the place of the tap before: two at one place within half a second are a double tap, whose second one means the first.
  await verifying.getByRole("button", { name: "Verify", exact: true }).tap({ position: BESIDE });
  await expect(item(page, address)).toContainText("Verified");
  await fits(page);
  await item(page, address).getByRole("button", { name: /^Remove/ }).tap();
  await page.getByRole("dialog", { name: `Remove ${address}?` }).getByRole("button", { name: "Remove", exact: true }).tap({ position: BESIDE });
  await expect(item(page, address)).toHaveCount(0);
});

for (const { name, email, locale } of [
  { name: "all kinds and states", email: maya, locale: "en" },
  { name: "all kinds and states in Arabic", email: maya, locale: "ar" },
  { name: "addresses that are longer than the screen", email: edge, locale: "en" },
]) {
  test(`${name} fit on a phone, light and dark`, async ({ page, signIn, axe, shot }) => {
    await signIn(email);
    await speak(page.context(), locale);
    await openPoints(page, locale === "ar" ? "أين نصل إليك" : undefined);
    await fits(page);
    await page.getByRole("button", { name: /^(Change|تعديل)/ }).nth(1).tap();
    await expect(page.getByRole("dialog")).toBeVisible();
    await fits(page);
    await shot(page, `changing-${locale}`);
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toBeHidden();
    // Where the bar at the bottom lies over half a button, axe measures the other half.
    await page.evaluate(() => scrollTo(0, 0));
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      await axe(page);
      await shot(page, `contact-points-${locale}-${colorScheme}`);
    }
  });
}
