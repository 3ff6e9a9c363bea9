// Data requests as the API knows them, and what the company does with them.
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";

import { type BrowserContext, type Locator, type Page, expect } from "@playwright/test";

import { newestMail, nextCode } from "./outbox";
import { type Server, program } from "./server";

export type DataRequest = {
  id: string;
  reference: string;
  kind: string;
  state: string;
  scope: { kind: string; categories: string[]; interaction_ids: string[]; field?: string };
  text?: string;
  artifacts: { id: string; file_name: string; state: string; sha256?: string; size_bytes?: number }[];
  tracking_token?: string;
  allowed_actions: string[];
};

const run = promisify(execFile);

/** What the operator of the company does, by the reference API's own commands. */
export const operator = async (server: Server, ...words: string[]): Promise<string> => {
  const { stdout } = await run(program(), ["requests", ...words, "--database", join(server.data, "portal.sqlite")]);
  return stdout;
};

/** The requests of the customer whose cookie the context has, newest first. */
export const requestsOf = async (context: BrowserContext, server: Server): Promise<DataRequest[]> => {
  const answer = await context.request.get(`${server.origin}/v1/data-requests?limit=100`);
  expect(answer.ok(), await answer.text()).toBe(true);
  return ((await answer.json()) as { items: DataRequest[] }).items;
};

/** Those of one kind that run. */
export const running = async (context: BrowserContext, server: Server, kind: string): Promise<DataRequest[]> => {
  const over = ["completed", "partially_completed", "denied", "cancelled", "expired"];
  return (await requestsOf(context, server)).filter((one) => one.kind === kind && !over.includes(one.state));
};

/** The form of a right. */
export const openForm = async (page: Page, query: string, title: string) => {
  await page.goto(`/data/requests/new?${query}`);
  await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
};

/** The dialog that asks for a fresh proof. */
export const proof = (page: Page): Locator => page.getByRole("dialog", { name: "Confirm that it is you" });

/** Gives the proof that is asked for, with the code of the mail that came after `known`, or that comes now. */
export const prove = async (page: Page, server: Server, email: string, press: () => Promise<void>, known?: string) => {
  known ??= await newestMail(server, email);
  await press();
  const code = page.locator("#proof-code");
  await expect(code).toBeVisible();
  await code.fill(await nextCode(server, email, known));
  await page.locator("#step-up").getByRole("button", { name: "Confirm and go on" }).click();
};

/** The page of one request. */
export const openRequest = async (page: Page, request: DataRequest, title: string) => {
  await page.goto(`/data/requests/${request.id}`);
  await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
};

/** One section of the page. */
export const part = (page: Page, name: string): Locator => page.getByRole("region", { name, exact: true });
