// Getting in touch with a thumb, on 360 by 740 pixels.
import { begun, callOffAll, callsOf, expect, fits, inBothThemes, open, test, way, whole } from "../support/contact";
import { speak } from "../support/contact-points";
import { amal, maya } from "../support/customers";

test.beforeEach(async ({ context, signIn }) => {
  await speak(context, "en");
  await signIn(maya);
});

test("from the overview to a number that can be pressed", async ({ page, axe, shot }) => {
  await page.goto("/");
  await page.getByRole("main").getByRole("link", { name: "Get in touch" }).first().tap();
  await expect(page.getByRole("heading", { level: 1, name: "Get in touch" })).toBeVisible();
  await expect(way(page, "Call us")).toBeVisible();
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  expect(height, "what is weighed is seen in a few turns of the thumb").toBeLessThan(4_500);
  await fits(page);
  await inBothThemes(page, async (theme) => {
    await axe(page);
    await shot(page, `contact-${theme}`);
  });
  await page.getByRole("link", { name: "Outages" }).tap();
  await expect(page.getByRole("heading", { level: 2, name: "Ways to reach us: Outages" })).toBeVisible();
  const line = (await whole(page, "Fault line")).getByRole("link", { name: "Call +49 800 1234567" });
  await expect(line).toHaveAttribute("href", "tel:+498001234567");
  const box = await line.boundingBox();
  expect(box?.height).toBeGreaterThanOrEqual(40);
  await way(page, "Fault line").getByText("Opening hours, day by day").tap();
  await fits(page);
  await shot(page, "hours");
});

test("a message, with a thumb", async ({ page, context, server, axe, shot }) => {
  await open(page, "/contact", "Get in touch");
  await (await whole(page, "Write to us here")).getByRole("link", { name: "Write a message" }).tap();
  await page.getByRole("textbox", { name: "Subject" }).fill("Written with a thumb");
  await page.getByRole("textbox", { name: "Your message" }).fill("On the train.");
  await fits(page);
  await inBothThemes(page, async (theme) => {
    await axe(page);
    await shot(page, `message-${theme}`);
  });
  await page.getByRole("button", { name: "Send message" }).tap();
  await expect(page.getByRole("heading", { level: 1, name: "Written with a thumb" })).toBeVisible();
  await fits(page);
  await shot(page, "begun");
  expect(await begun(context, server, "Written with a thumb")).toHaveLength(1);
});

test("a call is planned, moved and called off with a thumb", async ({ page, context, server, axe, shot }) => {
  await callOffAll(context, server);
  await open(page, "/contact/callback", "We call you");
  const times = page.getByRole("group", { name: /^Time: / });
  await times.getByRole("radio").nth(3).tap();
  await expect(times.getByRole("radio").nth(3)).toBeChecked();
  await fits(page);
  await axe(page);
  await shot(page, "callback");
  await page.getByRole("button", { name: "Ask for this call" }).tap();
  const card = page.getByRole("region", { name: "We call you", exact: true });
  await expect(card).toBeVisible();
  await fits(page);
  await page.evaluate(() => scrollTo(0, 0));
  await axe(page);
  await shot(page, "planned");
  await card.getByRole("button", { name: "Choose another time" }).tap();
  const dialog = page.getByRole("dialog", { name: "When shall we call?" });
  await expect(dialog.getByRole("radio").first()).toBeAttached();
  await fits(page);
  await shot(page, "moving");
  await dialog.getByRole("group", { name: /^Time: / }).getByRole("radio").nth(5).tap();
  await dialog.getByRole("button", { name: "Move the call" }).tap();
  await expect(dialog).toBeHidden();
  expect(await callsOf(context, server)).toHaveLength(1);
  await card.getByRole("button", { name: "Call it off" }).tap();
  await page.getByRole("dialog", { name: "Call off this call?" }).getByRole("button", { name: "Call it off" }).tap({ position: { x: 12, y: 12 } });
  await expect(page.getByRole("heading", { level: 2, name: "The call is called off" })).toBeVisible();
  expect(await callsOf(context, server)).toEqual([]);
});

test("in Arabic it fits as well, light and dark", async ({ page, context, server, signIn, axe, shot }) => {
  await signIn(amal);
  await callOffAll(context, server);
  await speak(context, "ar");
  for (const [path, title] of [
    ["/contact", "تواصل معنا"],
    ["/contact/message", "اكتب إلينا"],
    ["/contact/callback", "نتصل بك"],
  ]) {
    await open(page, path, title);
    await expect(page.locator(".skeleton")).toHaveCount(0);
    await fits(page);
    await inBothThemes(page, async (theme) => {
      await axe(page);
      await shot(page, `${path.replaceAll("/", "-")}-${theme}`);
    });
  }
});
