// What a company brings along: real complaints, imported and read in the browser.
import { execFile } from "node:child_process";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import { overflow } from "../support/history";
import { program } from "../support/server";
import { expect, test } from "../support/test";

const repository = resolve(dirname(fileURLToPath(import.meta.url)), "../../..");
const slice = join(repository, "tests/fixtures/import/consumer-complaints-slice.csv");
const map = join(repository, "crates/reference-api/maps/consumer-complaints.toml");

/** The customer that the map makes of the complaint with the longest narrative. */
const writer = "customer-75605-tx@example.com";
const SUBJECT = "Credit reporting, credit repair services, or other personal consumer reports: Improper use of your report";

test("a narrative of 4,837 characters is found by a word of it and read to its end", async ({ page, server, signIn, axe }) => {
  const places = ["--database", join(server.data, "portal.sqlite"), "--attachments", join(server.data, "attachments")];
  await promisify(execFile)(program(), ["import", slice, "--map", map, ...places]);
  await signIn(writer);
  await page.goto("/interactions?q=unverifiable");
  const row = page.getByRole("main").getByRole("listitem").getByRole("link");
  await expect(row.locator("mark")).toHaveText("unverifiable");
  await axe(page);
  await row.click();
  await expect(page.getByRole("heading", { level: 1, name: SUBJECT })).toBeFocused();
  const narrative = page.getByRole("article").first().locator(".letter__text");
  await expect(narrative).toContainText(/^To whom it may concern ;/);
  await expect.poll(async () => (await narrative.textContent())?.length).toBe(4_837);
  await expect.poll(() => overflow(page)).toBe(0);
  await axe(page);
});
