// By keyboard alone: Tab, and the focus seen at every stop.
import { type Locator, type Page, expect } from "@playwright/test";

/** What stands out about the element with the focus: nothing of it may be hidden, and its focus is drawn. */
export const assertFocusIsSeen = async (page: Page) => {
  const seen = await page.evaluate(() => {
    const element = document.activeElement;
    // Past the last stop the focus is the browser's, and then begins anew.
    if (!element || element === document.body) return "";
    const box = element.getBoundingClientRect();
    const inView = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
    if (!inView) return `${element.outerHTML.slice(0, 80)} is outside of the window`;
    // The first character of its middle line is not under a bar.
    const [x, y] = [Math.max(box.left + 2, 0), Math.min(Math.max(box.top + box.height / 2, 1), innerHeight - 1)];
    const top = document.elementFromPoint(Math.min(x + 2, innerWidth - 1), y);
    if (top && !element.contains(top) && !top.contains(element)) return `${element.outerHTML.slice(0, 80)} is under ${top.outerHTML.slice(0, 80)}`;
    const drawn = (it: Element) => {
      const style = getComputedStyle(it);
      return (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== "none";
    };
    // A box around a field, or a hidden input's label, may draw it in its place.
    return drawn(element) || (element.parentElement && drawn(element.parentElement)) ? "" : `the focus of ${element.outerHTML.slice(0, 120)} is not drawn`;
  });
  expect(seen).toBe("");
};

/** Tabs until `target` has the focus, looking at each stop on the way. */
export const tabTo = async (page: Page, target: Locator, limit = 60) => {
  await expect(target.first()).toBeAttached();
  for (let step = 0; step < limit; step += 1) {
    if (await target.first().evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
    await assertFocusIsSeen(page);
  }
  throw new Error(`not reached by ${limit} presses of Tab: ${target}`);
};
