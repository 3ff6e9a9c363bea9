// What the company tells by itself, and what the API knows of it.
import { type APIRequestContext, type BrowserContext, type Locator, type Page, expect } from "@playwright/test";

import type { Server } from "./server";

type Words = { title: string; text: string; answers?: Record<string, string>; link?: string };

export type Told = {
  key: string;
  kind?: string;
  severity?: string;
  topic?: string;
  customers: string[];
  interaction?: string;
  text: Record<string, Words>;
  answer?: { id: string; goes_on?: boolean }[];
};

export type Notice = {
  id: string;
  title: string;
  answered: { answer: string } | null;
  dismissed_at: string | null;
  snoozed_until: string | null;
};

const HOUR = 3_600_000;

const dev = async (server: Server, path: string, body: object) => {
  const answer = await fetch(`${server.origin}${path}`, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-Portal-CSRF": "1", Origin: server.origin },
    body: JSON.stringify(body),
  });
  expect(answer.ok, await answer.text()).toBe(true);
};

/** The company tells something; open pages hear of it. */
export const tell = (server: Server, told: Told) =>
  dev(server, "/dev/notices", {
    kind: "information",
    severity: "high",
    topic: "outages",
    since: new Date(Date.now() - HOUR).toISOString(),
    until: new Date(Date.now() + 240 * HOUR).toISOString(),
    ...told,
  });

/** The company ends it. */
export const end = (server: Server, key: string) => dev(server, "/dev/notices/end", { key });

/** The notices of a shelf, of the customer whose cookie the context has. */
export const noticesOf = async (context: BrowserContext | { request: APIRequestContext }, server: Server, state = "current"): Promise<Notice[]> => {
  const answer = await context.request.get(`${server.origin}/v1/notices?limit=100&state=${state}`);
  expect(answer.ok(), await answer.text()).toBe(true);
  return ((await answer.json()) as { items: Notice[] }).items;
};

/** A notice on the screen, by its title. */
export const notice = (page: Page, title: string): Locator =>
  page.getByRole("listitem").filter({ has: page.getByRole("heading", { level: 3, name: title, exact: true }) });

/** Unfolds a notice of which the title alone is seen. */
export const unfold = (notice: Locator) => notice.locator("summary").click();
