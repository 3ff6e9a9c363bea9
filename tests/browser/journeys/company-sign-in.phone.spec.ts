// The company's own sign-in on a phone, from right to left, in the dark.
import { STRANGER, iAm, withCompanySignIn } from "../support/company-sign-in";
import { fits } from "../support/contact";
import { expect } from "../support/test";

const test = withCompanySignIn("redirect,email_code");

test.use({ locale: "ar", colorScheme: "dark" });

test("the ways in and what went wrong fit a phone", async ({ page, axe, shot }) => {
  await page.goto("/");
  const way = page.getByRole("link", { name: /^تسجيل الدخول عبر/ });
  await expect(way).toBeVisible();
  await fits(page);
  await axe(page);
  await shot(page, "ways");
  await way.click();
  await expect(page.getByText("ar", { exact: true })).toBeVisible();
  await iAm(page, STRANGER);
  await expect(page.getByRole("main").getByRole("alert").filter({ hasText: /./ })).toContainText("لا نجد عميلًا بهذا الحساب");
  await expect(page.getByRole("link", { name: "استخدام حساب آخر" })).toBeVisible();
  await fits(page);
  await axe(page);
  await shot(page, "stranger");
});
