// The main journey with a thumb, on 360 by 740 pixels.
import { maya, openConversation } from "../support/customers";
import { newestMail, nextCode } from "../support/outbox";
import { expect, test } from "../support/test";

test("a customer signs in, filters in the sheet, opens, answers and closes", async ({ page, server, axe }) => {
  const known = await newestMail(server, maya);
  await page.goto("/");
  await page.getByLabel("Email address").fill(maya);
  await page.getByRole("button", { name: "Send me a code" }).tap();
  await page.getByLabel("Code", { exact: true }).fill(await nextCode(server, maya, known));
  // Beside the place of the tap before: two at one place within half a second are a double tap, whose second one means the first.
  await page.getByRole("button", { name: "Sign in" }).tap({ position: { x: 12, y: 12 } });
  await expect(page.getByRole("heading", { level: 1, name: /^Hello/ })).toBeVisible();
  await axe(page);
  await page.getByRole("navigation", { name: "Places" }).getByRole("link", { name: "Interactions" }).tap();
  await page.getByRole("button", { name: "Filters" }).tap();
  const sheet = page.getByRole("dialog", { name: "Filters" });
  await expect(sheet).toBeVisible();
  await axe(page);
  await sheet.getByRole("checkbox", { name: "Letter" }).check();
  await sheet.getByRole("button", { name: "Show results" }).tap();
  await expect(sheet).toBeHidden();
  await expect(page).toHaveURL(/channel=post/);
  await page.getByRole("main").getByRole("link", { name: /Letter about the deposit/ }).tap();
  await expect(page.getByRole("heading", { level: 1, name: /Letter about the deposit/ })).toBeVisible();
  await axe(page);
  await page.getByRole("textbox", { name: "Your answer" }).fill("Please pay it out.");
  await page.getByRole("button", { name: "Send answer" }).tap();
  await expect(page.getByRole("article").last()).toContainText("Please pay it out.");
  await page.getByRole("button", { name: "Close this conversation" }).tap();
  await expect(page.getByRole("button", { name: "Open it again" })).toBeVisible();
  await page.goBack();
  await expect(page).toHaveURL(/channel=post/);
});

test("a sheet that is closed changes nothing", async ({ page, signIn }) => {
  await signIn(maya);
  await page.goto("/interactions");
  await page.getByRole("button", { name: "Filters" }).tap();
  const sheet = page.getByRole("dialog", { name: "Filters" });
  await sheet.getByRole("checkbox", { name: "Phone" }).check();
  await sheet.getByRole("button", { name: "Close" }).tap();
  await expect(sheet).toBeHidden();
  await expect(page).toHaveURL(/\/interactions$/);
});

test("everything that can be pressed is at least 24 pixels", async ({ page, server, signIn }) => {
  await signIn(maya);
  const small = () =>
    page.evaluate(() =>
      [...document.querySelectorAll("button, a[href], input, summary")]
        .filter((element) => element.checkVisibility({ visibilityProperty: true }))
        // A link within a sentence is as high as its line; the way past the navigation is there for the keyboard.
        .filter((element) => getComputedStyle(element).display !== "inline" && !element.closest(".visually-hidden"))
        .map((element) => ({ box: (element.closest("label") ?? element).getBoundingClientRect(), html: element.outerHTML.slice(0, 100) }))
        .filter(({ box }) => box.width > 1 && (box.width < 24 || box.height < 24))
        .map(({ box, html }) => `${box.width} x ${box.height}: ${html}`),
    );
  for (const path of ["/", "/interactions?channel=email"]) {
    await page.goto(path);
    await expect(page.getByRole("main").getByRole("listitem").first()).toBeVisible();
    await expect.poll(small).toEqual([]);
  }
  await openConversation(page, server, "Charged twice for the same month");
  await expect.poll(small).toEqual([]);
});
