// The package behind nginx and behind Caddy, below a path: as docs/deploying says it, with the API beside it and with the API elsewhere.
import { mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

import type { Page } from "@playwright/test";

import { conversation, maya, messagesOf } from "../support/customers";
import { footerLink, takes } from "../support/footer-link";
import { newestMail, nextCode } from "../support/outbox";
import { Server } from "../support/server";
import { expect, signInByApi, test } from "../support/test";
import { type Kind, WebServer, freePort, joined, missing, unpacked } from "../support/web-server";

// The portal of these journeys is another server's than the worker's own, which the guard takes for somebody else.
test.use({ guarded: false });

const SUBJECT = "Invoice by email again, please";
const PARENT = "https://www.company.example";

/** A package that is served, and the API behind it. */
type Deployed = { web: WebServer; api: Server; folder: string; site: string; stop: () => Promise<void> };

const deployed = async (kind: Kind, isElsewhere: boolean): Promise<Deployed> => {
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const folder = await mkdtemp(join(tmpdir(), "portal-package-"));
  const elsewhere = isElsewhere ? { PORTAL_API_ALLOWED_ORIGINS: origin } : {};
  const api = await Server.start({ portal: null, env: { PORTAL_API_PUBLIC_URL: `${origin}/portal`, ...elsewhere } });
  const options = ["--prefix", "/portal/", "--frame-parent", PARENT, ...(isElsewhere ? ["--api", api.origin] : [])];
  const files = await unpacked(folder, options);
  const web = await WebServer.start(kind, port, files, api.origin);
  const stop = async () => {
    await web.stop();
    await api.stop();
    await rm(folder, { recursive: true, force: true });
  };
  return { web, api, folder: files, site: join(files, "site/portal"), stop };
};

const policy = (home: string, ancestors: string) =>
  `default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src ${home}; ` +
  `frame-src ${home}; manifest-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors ${ancestors}; ` +
  "require-trusted-types-for 'script'; trusted-types 'none'";

/** What an address answers, as it is sent. */
const asked = (address: string, headers: Record<string, string> = {}) => fetch(address, { redirect: "manual", headers });

const greeting = (page: Page) => page.getByRole("heading", { level: 1, name: /^Hello/ });

const signIn = async (page: Page, api: Server, address: string) => {
  const known = await newestMail(api, address);
  await page.getByLabel("Email address").fill(address);
  await page.getByRole("button", { name: "Send me a code" }).click();
  const code = page.getByLabel("Code", { exact: true });
  await expect(code).toBeVisible();
  await code.fill(await nextCode(api, address, known));
  await page.getByRole("button", { name: "Sign in" }).click();
};

for (const kind of ["nginx", "caddy"] as const) {
  test.describe(`${kind}, the API beside the portal`, () => {
    test.skip(missing(kind) !== undefined, missing(kind));

    let it: Deployed;
    test.beforeAll(async () => {
      it = await deployed(kind, false);
    });
    test.afterAll(async () => it?.stop());

    test(`${kind}: a customer signs in below the path, and every link stays below it`, async ({ page }) => {
      const { web, api } = it;
      const beside: string[] = [];
      page.on("request", (request) => {
        const { origin, pathname } = new URL(request.url());
        if (origin !== web.origin || !/^\/(portal|v1)\//.test(pathname)) beside.push(request.url());
      });
      await page.goto(`${web.origin}/portal/sign-in?next=%2Finteractions`);
      await signIn(page, api, maya);
      await expect(page).toHaveURL(`${web.origin}/portal/interactions`);
      await expect(page.getByRole("heading", { level: 1, name: "Interactions" })).toBeVisible();
      await page.getByRole("link", { name: SUBJECT }).first().click();
      await expect(page).toHaveURL(/\/portal\/interactions\/[^/]+$/);
      await expect(page.getByRole("heading", { level: 1, name: SUBJECT })).toBeVisible();
      await page.goBack();
      await expect(page).toHaveURL(`${web.origin}/portal/interactions`);
      await page.getByRole("navigation", { name: "Places" }).getByRole("link", { name: "Overview" }).click();
      await expect(page).toHaveURL(`${web.origin}/portal/`);
      await expect(greeting(page)).toBeVisible();
      const links = page.locator("a[href^='/']");
      await expect(links.first()).toBeVisible();
      await expect(page.locator("a[href^='/']:not([href^='/portal/']):not([href^='/v1/'])")).toHaveCount(0);
      expect(beside, "asked for beside the portal and the API").toEqual([]);
    });

    test(`${kind}: a conversation opens by its own address and after a reload, and takes an answer`, async ({ page, context }) => {
      const { web, api } = it;
      await signInByApi(context, api, maya);
      const { id } = await conversation(context, api, SUBJECT);
      await page.goto(`${web.origin}/portal/interactions/${id}`);
      await expect(page.getByRole("heading", { level: 1, name: SUBJECT })).toBeVisible();
      await page.reload();
      await expect(page.getByRole("article").first()).toBeVisible();
      const words = `Sent through ${kind}.`;
      await page.getByRole("textbox", { name: "Your answer" }).fill(words);
      await page.getByRole("button", { name: "Send answer" }).click();
      await expect(page.getByRole("article").filter({ hasText: words })).toHaveCount(1);
      expect((await messagesOf(context, api, id)).filter((message) => message.text === words)).toHaveLength(1);
      await page.goto(`${web.origin}/portal/nowhere`);
      await expect(page.getByRole("main").getByRole("link").first()).toHaveAttribute("href", "/portal/");
    });

    test(`${kind}: a mail's links lead below the path, and to the API beside it`, async ({ page, browser }) => {
      const { web, api } = it;
      await takes(browser, api, maya, "tariff_offers");
      const { mail, path } = await footerLink(api, maya, "tariff_offers");
      expect(mail).toContain(`${web.origin}/portal/p#t=`);
      await page.addInitScript(() => localStorage.setItem("portal.locale", "en"));
      await page.goto(`${web.origin}/portal${path}`);
      await expect(page.getByRole("heading", { level: 1, name: "Less from us" })).toBeVisible();
      await expect(page).toHaveURL(`${web.origin}/portal/p`);
    });

    test(`${kind}: a screen is the index, a file is that file, and what is missing is missing`, async () => {
      const { web } = it;
      for (const screen of ["", "interactions", "interactions/int_0.1~x", "sign-in", "help/"]) {
        const answer = await asked(`${web.origin}/portal/${screen}`);
        expect(answer.status, screen).toBe(200);
        expect(answer.headers.get("content-type"), screen).toBe("text/html; charset=utf-8");
        expect(answer.headers.get("cache-control"), screen).toBe("no-cache");
        expect(await answer.text(), screen).toContain('content="/portal/"');
      }
      for (const gone of ["assets/gone-0123456789abcdef.js", "gone.css", "locales/xx.json", "assets/x", "favicon.ico"]) {
        const answer = await asked(`${web.origin}/portal/${gone}`);
        expect(answer.status, gone).toBe(404);
        expect(answer.headers.get("cache-control"), gone).toBe("no-store");
        expect(await answer.text(), gone).not.toContain("<!doctype");
      }
      for (const [from, to] of [
        ["/portal", "/portal/"],
        ["/portal?a=b", kind === "nginx" ? "/portal/?a=b" : "/portal/"],
      ] as const) {
        const folder = await asked(web.origin + from);
        expect(folder.status, from).toBe(308);
        expect(folder.headers.get("location"), from).toBe(to);
      }
    });

    test(`${kind}: every answer has the headers that keep the portal safe`, async () => {
      const { web } = it;
      const unframed = ["sign-in", "sign-in/", "p", "people", "track"];
      for (const path of ["", "interactions", "config.json", "icons.svg", "gone.css", "index.html", ...unframed]) {
        const { headers } = await asked(`${web.origin}/portal/${path}`);
        const isFramed = !unframed.includes(path);
        expect(headers.get("content-security-policy"), path).toBe(policy("'self'", isFramed ? PARENT : "'none'"));
        expect(headers.get("x-frame-options"), path).toBe(isFramed ? null : "DENY");
        expect(headers.get("x-content-type-options"), path).toBe("nosniff");
        expect(headers.get("referrer-policy"), path).toBe("no-referrer");
        expect(headers.get("permissions-policy"), path).toContain("camera=()");
        expect(headers.get("cross-origin-opener-policy"), path).toBe("same-origin");
        expect(headers.get("cross-origin-resource-policy"), path).toBe("same-origin");
        expect(headers.get("strict-transport-security"), path).toBe("max-age=31536000");
      }
      const loader = await asked(`${web.origin}/portal/embed.js`);
      expect(loader.status).toBe(200);
      expect(loader.headers.get("cross-origin-resource-policy")).toBe("cross-origin");
      expect(loader.headers.get("access-control-allow-origin")).toBe("*");
      expect(loader.headers.get("cache-control")).toBe("no-cache");
    });

    test(`${kind}: files are sent compressed, kept by their names, and not sent twice`, async () => {
      const { web, site } = it;
      const assets = await readdir(join(site, "assets"));
      const named = (start: string, ending: string) => assets.find((name) => name.startsWith(start) && name.endsWith(ending)) ?? "";
      const media = new Map([
        [`assets/${named("portal-", ".wasm")}`, "application/wasm"],
        [`assets/${named("part-", ".wasm")}`, "application/wasm"],
        [`assets/${named("screen-", ".bin")}`, "application/octet-stream"],
        [`assets/${named("boot-", ".js")}`, "text/javascript; charset=utf-8"],
        [`assets/${named("main-", ".css")}`, "text/css; charset=utf-8"],
        [`assets/${named("en-first-", ".json")}`, "application/json; charset=utf-8"],
        ["manifest.webmanifest", "application/manifest+json"],
        ["theme.css", "text/css; charset=utf-8"],
        ["icons.svg", "image/svg+xml"],
      ]);
      for (const [name, type] of media) {
        const address = `${web.origin}/portal/${name}`;
        const kept = name.startsWith("assets/") ? "public, max-age=31536000, immutable" : "no-cache";
        for (const coding of ["br", "gzip"]) {
          const answer = await asked(address, { "accept-encoding": coding });
          expect(answer.status, name).toBe(200);
          expect(answer.headers.get("content-encoding"), name).toBe(coding);
          expect(answer.headers.get("content-type"), name).toBe(type);
          expect(answer.headers.get("cache-control"), name).toBe(kept);
          expect(answer.headers.get("vary")?.toLowerCase(), name).toBe("accept-encoding");
          expect(Buffer.compare(Buffer.from(await answer.arrayBuffer()), await readFile(join(site, name))), name).toBe(0);
          const etag = answer.headers.get("etag") ?? "";
          const again = await asked(address, { "accept-encoding": coding, "if-none-match": etag });
          expect(again.status, `${name}, which is known`).toBe(304);
        }
        const plain = await asked(address, { "accept-encoding": "identity" });
        expect(plain.headers.get("content-encoding"), name).toBeNull();
      }
      const drawing = await asked(`${web.origin}/portal/icons.svg?0123abcd`);
      expect(drawing.headers.get("cache-control")).toBe("public, max-age=604800");
    });

    test(`${kind}: another name in config.json is another name in the portal, without a build`, async ({ page }) => {
      const { web, site } = it;
      const path = join(site, "config.json");
      const before = await readFile(path, "utf8");
      const config = { ...(JSON.parse(before) as object), name: "Nordlicht Strom" };
      for (const twin of [".br", ".gz"]) await rm(path + twin, { force: true });
      await writeFile(path, JSON.stringify(config));
      await page.goto(`${web.origin}/portal/help`);
      await expect(page.getByRole("banner").getByText("Nordlicht Strom")).toBeVisible();
      await expect(page.getByRole("banner").locator("img")).toHaveJSProperty("complete", true);
      await expect(page.getByRole("banner").locator("img")).not.toHaveJSProperty("naturalWidth", 0);
      await writeFile(path, before);
    });
  });

  test.describe(`${kind}, the API on another origin`, () => {
    test.skip(missing(kind) !== undefined, missing(kind));

    let it: Deployed;
    test.beforeAll(async () => {
      it = await deployed(kind, true);
    });
    test.afterAll(async () => it?.stop());

    test(`${kind}: with the API elsewhere a customer signs in, reads and writes there`, async ({ page, context }) => {
      const { web, api } = it;
      const api_paths: string[] = [];
      page.on("request", (request) => {
        const { origin, pathname } = new URL(request.url());
        if (pathname.startsWith("/v1/") && origin !== api.origin) api_paths.push(request.url());
      });
      const refused: string[] = [];
      page.on("console", (message) => {
        if (/Content.Security.Policy|CORS/i.test(message.text())) refused.push(message.text());
      });
      await page.goto(`${web.origin}/portal/`);
      await signIn(page, api, maya);
      await expect(greeting(page)).toBeVisible();
      const { id } = await conversation(context, api, SUBJECT);
      await page.goto(`${web.origin}/portal/interactions/${id}`);
      await expect(page.getByRole("article").first()).toBeVisible();
      await page.reload();
      const words = `Sent past ${kind}.`;
      await page.getByRole("textbox", { name: "Your answer" }).fill(words);
      await page.getByRole("button", { name: "Send answer" }).click();
      await expect(page.getByRole("article").filter({ hasText: words })).toHaveCount(1);
      expect((await messagesOf(context, api, id)).filter((message) => message.text === words)).toHaveLength(1);
      expect(api_paths, "asked of the portal's origin").toEqual([]);
      expect(refused, "refused by the browser").toEqual([]);
    });

    test(`${kind}: the policy names the API's origin, and the page says it before the program is there`, async () => {
      const { web, api } = it;
      const answer = await asked(`${web.origin}/portal/help`);
      expect(answer.headers.get("content-security-policy")).toBe(policy(`'self' ${api.origin}`, PARENT));
      expect(await answer.text()).toContain(`<meta name="portal-api" content="${api.origin}" />`);
    });
  });
}

for (const kind of ["nginx", "caddy"] as const) {
  test.describe(`${kind}, two brands`, () => {
    test.skip(missing(kind) !== undefined, missing(kind));

    test(`${kind}: two brands stand below two paths of one origin, each with its name, its look and its words`, async ({ page }, info) => {
      const port = await freePort();
      const brands = resolve(info.project.testDir, "../../fixtures/brands");
      const folders = [await mkdtemp(join(tmpdir(), "portal-brand-")), await mkdtemp(join(tmpdir(), "portal-brand-"))] as const;
      const pack = (into: string, name: string) => unpacked(into, ["--prefix", `/${name}/`, "--brand", join(brands, name)]);
      const files = await pack(folders[0], "alderquay");
      await joined(files, await pack(folders[1], "tideway"));
      const api = await Server.start({ portal: null, env: { PORTAL_API_PUBLIC_URL: `http://127.0.0.1:${port}/alderquay` } });
      const web = await WebServer.start(kind, port, files, api.origin);
      try {
        const ground = () => page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue("--brand-source"));
        await page.goto(`${web.origin}/alderquay/interactions`);
        await expect(page).toHaveTitle("Sign in – Alderquay & Søn");
        const first = await ground();
        await page.goto(`${web.origin}/tideway/interactions`);
        await expect(page).toHaveTitle("Anmelden – Tideway");
        await expect.poll(ground).not.toBe(first);
        await expect(page.getByRole("link", { name: "Datenschutz" })).toHaveCount(0);
        await page.goto(`${web.origin}/alderquay/`);
        await signIn(page, api, maya);
        await expect(page.getByRole("heading", { level: 1, name: /^Good to see you, / })).toBeVisible();
      } finally {
        // What a page waits for keeps a server from ending.
        await page.goto("about:blank");
        await web.stop();
        await api.stop();
        for (const folder of folders) await rm(folder, { recursive: true, force: true });
      }
    });
  });
}
