// Feedback as the API knows it, and what the company does with it.
import { type BrowserContext, type Locator, type Page, expect } from "@playwright/test";

import { conversation } from "./customers";
import { change } from "./preferences";
import type { Server } from "./server";

type About = { kind: string; interaction_id?: string; label?: string };
export type Request = { id: string; about: About; state: string; feedback_id?: string; questions: { id: string; kind: string; text: string }[] };
export type Entry = {
  id: string;
  kind: string;
  request_id?: string;
  about: About;
  answers: Record<string, unknown>;
  text?: string;
  contact_allowed: boolean;
  status: string;
  unread: boolean;
  etag: string;
};

const headers = (server: Server) => ({ "X-Portal-CSRF": "1", Origin: server.origin });

const read = async <T>(context: BrowserContext, server: Server, path: string): Promise<T> => {
  const answer = await context.request.get(`${server.origin}/v1${path}`);
  expect(answer.ok(), await answer.text()).toBe(true);
  return (await answer.json()) as T;
};

/** What the company asks the customer whose cookie the context has. */
export const requestsOf = async (context: BrowserContext, server: Server): Promise<Request[]> =>
  (await read<{ items: Request[] }>(context, server, "/feedback-requests?limit=100")).items;

/** What the customer said. */
export const saidBy = async (context: BrowserContext, server: Server): Promise<Entry[]> =>
  (await read<{ items: Entry[] }>(context, server, "/feedback?limit=100")).items;

/** One piece of it. */
export const entryOf = async (context: BrowserContext, server: Server, id: string): Promise<Entry> =>
  read<Entry>(context, server, `/feedback/${id}`);

/** Another tab or device of the same customer says something unasked. */
export const sayElsewhere = async (context: BrowserContext, server: Server, kind: string, text: string): Promise<Entry> => {
  const answer = await context.request.post(`${server.origin}/v1/feedback`, {
    headers: { ...headers(server), "Idempotency-Key": crypto.randomUUID() },
    data: { kind, text, contact_allowed: false },
  });
  expect(answer.ok(), await answer.text()).toBe(true);
  return (await answer.json()) as Entry;
};

/** Another tab changes it. */
export const changeElsewhere = async (context: BrowserContext, server: Server, id: string, changes: object) => {
  const { etag } = await entryOf(context, server, id);
  const answer = await context.request.patch(`${server.origin}/v1/feedback/${id}`, {
    headers: { ...headers(server), "Idempotency-Key": crypto.randomUUID(), "If-Match": `"${etag.replaceAll('"', "")}"` },
    data: changes,
  });
  expect(answer.ok(), await answer.text()).toBe(true);
};

/** Opens the ledger. */
export const openLedger = async (page: Page, title = "Your feedback") => {
  await page.goto("/feedback");
  await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
};

/** Opens a request and waits for its questions. */
export const openRequest = async (page: Page, id: string) => {
  await page.goto(`/feedback/requests/${id}`);
  await expect(page.getByRole("radiogroup").first()).toBeVisible();
};

/** The group of a question. */
export const question = (page: Page, name: string | RegExp): Locator => page.getByRole("radiogroup", { name });

/** One point of a scale, by how it is read: "3 of 5". */
export const point = (page: Page, of: string | RegExp, name: string | RegExp): Locator => question(page, of).getByRole("radio", { name });

/** The company acts: asks, answers, says how far it has come, improves something. */
export const companyActs = async (server: Server, act: { act: string } & Record<string, unknown>): Promise<{ request_id?: string; improvement_id?: string }> => {
  const answer = await fetch(`${server.origin}/dev/feedback`, {
    method: "POST",
    headers: { "Content-Type": "application/json", ...headers(server) },
    body: JSON.stringify(act),
  });
  expect(answer.ok, await answer.clone().text()).toBe(true);
  return (await answer.json()) as { request_id?: string; improvement_id?: string };
};

/** The company asks how this conversation of the customer went, who lets herself be asked; the request. */
export const askAbout = async (context: BrowserContext, server: Server, subject: string): Promise<string> => {
  await change(context, server, { survey_snooze_until: null });
  const { id } = await conversation(context, server, subject);
  const { request_id } = await companyActs(server, { act: "request", interaction_id: id });
  if (!request_id) throw new Error(`nothing was asked about "${subject}"`);
  return request_id;
};
