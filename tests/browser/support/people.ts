// Acting for another, as the API knows it, and the links of its mails.
import { type BrowserContext, type Page, expect } from "@playwright/test";

import { mailTo } from "./outbox";
import type { Server } from "./server";

export type Delegation = { id: string; side: "delegate" | "person"; state: string; name: string | null; address: string; kinds: string[] };

/** Those of the customer whose cookie the context has, newest first. */
export const delegationsOf = async (context: BrowserContext, server: Server): Promise<Delegation[]> => {
  const answer = await context.request.get(`${server.origin}/v1/delegations?limit=100`);
  expect(answer.ok(), await answer.text()).toBe(true);
  return ((await answer.json()) as { items: Delegation[] }).items;
};

const links = async (server: Server, address: string): Promise<string[]> => {
  const found = (await mailTo(server, address)).map((mail) => /\/people#t=[^\s>)]+/.exec(mail.text)?.[0]);
  return found.filter((link) => link !== undefined);
};

/** The links that mails to an address have carried so far. */
export const knownLinks = links;

/** The link of the next mail to an address that has one, after those that are known. */
export const nextLink = async (server: Server, address: string, known: string[]): Promise<string> => {
  const fresh = async () => (await links(server, address)).find((link) => !known.includes(link));
  await expect.poll(fresh, { message: `a link to ${address}` }).toBeTruthy();
  return (await fresh()) ?? "";
};

export type Asked = { role?: RegExp; email: string; kinds: string[]; why?: string };

/** Asks to act for somebody, by the form. */
export const askToAct = async (page: Page, { role = /^At the person/, email, kinds, why }: Asked) => {
  await page.goto("/data/people/new");
  await expect(page.getByRole("heading", { level: 1, name: "Ask to act for somebody" })).toBeVisible();
  await page.getByRole("radio", { name: role }).check();
  await page.getByRole("textbox", { name: "Their email address" }).fill(email);
  for (const kind of kinds) await page.getByRole("checkbox", { name: kind }).check();
  if (why) await page.getByRole("textbox", { name: /^Why/ }).fill(why);
  await page.getByRole("button", { name: "Send the question" }).click();
  await expect(page).toHaveURL(/\/data\/people\/(?!new)[^/?]+$/);
  return page.url().split("/").at(-1) ?? "";
};

/** Opens a link of a mail, in a browser of its own that nobody is signed in to. */
export const openLink = async (page: Page, link: string) => {
  await page.goto("about:blank");
  await page.goto(link);
};

/** The person agrees, by the link of the mail. */
export const agree = async (page: Page, link: string) => {
  await openLink(page, link);
  await page.getByRole("button", { name: "Let them act for me" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "That is done" })).toBeVisible();
};
