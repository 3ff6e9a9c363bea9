// What somebody tries who means harm: a prepared link, a second person at the same browser, markup in place of words.
import { amal, companyWrites, conversation, jonas, maya } from "../support/customers";
import { mailTo, nextCode } from "../support/outbox";
import { expect, signInByApi, test } from "../support/test";
import { expireSession } from "../support/customers";

const greeting = /^Hello/;

// Browsers read each of these as an address without a path, or as another origin, once its dots are resolved.
for (const next of ["/a/..//evil.test", "/.//evil.test", "/%252e%252e//evil.test", "//evil.test", "/\\evil.test", "javascript:alert(1)"]) {
  test(`a link that leads to ${next} after signing in leads home`, async ({ page, signIn }) => {
    await signIn(amal);
    await page.goto(`/sign-in?next=${encodeURIComponent(next)}`);
    await expect(page.getByRole("heading", { level: 1, name: greeting })).toBeVisible();
    expect(new URL(page.url()).pathname).toBe("/");
  });
}

test("what one customer began is gone once another signs in after a reload", async ({ page, context, server, signIn }) => {
  await signIn(maya);
  await page.goto("/");
  await expect(page.getByRole("heading", { level: 1, name: greeting })).toBeVisible();
  const { customer } = await (await context.request.get(`${server.origin}/v1/session`)).json().then((one) => ({ customer: one.subject as string }));
  await page.evaluate((owner) => sessionStorage.setItem(`portal.draft.${owner}.int_1`, "half a sentence"), customer);
  await expireSession(context, server);
  await page.reload();
  const known = (await mailTo(server, jonas)).length;
  await page.getByLabel("Email address").fill(jonas);
  await page.getByRole("button", { name: "Send me a code" }).click();
  await page.getByLabel("Code", { exact: true }).fill(await nextCode(server, jonas, known));
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("heading", { level: 1, name: greeting })).toBeVisible();
  expect(await page.evaluate(() => Object.keys(sessionStorage))).toEqual([]);
});
