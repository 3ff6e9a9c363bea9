// The portal's package behind the web servers that companies use: nginx and Caddy as Debian has them, told what docs/deploying says.
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { appendFile, cp, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

import { expect } from "@playwright/test";

import { dist } from "./server";

const repository = resolve(dirname(fileURLToPath(import.meta.url)), "../../..");
const cache = join(process.env.XDG_CACHE_HOME ?? join(process.env.HOME ?? "", ".cache"), "customer-portal");
const programs = process.env.WEB_SERVERS ?? join(cache, "tools/web-servers");
const xtask = process.env.XTASK_BIN ?? join(cache, "native/debug/xtask");

export type Kind = "nginx" | "caddy";

const BROTLI = join(programs, "usr/lib/nginx/modules/ngx_http_brotli_static_module.so");
const PROGRAM: Record<Kind, string> = { nginx: join(programs, "usr/sbin/nginx"), caddy: join(programs, "usr/bin/caddy") };

/** Why a journey is skipped, where the machine does not have this server. */
export const missing = (kind: Kind): string | undefined =>
  existsSync(PROGRAM[kind]) ? undefined : `${kind} is not there: \`cargo xtask setup\` fetches Debian's where there is apt`;

/** A port that nobody has at the moment. */
export const freePort = async (): Promise<number> => {
  const listener = createServer();
  await new Promise<void>((done) => listener.listen(0, "127.0.0.1", done));
  const address = listener.address();
  await new Promise((done) => listener.close(done));
  if (address === null || typeof address === "string") throw new Error("no port was given");
  return address.port;
};

/** Packs the built portal with these options and unpacks it; what is given back is the folder that the archive has. */
export const unpacked = async (into: string, options: string[]): Promise<string> => {
  const out = join(into, "packed");
  execFileSync(xtask, ["package", "--dist", dist(), "--out", out, ...options], { cwd: repository, stdio: "pipe" });
  const [archive = ""] = await readdir(out);
  execFileSync("tar", ["--extract", "--gzip", "--file", join(out, archive), "--directory", into]);
  const folder = (await readdir(into)).find((name) => name.startsWith("customer-portal-"));
  if (!folder) throw new Error(`${archive} has no folder`);
  return join(into, folder);
};

const RULES: Record<Kind, string> = { nginx: "nginx/portal.conf", caddy: "caddy/portal.caddy" };

/** Puts a package beside another, below a path of its own: what one server is told is then what both say. */
export const joined = async (one: string, other: string) => {
  await cp(join(other, "site"), join(one, "site"), { recursive: true });
  for (const rules of Object.values(RULES)) await appendFile(join(one, rules), `\n${await readFile(join(other, rules), "utf8")}`);
};

/** A running web server. */
export class WebServer {
  private constructor(
    readonly origin: string,
    private readonly folder: string,
    private readonly child: ChildProcess,
    private readonly said: string[],
  ) {}

  /** Starts one at this port that serves this package, and the API at `api` below /v1. */
  static async start(kind: Kind, port: number, portal: string, api: string): Promise<WebServer> {
    const folder = await mkdtemp(join(tmpdir(), "portal-web-server-"));
    const args = kind === "nginx" ? await nginx(folder, port, portal, api) : await caddy(folder, port, portal, api);
    // What it keeps for itself is kept in its folder.
    const env = { ...process.env, HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder };
    const child = spawn(PROGRAM[kind], args, { stdio: ["ignore", "pipe", "pipe"], env });
    const said: string[] = [];
    for (const stream of [child.stdout, child.stderr]) stream?.on("data", (bytes: Buffer) => said.push(bytes.toString()));
    const server = new WebServer(`http://127.0.0.1:${port}`, folder, child, said);
    const state = async () => {
      if (child.exitCode !== null) return "ended";
      return fetch(server.origin).then(
        () => "answers",
        () => "starting",
      );
    };
    await expect.poll(state, { timeout: 30_000, intervals: [50], message: kind }).not.toBe("starting");
    if ((await state()) === "ended") throw new Error(`${kind} ended while starting:\n${said.join("")}`);
    return server;
  }

  /** Asks it to end, and waits until it has. */
  async stop(): Promise<void> {
    if (this.child.exitCode === null && this.child.signalCode === null) {
      const ended = new Promise((done) => this.child.once("exit", done));
      this.child.kill("SIGTERM");
      await ended;
    }
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** An example of the documentation, for this package, this API and plain http. */
const example = async (name: string, portal: string, api: string) => {
  const text = await readFile(join(repository, "docs/deploying", name), "utf8");
  return text.replaceAll("/srv/customer-portal", portal).replaceAll("http://127.0.0.1:8080", api).replaceAll("127.0.0.1:8080", api.replace("http://", ""));
};

const nginx = async (folder: string, port: number, portal: string, api: string) => {
  const server = (await example("nginx.conf", portal, api))
    .replace("listen 443 ssl;", `listen 127.0.0.1:${port};`)
    .replace(/^ *(ssl_\w+|server_name) .*$/gm, "");
  const places = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((name) => `${name}_temp_path ${folder}/${name};`);
  // Root's workers would be nobody, who may not read the folder.
  const user = process.getuid?.() === 0 ? "user root;" : "";
  const whole = `load_module ${BROTLI};\n${user}\ndaemon off;\nworker_processes 1;\npid ${folder}/pid;\nerror_log stderr;\nevents {}\nhttp {\naccess_log off;\n${places.join("\n")}\n${server}\n}\n`;
  await writeFile(join(folder, "nginx.conf"), whole);
  return ["-p", folder, "-c", join(folder, "nginx.conf"), "-e", "stderr"];
};

const caddy = async (folder: string, port: number, portal: string, api: string) => {
  const site = (await example("Caddyfile", portal, api)).replace("www.example.com {", `http://127.0.0.1:${port} {`);
  const whole = `{\n\tadmin off\n\tauto_https off\n}\n${site}`;
  await mkdir(join(folder, "caddy"), { recursive: true });
  await writeFile(join(folder, "Caddyfile"), whole);
  return ["run", "--config", join(folder, "Caddyfile"), "--adapter", "caddyfile"];
};
