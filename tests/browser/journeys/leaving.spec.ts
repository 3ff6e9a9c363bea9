// Whoever leaves a page before it is there breaks nothing, and nothing complains.
import { expect, test } from "../support/test";

test("leaving while the program is still arriving is no failure", async ({ page, server }) => {
  const asked: string[] = [];
  let held = true;
  // As slow as a phone in a tunnel: nothing of the program comes before the next address is asked for.
  await page.route(/\/assets\/(?!portal-)[\w-]+\.(wasm|bin)$/, async (route) => {
    asked.push(route.request().url());
    if (!held) await route.continue();
  });
  for (const path of ["/help", "/sign-in", "/p"]) {
    await page.goto(path);
    await expect.poll(() => asked.length, { message: `parts of ${path}` }).toBeGreaterThan(0);
    asked.length = 0;
  }
  held = false;
  await page.goto(`${server.origin}/help`);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
});
