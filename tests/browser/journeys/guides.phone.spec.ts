// Guides with a thumb, on 360 by 740 pixels.
import { fits } from "../support/contact";
import { amal, maya } from "../support/customers";
import { open, step } from "../support/guides";
import { expect, test } from "../support/test";

test("a guide is gone through with a thumb, and every answer is large enough", async ({ page, signIn, axe, shot }) => {
  await signIn(maya);
  await open(page, "no-internet", "No internet, or slow internet");
  await fits(page);
  await shot(page, "question");
  let taps = 0;
  const tap = async (label: string, next: RegExp) => {
    // Two taps at one place within half a second are a double tap, whose second one means the first.
    const x = (taps += 1) % 2 ? 40 : 200;
    const button = page.getByRole("button", { name: label, exact: true });
    expect((await button.boundingBox())?.height ?? 0).toBeGreaterThanOrEqual(44);
    await button.tap({ position: { x, y: 12 } });
    await expect(step(page, next)).toBeVisible();
    // Who moves on begins at the top of it.
    await expect(step(page, next)).toBeInViewport();
    await fits(page);
  };
  await tap("Nothing at home has internet", /^Which light/);
  await tap("Amber or red", /^Is the grey cable/);
  await tap("It was firm", /^Have you restarted/);
  await tap("No", /^Restart the router/);
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await page.evaluate(() => scrollTo(0, 0));
    await axe(page);
    await shot(page, `outcome-${colorScheme}`);
  }
  await page.getByRole("button", { name: "No", exact: true }).tap();
  await page.getByRole("button", { name: "Write to us" }).tap();
  await expect(page.getByRole("heading", { level: 1, name: "Write to us" })).toBeVisible();
  await fits(page);
  await shot(page, "carried");
});

test("in Arabic it fits, light and dark", async ({ page, signIn, axe, shot }) => {
  await signIn(amal);
  await open(page, "bill-higher?answer=energy&answer=read&answer=usual&answer=nothing", "فاتورتي أعلى مما توقعت", "ar");
  await fits(page);
  await page.getByText(/^إجاباتك/).tap();
  await fits(page);
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await page.evaluate(() => scrollTo(0, 0));
    await axe(page);
    await shot(page, `arabic-${colorScheme}`);
  }
});

test("the guides on offer fit below the topics", async ({ page, signIn, shot }) => {
  await signIn(maya);
  await page.addInitScript(() => localStorage.setItem("portal.locale", "en"));
  await page.goto("/contact");
  await expect(page.getByRole("region", { name: "Solve it yourself" }).getByRole("link")).toHaveCount(3);
  await fits(page);
  await shot(page, "offered");
});
