// The bench: each candidate in turn, cold, in a Chromium slowed down to a phone on a weak network; medians and spread.
import { mkdtemp, rm } from "node:fs/promises";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";

import { chromium } from "playwright-core";

import { heavy } from "./heavy.mjs";
import { firstScreen, scrolling } from "./measure.mjs";
import { candidates, signedIn } from "./serve.mjs";

const { values } = parseArgs({ options: { runs: { type: "string", default: "9" }, scale: { type: "string", default: "100000" } } });
const runs = Number(values.runs);
const scale = Number(values.scale);

const SLOW = "CPU slowed 4x, 1.6 Mbit/s, 150 ms a request";
const FLAGS = ["--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

const median = (numbers) => {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
};
const spread = (numbers) => `${Math.round(Math.min(...numbers))}–${Math.round(Math.max(...numbers))}`;

const COLUMNS = [
  ["kB", (run) => run.bytes / 1000, 1],
  ["requests", (run) => run.requests, 0],
  ["first paint, ms", (run) => run.firstPaint, 0],
  ["first row, ms", (run) => run.firstRow, 0],
  ["next screen, ms", (run) => run.nextScreen, 0],
  ["JS MB", (run) => run.heap / 1e6, 1],
  ["WASM MB", (run) => run.wasm / 1e6, 1],
];

const table = (results) => {
  const names = COLUMNS.map(([name]) => name.padStart(16)).join("");
  console.log(`\n${"".padEnd(10)}${names}  to by-hand`);
  const byHand = median(results.get("by hand").map((run) => run.firstRow));
  for (const [name, measured] of results) {
    const cells = COLUMNS.map(([, read, digits]) => median(measured.map(read)).toFixed(digits).padStart(16)).join("");
    console.log(`${name.padEnd(10)}${cells}  ${(median(measured.map((run) => run.firstRow)) / byHand).toFixed(2)}`);
    console.log(`${"".padEnd(10)}${COLUMNS.map(([, read]) => spread(measured.map(read)).padStart(16)).join("")}`);
  }
};

const main = async () => {
  const folder = await mkdtemp(join(tmpdir(), "portal-bench-"));
  const browser = await chromium.launch({ executablePath: process.env.CHROME_PATH, args: FLAGS });
  const servers = await candidates(folder, scale);
  try {
    console.log(`Chromium ${browser.version()}, ${cpus().length} cores, ${runs} alternating runs of each, ${SLOW}`);
    const cookies = new Map();
    for (const server of servers) cookies.set(server.name, await signedIn(browser, server));
    const results = new Map(servers.map((server) => [server.name, []]));
    for (let run = 0; run < runs; run += 1) {
      for (const server of servers) {
        results.get(server.name).push(await firstScreen(browser, server, cookies.get(server.name)));
        process.stdout.write(".");
      }
    }
    table(results);
    const [portal] = servers;
    const scrolled = await scrolling(browser, portal, cookies.get(portal.name));
    console.log(`\nScrolling ${scale} interactions, not slowed: ${scrolled.rows} rows passed in ${Math.round(scrolled.took / 1000)} s, ` +
      `${scrolled.nodes} elements in the document at the end, ${scrolled.long.length} tasks over 50 ms` +
      `${scrolled.long.length > 0 ? ` (the longest ${Math.round(Math.max(...scrolled.long))} ms)` : ""}, ${(scrolled.heap / 1e6).toFixed(1)} MB of JS`);
    await heavy(browser, folder);
  } finally {
    await browser.close();
    for (const server of servers) await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
};

await main();
