// An export opened with a thumb, on 360 by 740 pixels.
import { amal, maya } from "../support/customers";
import { fits, inBothThemes } from "../support/contact";
import { speak } from "../support/contact-points";
import { choose, exported, few, openViewer, result } from "../support/export";
import { expect, test } from "../support/test";

test("an export is opened and read with a thumb", async ({ page, signIn, axe, shot }) => {
  await signIn(maya);
  await openViewer(page);
  await fits(page);
  await shot(page, "choosing");
  await choose(page, exported(few, "a-very-long-name-of-a-file-that-somebody-downloaded-more-than-once (2).zip"));
  await expect(result(page)).toBeFocused();
  await fits(page);
  await inBothThemes(page, async (theme) => {
    await axe(page);
    await shot(page, `open-${theme}`);
  });
  await page.getByText("5 files", { exact: true }).tap();
  await fits(page);
  await axe(page);
  await shot(page, "files");
  await page.getByRole("link", { name: /^Invoice 4411/ }).tap();
  await expect(page.getByRole("heading", { level: 1, name: "Invoice 4411 charged twice" })).toBeVisible();
  await fits(page);
  await inBothThemes(page, async (theme) => {
    await axe(page);
    await shot(page, `conversation-${theme}`);
  });
});

test("in Arabic it fits, light and dark", async ({ page, signIn, context, axe, shot }) => {
  await speak(context, "ar");
  await signIn(amal);
  await openViewer(page, "", "فتح نسخة من بياناتي");
  await choose(page, exported(few));
  await expect(result(page)).toBeFocused();
  await fits(page);
  await inBothThemes(page, async (theme) => {
    await axe(page);
    await shot(page, `arabic-${theme}`);
  });
});
