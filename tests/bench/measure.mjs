// What is measured, and how: by the page's own clock, from its first byte asked for to the paint that shows the thing.

const ROW = 'main a[href^="/interactions/"]';

/** Runs before anything of the page: notes when the first row was painted, and long tasks. */
const watch = (selector) => {
  globalThis.bench = { long: [] };
  new PerformanceObserver((list) => globalThis.bench.long.push(...list.getEntries().map((entry) => entry.duration)))
    .observe({ type: "longtask", buffered: true });
  const painted = (then) => requestAnimationFrame(() => setTimeout(then));
  const look = new MutationObserver(() => {
    if (!document.querySelector(selector)) return;
    look.disconnect();
    painted(() => { globalThis.bench.firstRow = performance.now(); });
  });
  look.observe(document, { childList: true, subtree: true });
};

/** Opens the first row's screen and answers how long its heading took. */
const openFirst = (selector) => new Promise((done, failed) => {
  const row = document.querySelector(selector);
  // The portal's rows have a full stop after it, for those who are read to.
  const subject = (row.querySelector(".row__subject bdi") ?? row.querySelector(".row__subject")).textContent.trim();
  setTimeout(() => failed(new Error(`the screen of “${subject}” did not come within a minute`)), 60_000);
  const began = performance.now();
  const there = () => location.pathname !== "/interactions" &&
    [...document.querySelectorAll("main h1")].some((heading) => heading.textContent.includes(subject));
  const look = new MutationObserver(() => {
    if (!there()) return;
    look.disconnect();
    requestAnimationFrame(() => setTimeout(() => done(performance.now() - began)));
  });
  look.observe(document, { childList: true, subtree: true, characterData: true });
  row.click();
});

const slowed = async (page) => {
  const protocol = await page.context().newCDPSession(page);
  await protocol.send("Network.enable");
  await protocol.send("Network.emulateNetworkConditions", {
    offline: false,
    latency: 150,
    downloadThroughput: 1.6e6 / 8,
    uploadThroughput: 1.6e6 / 8,
  });
  await protocol.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  return protocol;
};

const memory = async (protocol) => {
  await protocol.send("HeapProfiler.collectGarbage");
  const heap = await protocol.send("Runtime.getHeapUsage");
  return { heap: heap.usedSize, wasm: heap.backingStorageSize ?? 0 };
};

/** A cold visit to the list, slowed down, and then to the first interaction. */
export const firstScreen = async (browser, { origin }, cookies) => {
  const context = await browser.newContext({ storageState: { cookies, origins: [] }, viewport: { width: 360, height: 740 } });
  const page = await context.newPage();
  const protocol = await slowed(page);
  let bytes = 0;
  let requests = 0;
  protocol.on("Network.loadingFinished", (loaded) => {
    bytes += loaded.encodedDataLength;
    requests += 1;
  });
  await page.addInitScript(watch, ROW);
  await page.goto(`${origin}/interactions`, { waitUntil: "commit" });
  await page.waitForFunction(() => globalThis.bench?.firstRow, undefined, { timeout: 60_000 });
  const needed = { bytes, requests };
  const { firstRow, firstPaint } = await page.evaluate(() => ({
    firstRow: globalThis.bench.firstRow,
    // Not the first "contentful" one: a skeleton has neither words nor pictures, and is what is to be seen first.
    firstPaint: performance.getEntriesByName("first-paint")[0]?.startTime ?? Number.NaN,
  }));
  await page.waitForLoadState("load");
  const used = await memory(protocol);
  const nextScreen = await page.evaluate(openFirst, ROW);
  await context.close();
  return { ...needed, ...used, firstRow, firstPaint, nextScreen };
};

/** Turns the wheel through the list for a while, at the machine's own speed. */
export const scrolling = async (browser, { origin }, cookies, turns = 400) => {
  const context = await browser.newContext({ storageState: { cookies, origins: [] }, viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  const protocol = await context.newCDPSession(page);
  await page.addInitScript(watch, ROW);
  await page.goto(`${origin}/interactions`);
  await page.waitForFunction(() => globalThis.bench?.firstRow);
  await page.evaluate(() => { globalThis.bench.long.length = 0; });
  await page.mouse.move(640, 500);
  const began = Date.now();
  for (let turn = 0; turn < turns; turn += 1) await page.mouse.wheel(0, 600);
  const took = Date.now() - began;
  const result = await page.evaluate((selector) => {
    const rows = document.querySelectorAll(selector);
    const height = rows[0]?.getBoundingClientRect().height || 1;
    return { long: globalThis.bench.long, nodes: document.querySelectorAll("*").length, rows: Math.round(scrollY / height) };
  }, ROW);
  const used = await memory(protocol);
  await context.close();
  return { ...result, ...used, took };
};
