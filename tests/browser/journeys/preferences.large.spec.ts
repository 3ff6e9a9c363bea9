// Sixty topics in eight groups on six channels: the screen stays clear and quick.
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

import type { Page } from "@playwright/test";

import { maya } from "../support/customers";
import { preferencesOf } from "../support/preferences";
import { Server } from "../support/server";
import { expect, signInByApi, test } from "../support/test";

const catalogue = join(resolve(dirname(fileURLToPath(import.meta.url)), "../../fixtures/preferences"), "catalogue-60.toml");

/** Longer than this is a long task (Core Web Vitals), which delays the next press. */
const FELT_MS = 50;

// It is served from an origin of its own, which the guard would take for somebody else's.
test.use({ guarded: false });

let large: Server;
test.beforeAll(async () => {
  large = await Server.start({ env: { PORTAL_API_COMPANY_CATALOGUE: catalogue } });
});
test.afterAll(() => large.stop());

/** Presses every switch of the page once; how long the page worked on each press before it could be drawn, in milliseconds. */
const pressAll = (page: Page) =>
  page.evaluate(async () => {
    const times: number[] = [];
    for (const one of document.querySelectorAll<HTMLInputElement>(".matrix input[role=switch]")) {
      const before = performance.now();
      one.click();
      // What follows from a press is worked out before the next task.
      for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
      times.push(performance.now() - before);
      await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    }
    return times.sort((one, two) => one - two);
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
  const times = await pressAll(page);
  const median = times[Math.floor(times.length / 2)] ?? 0;
  const slow = times[Math.floor(times.length * 0.95)] ?? 0;
  console.log(`${times.length} cells: median ${median.toFixed(1)} ms, 95th ${slow.toFixed(1)} ms`);
  expect(median).toBeLessThan(FELT_MS);
  await expect(page.getByText(/Saved at \d/)).toBeVisible({ timeout: 30_000 });
  const after = await preferencesOf(context, large);
  let switched = 0;
  for (const [topic, channels] of Object.entries(before.topics)) {
    for (const [channel, choice] of Object.entries(channels)) {
      if (after.topics[topic]?.[channel]?.enabled !== choice.enabled) switched += 1;
    }
  }
  expect(switched).toBe(times.length);
  await axe(page);
});
