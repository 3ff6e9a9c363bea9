// Guides: going through one as a customer does, and what the API knows of it afterwards.
import { execFile } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

import { type Locator, type Page, expect } from "@playwright/test";

import { type Server, program } from "./server";

const run = promisify(execFile);

/** The heading of the question or the outcome. */
export const step = (page: Page, name: string | RegExp): Locator => page.getByRole("heading", { level: 2, name });

/** Answers the question that stands there, and waits for what comes next. */
export const answer = async (page: Page, label: string, next: string | RegExp) => {
  await page.getByRole("button", { name: label, exact: true }).click();
  await expect(step(page, next)).toBeVisible();
};

/** Opens a guide, wherever in it, in this language. */
export const open = async (page: Page, address: string, title: string, locale = "en") => {
  await page.addInitScript((tag) => localStorage.setItem("portal.locale", tag), locale);
  await page.goto(`/guides/${address}`);
  await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
};

/** What customers said about outcomes, as the company reads it. */
export const report = async (server: Server): Promise<string> => {
  const { stdout } = await run(program(), ["guides", "report", "--words", "5", "--database", join(server.data, "portal.sqlite")]);
  return stdout;
};

/** A folder with one guide of so many nodes: two answers a question. */
export const bigGuide = async (folder: string, nodes: number): Promise<string> => {
  const lines = ['id = "big"', 'start = "n0"', '[text.en]\ntitle = "A big guide"\ndescription = "Five hundred nodes."'];
  for (let at = 0; at < nodes; at += 1) {
    const below = [2 * at + 1, 2 * at + 2].filter((next) => next < nodes);
    lines.push("[[node]]", `id = "n${at}"`, `text.en.text = "Node ${at}"`);
    if (below.length === 0) lines.push('outcome = "answer"');
    for (const next of below) lines.push("[[node.answer]]", `id = "a${next}"`, `next = "n${next}"`, `label.en = "To ${next}"`);
  }
  const guides = join(folder, "guides");
  await mkdir(guides, { recursive: true });
  await writeFile(join(guides, "big.toml"), lines.join("\n"));
  return guides;
};
