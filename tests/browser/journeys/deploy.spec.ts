// A new version is put in place while a page stands open.
import { copyFile, cp, mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { Page } from "@playwright/test";

import { conversation, maya } from "../support/customers";
import { Server, dist } from "../support/server";
import { expect, signInByApi, test } from "../support/test";

// The portal of these journeys is another server's than the worker's own, which the guard takes for somebody else.
test.use({ guarded: false });

const PROGRAM = /\/assets\/portal-[0-9a-f]+\.wasm/;

/** Puts a version in place whose program has another name; the files of the release before stay. */
const deploy = async (portal: string) => {
  const index = join(portal, "index.html");
  const page = await readFile(index, "utf8");
  const [before = ""] = PROGRAM.exec(page) ?? [];
  const next = "/assets/portal-00000000deadbeef.wasm";
  await copyFile(join(portal, before), join(portal, next));
  for (const twin of [".br", ".gz"]) await rm(index + twin, { force: true });
  await writeFile(index, page.replaceAll(before, next));
  return next;
};

/** The reader was in another tab, and comes back. */
const comeBack = (page: Page) => page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));

/** Signs in at a portal that is a copy of the built one, to be deployed anew. */
const withPortal = async (page: Page, then: (server: Server, portal: string) => Promise<void>) => {
  const portal = await mkdtemp(join(tmpdir(), "portal-deployed-"));
  await cp(dist(), portal, { recursive: true });
  const server = await Server.start({ portal });
  try {
    await signInByApi(page.context(), server, maya);
    await then(server, portal);
  } finally {
    await server.stop();
    await rm(portal, { recursive: true, force: true });
  }
};

const offer = (page: Page) => page.getByText("There is a new version of this page.");

test("a deploy is offered when the reader comes back, takes nothing away, and is loaded when it is asked for", async ({ page, axe }) => {
  await withPortal(page, async (server, portal) => {
    const open = await conversation(page.context(), server, "Invoice by email again, please");
    await page.goto(`${server.origin}/interactions/${open.id}`);
    const answer = page.getByRole("textbox", { name: "Your answer" });
    await answer.fill("Half a sentence");
    await expect(page.getByText("Draft kept in this tab.")).toBeVisible();

    const looked = page.waitForResponse(`${server.origin}/`);
    await comeBack(page);
    await looked;
    await expect(offer(page)).toHaveCount(0);

    const next = await deploy(portal);
    await comeBack(page);
    await expect(offer(page)).toBeVisible();
    await expect(answer).toHaveValue("Half a sentence");
    await axe(page);
    const loaded = page.waitForResponse(server.origin + next);
    await page.getByRole("button", { name: "Reload" }).click();
    await loaded;
    await expect(answer).toHaveValue("Half a sentence");
    await expect(offer(page)).toHaveCount(0);
  });
});

test("a screen whose part a deploy took away says so, and the new version is offered at once", async ({ page, axe }) => {
  await withPortal(page, async (server, portal) => {
    await page.goto(server.origin);
    await expect(page.getByRole("heading", { level: 1, name: /^Hello/ })).toBeVisible();
    await deploy(portal);
    const assets = join(portal, "assets");
    const [, table = ""] = /data-parts='([^']+)'/.exec(await readFile(join(portal, "index.html"), "utf8")) ?? [];
    // A screen's own file, and the numbers of those that it shares with others.
    type Table = { rest: string; screens: Record<string, [string | null, ...number[]]> };
    const named = (digest: string) => digest.slice(0, 16).replace(/\W/g, "-");
    const { all } = JSON.parse(table) as { all: string };
    const told = async (digest: string) => JSON.parse(await readFile(join(assets, `parts-${named(digest)}.json`), "utf8")) as unknown;
    const { rest, screens } = (await told(all)) as Table;
    const files = (await told(rest)) as string[];
    const [together, ...shared] = screens["interactions"] ?? [];
    const [, ...before] = screens["overview"] ?? [];
    const own = shared.filter((file) => !before.includes(file));
    const parts = own.map((file) => `part-${named(files[file] ?? "")}.wasm`);
    if (together) parts.push(`screen-${named(together)}.bin`);
    // Each has its compressed twins beside it.
    const gone = (await readdir(assets)).filter((name) => parts.some((part) => name.startsWith(part)));
    expect(gone.length, "the files of the history").toBeGreaterThanOrEqual(parts.length);
    for (const name of gone) await rm(join(assets, name));
    await page.getByRole("navigation", { name: "Places" }).getByRole("link", { name: "Interactions" }).click();
    await expect(page.getByRole("main").getByRole("button", { name: "Try again" })).toBeVisible();
    await expect(offer(page)).toBeVisible();
    await axe(page);
  });
});
