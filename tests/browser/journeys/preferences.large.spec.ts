// Sixty topics in eight groups on six channels: the screen stays clear and quick.
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

import type { Page } from "@playwright/test";

import { maya } from "../support/customers";
import { preferencesOf } from "../support/preferences";
import { Server } from "../support/server";
import { expect, signInByApi, test } from "../support/test";

const catalogue = join(resolve(dirname(fileURLToPath(import.meta.url)), "../../fixtures/preferences"), "catalogue-60.toml");

// It is served from an origin of its own, which the guard would take for somebody else's.
test.use({ guarded: false });

let large: Server;
test.beforeAll(async () => {
  large = await Server.start({ env: { PORTAL_API_COMPANY_CATALOGUE: catalogue } });
});
test.afterAll(() => large.stop());

/**
 * Presses every switch of the page once; how many nodes of the matrix came or went with each press. How long a press takes is in the
 * bench: what it costs hangs on its own row, and not on the sixty.
 */
const pressAll = (page: Page) =>
  page.evaluate(async () => {
    const drawn: number[] = [];
    let count = 0;
    const look = new MutationObserver((seen) => {
      count += seen.reduce((sum, one) => sum + one.addedNodes.length + one.removedNodes.length, 0);
    });
    look.observe(document.querySelector(".matrix")!, { childList: true, subtree: true });
    for (const one of document.querySelectorAll<HTMLInputElement>(".matrix input[role=switch]")) {
      count = 0;
      one.click();
      await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
      drawn.push(count);
    }
    return drawn.sort((one, two) => one - two);
  });

test("begins folded, finds a topic, and every cell is switched without waiting", async ({ page, context, axe, shot }) => {
  test.slow();
  await signInByApi(context, large, maya);
  await page.goto(`${large.origin}/preferences`);
  const folds = page.locator(".matrix__fold");
  await expect(folds).toHaveCount(8);
  await expect(page.locator('.matrix__fold[aria-expanded="true"]')).toHaveCount(1);
  await axe(page);
  await shot(page, "large");

  await page.getByRole("searchbox", { name: "Find a topic" }).fill("passwords");
  await expect(page.locator("tr.topic")).toHaveCount(1);
  await expect(page.getByRole("rowheader", { name: /Changed passwords/ })).toBeVisible();
  await page.getByRole("searchbox", { name: "Find a topic" }).fill("nothing like this");
  await expect(page.getByText("No topic has these words.")).toBeVisible();
  await page.getByRole("searchbox", { name: "Find a topic" }).fill("");
  await expect(folds).toHaveCount(8);

  for (let at = 1; at < 8; at += 1) await folds.nth(at).click();
  await expect(page.locator('.matrix__fold[aria-expanded="false"]')).toHaveCount(0);
  await expect(page.locator("tr.topic")).toHaveCount(60);

  const before = await preferencesOf(context, large);
  const drawn = await pressAll(page);
  console.log(`${drawn.length} cells: nodes drawn anew by a press: median ${drawn[Math.floor(drawn.length / 2)]}, most ${drawn.at(-1)}`);
  // Three hundred cells of some ten nodes each: a row is not even a hundredth.
  expect(drawn.at(-1)).toBeLessThan(30);
  const switched = async () => {
    const after = await preferencesOf(context, large);
    const cells = Object.entries(before.topics).flatMap(([topic, channels]) => Object.entries(channels).map(([channel, choice]) => ({ topic, channel, choice })));
    return cells.filter(({ topic, channel, choice }) => after.topics[topic]?.[channel]?.enabled !== choice.enabled).length;
  };
  await expect.poll(switched, { timeout: 30_000 }).toBe(drawn.length);
  await expect(page.getByText(/Saved at \d/)).toBeVisible();
  await axe(page);
});
