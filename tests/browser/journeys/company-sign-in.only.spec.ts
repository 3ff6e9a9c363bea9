// A portal into which the company's own sign-in is the only way.
import { MAYA, iAm, withCompanySignIn } from "../support/company-sign-in";
import { openForm, proof } from "../support/data-requests";
import { expect } from "../support/test";

const test = withCompanySignIn("redirect");

test("there is one way in, and nobody is led there unasked", async ({ page, axe, shot }) => {
  await page.goto("/");
  const way = page.getByRole("link", { name: "Sign in with Lumenfold" });
  await expect(way).toBeVisible();
  await expect(page.getByLabel("Email address")).toHaveCount(0);
  await expect(page).toHaveURL(/\/$/);
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await axe(page);
    await shot(page, `only-${colorScheme}`);
  }
  await way.click();
  await iAm(page, MAYA);
  await expect(page.getByRole("heading", { level: 1, name: /^Hello/ })).toBeVisible();
});

test("a fresh proof is given there alone", async ({ page, server }) => {
  await page.goto("/");
  await page.getByRole("link", { name: "Sign in with Lumenfold" }).click();
  await iAm(page, MAYA);
  await expect(page.getByRole("heading", { level: 1, name: /^Hello/ })).toBeVisible();
  await server.moveClock(600);
  await openForm(page, "kind=access", "Get a copy of my data");
  await page.getByRole("button", { name: "Get a copy of my data" }).click();
  await expect(proof(page).getByRole("link", { name: "Confirm at Lumenfold" })).toBeVisible();
  await expect(proof(page).getByRole("button", { name: /code/ })).toHaveCount(0);
});
