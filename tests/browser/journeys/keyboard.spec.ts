// The main journey by keyboard alone: Tab, Enter, Space, Escape and letters, the focus seen at every step.
import { maya } from "../support/customers";
import { tabTo } from "../support/keyboard";
import { newestMail, nextCode } from "../support/outbox";
import { expect, test } from "../support/test";

// With everything that moves: keys do not miss what is on its way.
test.use({ contextOptions: { reducedMotion: "no-preference" } });

test("the whole journey needs no mouse", async ({ page, server }) => {
  test.slow();
  const known = await newestMail(server, maya);
  await page.goto("/");
  await tabTo(page, page.getByLabel("Email address"));
  await page.keyboard.type(maya);
  await page.keyboard.press("Enter");
  const code = page.getByLabel("Code", { exact: true });
  await expect(code).toBeVisible();
  await tabTo(page, code);
  await page.keyboard.type(await nextCode(server, maya, known));
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: /^Hello/ })).toBeFocused();

  // The overview, and on by its navigation.
  await tabTo(page, page.getByRole("navigation", { name: "Places" }).getByRole("link", { name: "Interactions" }), 80);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "Interactions" })).toBeFocused();

  // A filter from its menu, and out of the menu by Escape.
  const main = page.getByRole("main");
  await tabTo(page, main.getByRole("button", { name: "Channel" }));
  await page.keyboard.press("Enter");
  await tabTo(page, page.getByRole("checkbox", { name: "Website" }), 20);
  await page.keyboard.press("Space");
  await expect(page).toHaveURL(/channel=web/);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("checkbox", { name: "Website" })).toBeHidden();
  await expect(main.getByRole("button", { name: /^Channel/ })).toBeFocused();

  // A row, a reply, its closing, and taking it up again.
  await tabTo(page, main.getByRole("link", { name: /Invoice by email again/ }), 80);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "Invoice by email again, please" })).toBeFocused();
  const answer = page.getByRole("textbox", { name: "Your answer" });
  await tabTo(page, answer);
  await page.keyboard.type("Typed without a mouse.");
  await tabTo(page, page.getByRole("button", { name: "Send answer" }), 8);
  await page.keyboard.press("Space");
  await expect(page.getByRole("article").last()).toContainText("Typed without a mouse.");
  await tabTo(page, page.getByRole("button", { name: "Close this conversation" }), 80);
  await page.keyboard.press("Enter");
  const reopen = page.getByRole("button", { name: "Open it again" }).first();
  await expect(reopen).toBeVisible();
  await expect(page.locator("body")).not.toBeFocused();
  await tabTo(page, reopen, 80);
  await page.keyboard.press("Enter");
  await expect(answer).toBeVisible();
  await expect(page.locator("body")).not.toBeFocused();
});

test("the first press of Tab offers the way past the navigation", async ({ page, signIn }) => {
  await signIn(maya);
  await page.goto("/interactions");
  await expect(page.getByRole("link", { name: /Letter about the deposit/ })).toBeVisible();
  await page.keyboard.press("Tab");
  const skip = page.getByRole("link", { name: "Skip to content" });
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("main")).toBeFocused();
  await expect(page).toHaveURL(/\/interactions(#main)?$/);
});

test("a menu closes on Escape and gives the focus back", async ({ page, signIn }) => {
  await signIn(maya);
  await page.goto("/");
  const you = page.getByRole("button", { name: "You", exact: true });
  await you.focus();
  await page.keyboard.press("Enter");
  await tabTo(page, page.getByRole("button", { name: "Sign out" }), 15);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("button", { name: "Sign out" })).toBeHidden();
  await expect(you).toBeFocused();
});

test("a chip that is taken away leaves the focus at its neighbour", async ({ page, signIn }) => {
  await signIn(maya);
  await page.goto("/interactions?channel=email&channel=phone&q=the");
  const chips = page.getByRole("list", { name: "Filters in use" }).getByRole("button");
  await expect(chips).toHaveCount(4);
  for (const left of [3, 2]) {
    await chips.first().focus();
    await page.keyboard.press("Enter");
    await expect(chips).toHaveCount(left);
    await expect(page.locator("body")).not.toBeFocused();
  }
  await chips.first().focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("main").getByRole("searchbox")).toBeFocused();
});
