// What somebody tries who means harm: a prepared link, markup in place of words, a second person at the same browser.
import { companyWrites, expireSession, jonas, maya, openConversation } from "../support/customers";
import { newestMail, nextCode } from "../support/outbox";
import { expect, test } from "../support/test";

const greeting = { level: 1, name: /^Hello/ } as const;

// Once their dots are resolved, browsers read some of these as another origin; the history refuses that by throwing.
for (const next of ["/a/..//evil.test", "/.//evil.test", "/%2e%2e//evil.test", "//evil.test", "/\\evil.test", "javascript:alert(1)"]) {
  test(`a link that would lead to ${next} after signing in leads home`, async ({ page, server, signIn }) => {
    await signIn(maya);
    await page.goto(`/sign-in?next=${encodeURIComponent(next)}`);
    await expect(page.getByRole("heading", greeting)).toBeVisible();
    await expect(page).toHaveURL(`${server.origin}/`);
  });
}

test("markup in a message is words", async ({ page, server, signIn }) => {
  const markup = `${crypto.randomUUID()} <img src=x onerror="window.ran=1"><script>window.ran=1</script> <a href="javascript:window.ran=1">here</a>`;
  await signIn(maya);
  const id = await openConversation(page, server, "Charged twice for the same month");
  await companyWrites(server, id, markup);
  await expect(page.getByText(markup)).toBeVisible();
  expect(await page.evaluate(() => "ran" in window)).toBe(false);
});

test.describe("markup by a string", () => {
  // The browser tells the console what it refused.
  test.use({ guarded: false });

  test("is refused by the browser itself, and nobody can allow it", async ({ page }) => {
    await page.goto("/help");
    await expect(page.getByRole("heading", { level: 1, name: "Help" })).toBeVisible();
    const refused = await page.evaluate(() => {
      const names: string[] = [];
      const attempt = (act: () => unknown) => {
        try {
          act();
        } catch (error) {
          names.push((error as Error).name);
        }
      };
      attempt(() => (document.createElement("div").innerHTML = "<b>bold</b>"));
      attempt(() => document.body.insertAdjacentHTML("beforeend", "<base href=/elsewhere/>"));
      const { trustedTypes } = globalThis as unknown as { trustedTypes: { createPolicy(name: string, rules: object): unknown } };
      attempt(() => trustedTypes.createPolicy("default", { createHTML: (markup: string) => markup }));
      return names;
    });
    expect(refused).toEqual(["TypeError", "TypeError", "TypeError"]);
  });
});

test("what one customer began is gone once another signs in after a reload", async ({ page, context, server, signIn }) => {
  await signIn(maya);
  await page.goto("/");
  await expect(page.getByRole("heading", greeting)).toBeVisible();
  await page.evaluate(() => sessionStorage.setItem("portal.draft.somebody.int_1", "half a sentence"));
  await expireSession(context, server);
  await page.reload();
  const known = await newestMail(server, jonas);
  await page.getByLabel("Email address").fill(jonas);
  await page.getByRole("button", { name: "Send me a code" }).click();
  await page.getByLabel("Code", { exact: true }).fill(await nextCode(server, jonas, known));
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("heading", { level: 1, name: /Jonas/ })).toBeVisible();
  await expect.poll(() => page.evaluate(() => Object.keys(sessionStorage))).toEqual([]);
});
