// One reference API for a worker: a real process, a database of its own, the demo data, the built portal.
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

import { expect } from "@playwright/test";

const repository = resolve(dirname(fileURLToPath(import.meta.url)), "../../..");
const cache = process.env.XDG_CACHE_HOME ?? join(process.env.HOME ?? "", ".cache");

const needed = (path: string, what: string): string => {
  if (existsSync(path)) return path;
  throw new Error(`${what} is not there (${path}): run \`cargo xtask test --only browser\` once, which builds it`);
};

/** The reference API's program. */
export const program = () =>
  needed(process.env.REFERENCE_API_BIN ?? join(cache, "customer-portal/native/debug/reference-api"), "the reference API");

/** The built portal. */
export const dist = () => needed(process.env.PORTAL_DIST ?? join(repository, "dist"), "the built portal");

// Journeys sign the same few people in again and again; the limits themselves are tested where they stand.
const MANY_SIGN_INS = { PORTAL_API_SIGN_IN_CODES_PER_ADDRESS: "1000", PORTAL_API_SIGN_IN_CODES_PER_NETWORK: "100000" };

export type ServeOptions = {
  /** Another folder than the built portal, such as a copy with an altered file; none at all where another server has the portal. */
  portal?: string | null;
  /** More arguments for `reference-api serve`. */
  more?: string[];
  /** More environment for it. */
  env?: Record<string, string>;
};

/** A running reference API. */
export class Server {
  /** Where it answers. */
  origin = "";

  private constructor(
    /** Where its database and attachments are. */
    readonly data: string,
    private readonly child: ChildProcess,
    private readonly said: string[],
  ) {}

  /** Starts one on a free port and waits until it answers. */
  static async start(options: ServeOptions = {}): Promise<Server> {
    const data = await mkdtemp(join(tmpdir(), "portal-journey-"));
    const places = ["--database", join(data, "portal.sqlite"), "--attachments", join(data, "attachments")];
    const portal = options.portal === null ? [] : ["--portal", options.portal ?? dist()];
    const child = spawn(
      program(),
      ["serve", "--demo", "--listen", "127.0.0.1:0", ...places, ...portal, ...(options.more ?? [])],
      { stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, ...MANY_SIGN_INS, ...options.env } },
    );
    const said: string[] = [];
    for (const stream of [child.stdout, child.stderr]) stream?.on("data", (bytes: Buffer) => said.push(bytes.toString()));
    const server = new Server(data, child, said);
    try {
      await server.answers();
    } catch (error) {
      await server.stop();
      throw error;
    }
    return server;
  }

  /** Everything it wrote: its log. */
  log(): string {
    return this.said.join("");
  }

  /** Its clock goes forward, or back: what takes half a minute need not be waited for. */
  async moveClock(seconds: number): Promise<void> {
    const answer = await fetch(`${this.origin}/dev/clock`, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-Portal-CSRF": "1", Origin: this.origin },
      body: JSON.stringify({ advance_seconds: seconds }),
    });
    if (!answer.ok) throw new Error(`/dev/clock answered ${answer.status}: ${await answer.text()}`);
  }

  /** Asks it to end, and waits until it has. */
  async stop(): Promise<void> {
    if (this.child.exitCode === null && this.child.signalCode === null) {
      const ended = new Promise((done) => this.child.once("exit", done));
      this.child.kill("SIGTERM");
      await ended;
    }
    await rm(this.data, { recursive: true, force: true });
  }

  private async answers(): Promise<void> {
    const state = async () => {
      if (this.child.exitCode !== null) return "ended";
      // The system chose the port, and the server says which: a port that was looked for beforehand may be somebody else's by now.
      [, this.origin = ""] = /^listening on (http:\S+)$/m.exec(this.log()) ?? [];
      if (!this.origin) return "starting";
      const answer = await fetch(`${this.origin}/healthz`).catch(() => undefined);
      return answer?.ok ? "answers" : "starting";
    };
    await expect.poll(state, { timeout: 60_000, intervals: [50], message: "the reference API" }).not.toBe("starting");
    if ((await state()) === "ended") throw new Error(`the reference API ended while starting:\n${this.log()}`);
  }
}
