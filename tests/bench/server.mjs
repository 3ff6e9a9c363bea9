// A reference API of its own: a database with one long history, and the program that serves it.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";

const PROGRAM = process.env.REFERENCE_API_BIN;

/** The customer with the long history. */
export const CUSTOMER = process.env.BENCH_CUSTOMER ?? "archive@example.com";

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

/** Where a folder keeps its data, as options of the program. */
export const places = (folder) => ["--database", join(folder, "portal.sqlite"), "--attachments", join(folder, "attachments")];

/** Writes a customer with so many interactions into a fresh folder. */
export const seed = async (folder, scale) => {
  await mkdir(folder);
  console.log(`Making a customer with ${scale} interactions`);
  await finished(spawn(PROGRAM, ["demo", "--scale", String(scale), ...places(folder)], { stdio: ["ignore", "ignore", "inherit"] }), "reference-api demo");
};

/** Serves that data, with these further options and settings, until `stop`. */
export const serve = async (name, folder, options = [], settings = {}) => {
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const child = spawn(PROGRAM, ["serve", "--demo", "--listen", `127.0.0.1:${port}`, ...places(folder), ...options], {
    stdio: "ignore",
    env: { ...process.env, ...settings },
  });
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
