// A page of the company's own, on another site than the portal, under a policy as strict as a page can have; and its backend, which
// vouches for whoever is signed in there.
import { type KeyObject, createPublicKey, generateKeyPairSync, randomUUID, sign } from "node:crypto";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { type IncomingMessage, type Server as Listener, type ServerResponse, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { type BrowserContext, type Frame, type FrameLocator, type LaunchOptions, type Page, expect } from "@playwright/test";

import { expectAccessible } from "./axe";
import { chromium, firefox } from "./browsers";
import { Server, dist } from "./server";
import { test } from "./test";

const base64 = (bytes: Buffer | string) => Buffer.from(bytes).toString("base64url");

/** What the backend of the page says of who is there, and how it signs that. */
export type Claims = Record<string, unknown>;

/** People of the demonstration, by the company's own number. */
export const MAYA = "C-1001";
export const JONAS = "C-1002";
export const AMAL = "C-1003";

const ISSUER = "https://www.company.example";
const AUDIENCE = "https://portal.company.example";
const KID = "journeys-1";

export class Host {
  /** Who is signed in at the page, by the company's own number; nobody otherwise. */
  customer: string | null = null;
  /** How often somebody was vouched for. */
  vouched = 0;
  /** Changes the claims before they are signed. */
  alter: (claims: Claims) => Claims = (claims) => claims;
  portal = "";

  private constructor(
    private readonly listener: Listener,
    private readonly key: KeyObject,
  ) {}

  static async start(): Promise<Host> {
    const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    const listener = createServer();
    const host = new Host(listener, privateKey);
    listener.on("request", (request, response) => void host.answer(request, response));
    await new Promise<void>((ready) => listener.listen(0, "127.0.0.1", ready));
    return host;
  }

  private get port() {
    return (this.listener.address() as AddressInfo).port;
  }

  /** Another site than the portal's, which is reached by its number. */
  get origin() {
    return `http://localhost:${this.port}`;
  }

  /** A page of somebody who means ill. */
  get stranger() {
    return `http://stranger.localhost:${this.port}`;
  }

  /** A page that the server lets show the portal, and that the portal's own settings do not list. */
  get unlisted() {
    return `http://unlisted.localhost:${this.port}`;
  }

  jwks() {
    const { kty, crv, x, y } = createPublicKey(this.key).export({ format: "jwk" });
    return JSON.stringify({ keys: [{ kty, crv, x, y, kid: KID, alg: "ES256", use: "sig" }] });
  }

  /** What an API needs to know of this page. */
  async settings(folder: string): Promise<Record<string, string>> {
    const file = join(folder, "jwks.json");
    await writeFile(file, this.jwks());
    return {
      PORTAL_API_EMBED_ISSUER: ISSUER,
      PORTAL_API_EMBED_AUDIENCE: AUDIENCE,
      PORTAL_API_EMBED_JWKS_FILE: file,
      PORTAL_API_EMBED_PARENTS: [this.origin, this.unlisted].join(","),
    };
  }

  /** A signed assertion. */
  assertion(nonce: string, customer: string): string {
    const now = Math.floor(Date.now() / 1000);
    const claims = this.alter({ iss: ISSUER, aud: AUDIENCE, sub: customer, iat: now, exp: now + 60, jti: randomUUID(), nonce, auth_time: now });
    const body = `${base64(JSON.stringify({ alg: "ES256", typ: "JWT", kid: KID }))}.${base64(JSON.stringify(claims))}`;
    return `${body}.${base64(sign("sha256", Buffer.from(body), { key: this.key, dsaEncoding: "ieee-p1363" }))}`;
  }

  async stop() {
    this.listener.closeAllConnections();
    await new Promise((done) => this.listener.close(done));
  }

  private async answer(request: IncomingMessage, response: ServerResponse) {
    const { pathname } = new URL(request.url ?? "/", this.origin);
    const send = (type: string, body: string, more: Record<string, string> = {}) => {
      response.writeHead(200, { "Content-Type": type, "Cache-Control": "no-store", ...more });
      response.end(body);
    };
    if (pathname === "/page.js") return send("text/javascript", SCRIPT);
    if (pathname === "/page.css") return send("text/css", STYLE);
    if (pathname === "/sign" && request.method === "POST") {
      let body = "";
      for await (const part of request) body += String(part);
      const { nonce } = JSON.parse(body) as { nonce: string };
      this.vouched += 1;
      return send("application/json", JSON.stringify({ assertion: this.customer === null ? null : this.assertion(nonce, this.customer) }));
    }
    if (pathname === "/bare") {
      return send("text/html; charset=utf-8", "<!doctype html><title>Bare</title><main></main>", { "Content-Security-Policy": this.policy() });
    }
    if (pathname === "/" || pathname === "/around") {
      return send("text/html; charset=utf-8", pathname === "/" ? this.page() : `<!doctype html><title>Around</title><iframe src="${this.origin}/"></iframe>`, {
        "Content-Security-Policy": pathname === "/" ? this.policy() : "",
      });
    }
    response.writeHead(404).end();
  }

  private policy() {
    return [
      "default-src 'none'",
      `script-src 'self' ${this.portal}`,
      `frame-src ${this.portal}`,
      "style-src 'self'",
      "connect-src 'self'",
      "base-uri 'none'",
      "form-action 'none'",
      "require-trusted-types-for 'script'",
      "trusted-types 'none'",
    ].join("; ");
  }

  private page() {
    return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Northwind &amp; Vale</title>
    <link rel="stylesheet" href="/page.css">
    <script type="module" src="${this.portal}/embed.js"></script>
    <script type="module" src="/page.js" data-portal="${this.portal}"></script>
  </head>
  <body>
    <header><h1>Northwind &amp; Vale</h1><button id="before">Before the portal</button></header>
    <div id="here"></div>
    <footer><button id="after">After the portal</button><p>The end of the page</p></footer>
  </body>
</html>`;
  }
}

const STYLE = `
body { margin: 0; font: 1rem/1.5 system-ui; }
header, footer { padding: 1rem; background: #eef2f0; }
footer { min-height: 40rem; }
`;

// As a company's engineer writes it. What the address says becomes attributes, so that a journey can begin anywhere.
const SCRIPT = `
const portal = document.createElement("customer-portal");
window.heard = [];
for (const name of ["ready", "navigated", "submitted", "warning", "height"]) {
  portal.addEventListener(name, ({ detail }) => window.heard.push({ name, ...detail }));
}
portal.setAttribute("src", document.querySelector("script[data-portal]").dataset.portal + "/");
for (const [name, value] of new URLSearchParams(location.search)) if (name !== "portal") portal.setAttribute(name, value);
portal.identity = async ({ nonce }) => {
  const answer = await fetch("/sign", { method: "POST", body: JSON.stringify({ nonce }) });
  return (await answer.json()).assertion;
};
document.getElementById("here").append(portal);
`;

/** What the page heard of the portal, by the events of its element. */
export type Heard = { name: string; path?: string; what?: string; code?: string; detail?: string; height?: number; version?: number };

export const heard = (page: Page): Promise<Heard[]> => page.evaluate(() => (window as unknown as { heard: Heard[] }).heard);

/** The paths that the portal said it is at. */
export const placesTold = async (page: Page) => (await heard(page)).filter(({ name }) => name === "navigated").map(({ path }) => path);

/** What the page was warned of. */
export const warnings = async (page: Page) => (await heard(page)).filter(({ name }) => name === "warning").map(({ code }) => code);

/** The portal in the page. */
export const inside = (page: Page): FrameLocator => page.frameLocator("customer-portal iframe");

/** The same as a frame that a journey looks into. */
export const portalFrame = (page: Page, server: { origin: string }): Frame => {
  const frame = page.frame({ url: (url) => url.origin === server.origin });
  if (!frame) throw new Error("the portal's frame is not there");
  return frame;
};

/** Says something to the portal as the page does, by an attribute. */
export const setAttribute = (page: Page, name: string, value: string) =>
  page.evaluate(([name, value]) => document.querySelector("customer-portal")?.setAttribute(name ?? "", value ?? ""), [name, value]);

/** Somebody else is signed in at the page now. */
export const switchTo = async (page: Page, host: Host, customer: string | null) => {
  host.customer = customer;
  await page.evaluate(() => (document.querySelector("customer-portal") as unknown as { identityChanged: () => void }).identityChanged());
};

/** A browser that gives no cookie to the frames of other sites. Firefox denies them every storage along with it. */
export const withoutThirdPartyCookies = () => {
  type Given = { browserName: string };
  type Use = (options: LaunchOptions) => Promise<void>;
  return async ({ browserName }: Given, use: Use) => {
    if (browserName === "firefox") {
      return use({ executablePath: firefox(), firefoxUserPrefs: { "network.cookie.cookieBehavior": 1, "fission.webContentIsolationStrategy": 0, "fission.autostart": false } });
    }
    const { args, ...rest } = chromium();
    return use({ ...rest, args: [...args, "--test-third-party-cookie-phaseout"] });
  };
};

/** Browsers may keep nothing for a frame of another site: there every storage throws. */
export const denyStorage = (context: BrowserContext, server: Server) =>
  context.addInitScript((portal) => {
    if (location.origin !== portal || parent === window) return;
    for (const name of ["localStorage", "sessionStorage", "indexedDB", "caches"]) {
      const get = () => {
        throw new DOMException("denied", "SecurityError");
      };
      Object.defineProperty(window, name, { configurable: true, get });
    }
  }, server.origin);

/** What axe finds within the frame, which is of another origin than the page. */
export const axeInside = (page: Page, server: { origin: string }, where: string) => expectAccessible(portalFrame(page, server), where);

/** Opens the page with these attributes, and waits until the portal in it shows its screen. */
export const openHost = async (page: Page, host: Host, attributes: Record<string, string> = {}) => {
  await page.goto(`${host.origin}/?${new URLSearchParams(attributes)}`);
  await expect(inside(page).getByRole("heading", { level: 1 })).toBeVisible();
};

/** Journeys with a page of the company's around the portal, on a server that knows it. */
export const embedded = test.extend<object, { host: Host; server: Server }>({
  host: [
    async ({}, use) => {
      const host = await Host.start();
      await use(host);
      await host.stop();
    },
    { scope: "worker" },
  ],
  server: [
    async ({ host }, use) => {
      const folder = await mkdtemp(join(tmpdir(), "portal-framed-"));
      const portal = await portalListing(folder, host.origin);
      const server = await Server.start({ portal, env: await host.settings(folder) });
      host.portal = server.origin;
      await use(server);
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
    { scope: "worker", timeout: 90_000 },
  ],
});

/** The built portal with this origin among those that may show it. */
const portalListing = async (folder: string, parent: string): Promise<string> => {
  const portal = join(folder, "portal");
  await cp(dist(), portal, { recursive: true });
  const config = JSON.parse(await readFile(join(portal, "config.json"), "utf8")) as object;
  await writeFile(join(portal, "config.json"), JSON.stringify({ ...config, frame_parents: [parent] }));
  for (const packed of ["br", "gz"]) await rm(join(portal, `config.json.${packed}`), { force: true });
  return portal;
};
