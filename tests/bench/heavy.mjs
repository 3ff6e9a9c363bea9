// The screens that hold much at once, at the machine's own speed: how long a press takes, and which tasks are long. A task over 50 ms
// delays whatever is pressed meanwhile (W3C Long Tasks).
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import { build } from "esbuild";

import { signedIn } from "./serve.mjs";
import { serve } from "./server.mjs";

const CUSTOMER = "maya.lindqvist@example.com";
const CATALOGUE = join(import.meta.dirname, "../fixtures/preferences/catalogue-60.toml");
const LONG_MS = 50;

/** What the journeys make their big things with, which is written in TypeScript. */
const maker = async (name, folder) => {
  const outfile = join(folder, `${name}.mjs`);
  await build({ entryPoints: [join(import.meta.dirname, `../browser/support/${name}.ts`)], outfile, bundle: true, platform: "node", format: "esm", logLevel: "error" });
  return import(pathToFileURL(outfile).href);
};

/** Presses one after another until there is nothing more; how long the page worked on each press, in milliseconds. */
const pressed = async ([selector, isChanging]) => {
  const times = [];
  const all = isChanging ? undefined : [...document.querySelectorAll(selector)];
  for (let at = 0; ; at += 1) {
    const next = all ? all[at] : document.querySelector(selector);
    if (!next) return times;
    const before = performance.now();
    next.click();
    // What follows from a press is worked out before the next task.
    for (let turn = 0; turn < 50; turn += 1) await Promise.resolve();
    times.push(performance.now() - before);
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  }
};

const at = (sorted, share) => (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN).toFixed(1);

const tell = (what, times) => {
  const sorted = times.toSorted((one, two) => one - two);
  const long = sorted.filter((time) => time > LONG_MS).length;
  console.log(`${what}: ${sorted.length} presses, median ${at(sorted, 0.5)} ms, 95th ${at(sorted, 0.95)} ms, ${long} over ${LONG_MS} ms`);
};

const tellTasks = (tasks) => (tasks.length > 0 ? `${tasks.length} tasks over ${LONG_MS} ms (the longest ${Math.round(Math.max(...tasks))} ms)` : `no task over ${LONG_MS} ms`);

/** An export of ten thousand conversations, opened and searched. */
const viewer = async (page, origin, folder) => {
  const { exported, many } = await maker("archive", folder);
  const path = join(folder, "many.zip");
  await writeFile(path, exported(many(10_000)).buffer);
  await page.goto(`${origin}/data/export`);
  await page.locator("#export-file").waitFor({ state: "attached" });
  await page.evaluate(() => {
    const tasks = (globalThis.tasks = []);
    new PerformanceObserver((seen) => tasks.push(...seen.getEntries().map((entry) => entry.duration))).observe({ type: "longtask" });
  });
  const stands = (words) => page.waitForFunction((words) => document.querySelector("main")?.textContent.includes(words), words, { timeout: 120_000 });
  const taken = async (act, words) => {
    const began = performance.now();
    await act();
    await stands(words);
    return Math.round(performance.now() - began);
  };
  const opened = await taken(() => page.locator("#export-file").setInputFiles(path), "10,000 conversations");
  const searched = await taken(() => page.getByRole("searchbox").fill("matter 7654:"), "1 of 10,000 conversations");
  const tasks = await page.evaluate(() => globalThis.tasks);
  console.log(`An export of 10,000 conversations: opened in ${opened} ms, searched in ${searched} ms (with the pause after the last letter), ${tellTasks(tasks)}`);
};

/** Sixty topics on six channels, every switch pressed once. */
const matrix = async (page, origin) => {
  await page.goto(`${origin}/preferences`);
  await page.locator(".matrix__fold").first().waitFor();
  const folded = page.locator('.matrix__fold[aria-expanded="false"]');
  while ((await folded.count()) > 0) await folded.first().click();
  tell("60 topics on 6 channels", await page.evaluate(pressed, [".matrix input[role=switch]", false]));
};

/** A guide of five hundred nodes, gone through. */
const guide = async (page, origin) => {
  await page.goto(`${origin}/guides/big`);
  await page.locator('[data-kind="answers"] button').first().waitFor();
  tell("A guide of 500 nodes", await page.evaluate(pressed, ['[data-kind="answers"] button', true]));
};

/** Measures and prints all of them. */
export const heavy = async (browser, folder) => {
  const { bigGuide } = await maker("big-guide", folder);
  const data = join(folder, "data-heavy");
  await mkdir(data);
  const settings = { PORTAL_API_COMPANY_CATALOGUE: CATALOGUE, PORTAL_API_COMPANY_GUIDES: await bigGuide(folder, 500) };
  const server = await serve("the heavy screens", data, ["--portal", process.env.PORTAL_DIST], settings);
  try {
    const cookies = await signedIn(browser, server, CUSTOMER);
    const context = await browser.newContext({ storageState: { cookies, origins: [] }, locale: "en-GB", viewport: { width: 1280, height: 800 } });
    const page = await context.newPage();
    console.log("\nScreens that hold much, not slowed:");
    await matrix(page, server.origin);
    await guide(page, server.origin);
    await viewer(page, server.origin, folder);
    await context.close();
  } finally {
    await server.stop();
  }
};
