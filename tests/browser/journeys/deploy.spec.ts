// A new version is put in place while a page stands open.
import { cp, copyFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { Page } from "@playwright/test";

import { maya } from "../support/customers";
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

test("a deploy is offered when the reader comes back, takes nothing away, and is loaded when it is asked for", async ({ page, context, axe }) => {
  const portal = await mkdtemp(join(tmpdir(), "portal-deployed-"));
  await cp(dist(), portal, { recursive: true });
  const server = await Server.start({ portal });
  try {
    await signInByApi(context, server, maya);
    const { items } = (await (await context.request.get(`${server.origin}/v1/interactions?limit=100`)).json()) as { items: { id: string; subject: string }[] };
    const open = items.find((one) => one.subject === "Invoice by email again, please");
    await page.goto(`${server.origin}/interactions/${open?.id}`);
    const answer = page.getByRole("textbox", { name: "Your answer" });
    await answer.fill("Half a sentence");
    await expect(page.getByText("Draft kept on this device.")).toBeVisible();
    const offer = page.getByText("There is a new version of this page.");

    const looked = page.waitForResponse(`${server.origin}/`);
    await comeBack(page);
    await looked;
    await expect(offer).toHaveCount(0);

    const next = await deploy(portal);
    await comeBack(page);
    await expect(offer).toBeVisible();
    await expect(answer).toHaveValue("Half a sentence");
    await axe(page);
    const loaded = page.waitForResponse(server.origin + next);
    await page.getByRole("button", { name: "Reload" }).click();
    await loaded;
    await expect(answer).toHaveValue("Half a sentence");
    await expect(offer).toHaveCount(0);
  } finally {
    await server.stop();
    await rm(portal, { recursive: true, force: true });
  }
});
