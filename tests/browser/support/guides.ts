// Guides: going through one as a customer does, and what the API knows of it afterwards.
import { execFile } from "node:child_process";
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
