// The reference API by itself, over loopback: what a reader of a long history asks for, one after another on one connection.
import { mkdtemp, rm } from "node:fs/promises";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";

import { CUSTOMER, seed, serve } from "./server.mjs";

const { values } = parseArgs({ options: { runs: { type: "string", default: "9" }, scale: { type: "string", default: "100000" } } });
const scale = Number(values.scale);

/** Asked so many times for each run of the browser's bench: the 99th percentile needs hundreds. */
const EACH = 40;
const times = Number(values.runs) * EACH;

const LIST = 5;
const SEARCH = 20;

/** What is asked for, and within how many milliseconds 99 of 100 answers are to be there. */
const QUESTIONS = [
  ["a page of 50", "", LIST],
  ["by one channel", "channel=email", LIST],
  ["by two statuses and a topic", "status=resolved&status=closed&topic=billing", LIST],
  ["by what never meets (push is outbound)", "channel=push&direction=inbound", LIST],
  ["by a channel that nobody uses", "channel=fax", LIST],
  ["search: a word", "q=invoice", SEARCH],
  ["search: two words", "q=invoice%20tariff", SEARCH],
  ["search: a letter", "q=a", SEARCH],
  ["search: two letters", "q=th", SEARCH],
  ["search: a letter within a channel", "q=e&channel=push", SEARCH],
  ["search: a word that is nowhere", "q=zebra", SEARCH],
  ["search: two characters of Chinese", `q=${encodeURIComponent("退款")}`, SEARCH],
  ["search: a sentence of Chinese", `q=${encodeURIComponent("路由器故障请退款")}`, SEARCH],
];

const signIn = async (origin) => {
  const post = (path, body) =>
    fetch(origin + path, { method: "POST", headers: { "X-Portal-CSRF": "1", "Content-Type": "application/json" }, body: JSON.stringify(body) });
  const challenge = await (await post("/v1/session/email", { email: CUSTOMER })).json();
  const outbox = await (await fetch(`${origin}/dev/outbox.json`)).json();
  const { code } = outbox.find((one) => one.to === CUSTOMER);
  const answer = await post("/v1/session/email/confirm", { challenge_id: challenge.id, code });
  if (!answer.ok) throw new Error(`signing in answered ${answer.status}: ${await answer.text()}`);
  return answer.headers.getSetCookie().map((line) => line.split(";")[0]).join("; ");
};

const timed = async (url, headers) => {
  const began = performance.now();
  const answer = await fetch(url, { headers });
  const page = await answer.json();
  const took = performance.now() - began;
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}`);
  return { took, items: page.items.length };
};

const measure = async (origin, cookie, query) => {
  const url = `${origin}/v1/interactions?limit=50&${query}`;
  const found = [];
  for (let run = 0; run < times; run += 1) found.push(await timed(url, { Cookie: cookie }));
  const sorted = found.map((one) => one.took).toSorted((a, b) => a - b);
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  return { items: found[0].items, median: at(0.5), late: at(0.99), worst: sorted.at(-1) };
};

const main = async () => {
  const folder = await mkdtemp(join(tmpdir(), "portal-bench-"));
  const data = join(folder, "data");
  await seed(data, scale);
  const server = await serve("the bench", data);
  let over = 0;
  try {
    const cookie = await signIn(server.origin);
    console.log(`${cpus().length} cores, ${times} requests of each, milliseconds over loopback\n`);
    console.log(`${"".padEnd(42)}${["items", "median", "99th", "worst", "budget"].map((name) => name.padStart(9)).join("")}`);
    for (const [name, query, budget] of QUESTIONS) {
      const { items, median, late, worst } = await measure(server.origin, cookie, query);
      const figures = [String(items), ...[median, late, worst].map((ms) => ms.toFixed(1)), String(budget)];
      over += late > budget ? 1 : 0;
      console.log(`${name.padEnd(42)}${figures.map((figure) => figure.padStart(9)).join("")}${late > budget ? "  over" : ""}`);
    }
  } finally {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
  if (over > 0) console.log(`\n${over} over their budget`);
};

await main();
