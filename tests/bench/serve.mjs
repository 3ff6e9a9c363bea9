// One reference API for each candidate, each with its own copy of the same database.
import { cp } from "node:fs/promises";
import { join } from "node:path";

import { CUSTOMER, seed, serve } from "./server.mjs";
import { buildTwin } from "./twins.mjs";

const DIST = process.env.PORTAL_DIST;

/** The portal and its twins, each served and ready. */
export const candidates = async (folder, scale) => {
  const seeded = join(folder, "seed");
  await seed(seeded, scale);
  const served = [];
  for (const [name, twin] of [["portal"], ["by hand", "vanilla"], ["React 19", "react"]]) {
    const data = join(folder, `data-${twin ?? "portal"}`);
    await cp(seeded, data, { recursive: true });
    const portal = twin ? join(folder, twin) : DIST;
    if (twin) await buildTwin(twin, DIST, portal);
    served.push(await serve(name, data, ["--portal", portal]));
  }
  return served;
};

/** The cookies of a browser in which a customer has signed in: the one with the long history, or another. */
export const signedIn = async (browser, { origin }, customer = CUSTOMER) => {
  const context = await browser.newContext();
  const headers = { "X-Portal-CSRF": "1", Origin: origin };
  const post = async (path, data) => {
    const answer = await context.request.post(origin + path, { headers, data });
    if (!answer.ok()) throw new Error(`${path} answered ${answer.status()}: ${await answer.text()}`);
    return answer.json();
  };
  const challenge = await post("/v1/session/email", { email: customer });
  const outbox = await (await context.request.get(`${origin}/dev/outbox.json`)).json();
  const mail = outbox.find((one) => one.to === customer);
  if (!mail) throw new Error(`no mail to ${customer}: the demo data has no such customer`);
  await post("/v1/session/email/confirm", { challenge_id: challenge.id, code: mail.code });
  const { cookies } = await context.storageState();
  await context.close();
  return cookies;
};
