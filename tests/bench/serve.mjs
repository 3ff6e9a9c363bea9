// One reference API for each candidate, each with its own copy of the same database.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { cp, mkdir } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";

import { buildTwin } from "./twins.mjs";

const PROGRAM = process.env.REFERENCE_API_BIN;
const DIST = process.env.PORTAL_DIST;

const freePort = async () => {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address();
  probe.close();
  await once(probe, "close");
  return port;
};

const finished = async (child, what) => {
  const [code] = await once(child, "exit");
  if (code !== 0) throw new Error(`${what} ended with ${code}`);
};

/** The portal and its twins, each served and ready. */
export const candidates = async (folder, scale) => {
  const seed = join(folder, "seed");
  await mkdir(seed);
  console.log(`Making a customer with ${scale} interactions`);
  const places = (data) => ["--database", join(data, "portal.sqlite"), "--attachments", join(data, "attachments")];
  await finished(spawn(PROGRAM, ["demo", "--scale", String(scale), ...places(seed)], { stdio: ["ignore", "ignore", "inherit"] }), "reference-api demo");
  const served = [];
  for (const [name, twin] of [["portal"], ["by hand", "vanilla"], ["React 19", "react"]]) {
    const data = join(folder, `data-${twin ?? "portal"}`);
    await cp(seed, data, { recursive: true });
    const portal = twin ? join(folder, twin) : DIST;
    if (twin) await buildTwin(twin, DIST, portal);
    served.push(await serve(name, portal, places(data)));
  }
  return served;
};

const serve = async (name, portal, places) => {
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const child = spawn(PROGRAM, ["serve", "--demo", "--listen", `127.0.0.1:${port}`, "--portal", portal, ...places], { stdio: "ignore" });
  const answers = async () => (await fetch(`${origin}/healthz`).catch(() => undefined))?.ok;
  while (!(await answers())) {
    if (child.exitCode !== null) throw new Error(`the reference API for ${name} ended while starting`);
  }
  const stop = async () => {
    if (child.exitCode !== null) return;
    child.kill("SIGTERM");
    await once(child, "exit");
  };
  return { name, origin, stop };
};

/** The cookies of a browser in which the customer with the long history has signed in. */
export const signedIn = async (browser, { origin }) => {
  const context = await browser.newContext();
  const headers = { "X-Portal-CSRF": "1", Origin: origin };
  const post = async (path, data) => {
    const answer = await context.request.post(origin + path, { headers, data });
    if (!answer.ok()) throw new Error(`${path} answered ${answer.status()}: ${await answer.text()}`);
    return answer.json();
  };
  const email = process.env.BENCH_CUSTOMER ?? "archive@example.com";
  const challenge = await post("/v1/session/email", { email });
  const outbox = await (await context.request.get(`${origin}/dev/outbox.json`)).json();
  const mail = outbox.find((one) => one.to === email);
  if (!mail) throw new Error(`no mail to ${email}: the demo data has no such customer`);
  await post("/v1/session/email/confirm", { challenge_id: challenge.id, code: mail.code });
  const { cookies } = await context.storageState();
  await context.close();
  return cookies;
};
