// The preference centre as the API knows it, and its screen.
import { type BrowserContext, type Page, expect } from "@playwright/test";

import type { Server } from "./server";

type Choice = { enabled: boolean; frequency?: string; contact_point_id?: string; locked: boolean; locked_reason?: string };

export type Preferences = {
  etag: string;
  global_opt_out: boolean;
  paused_until?: string;
  topics: Record<string, Record<string, Choice>>;
  quiet_hours: unknown;
};

/** The document of the customer whose cookie the context has. */
export const preferencesOf = async (context: BrowserContext, server: Server): Promise<Preferences> => {
  const answer = await context.request.get(`${server.origin}/v1/preferences`);
  expect(answer.ok(), await answer.text()).toBe(true);
  return (await answer.json()) as Preferences;
};

/** Changes the document from elsewhere: another device of the same customer. */
export const change = async (context: BrowserContext, server: Server, patch: object) => {
  const { etag } = await preferencesOf(context, server);
  const headers = {
    "Content-Type": "application/merge-patch+json",
    "If-Match": `"${etag.replaceAll('"', "")}"`,
    "Idempotency-Key": crypto.randomUUID(),
    "X-Portal-CSRF": "1",
    Origin: server.origin,
  };
  const answer = await context.request.patch(`${server.origin}/v1/preferences`, { headers, data: JSON.stringify(patch) });
  expect(answer.ok(), await answer.text()).toBe(true);
};

/** What of the document the customer chose: without versions, moments and what the server works out. */
export const chosen = ({ global_opt_out, paused_until, topics, quiet_hours }: Preferences) => {
  const cells = Object.entries(topics).flatMap(([topic, channels]) =>
    Object.entries(channels).map(([channel, { enabled, frequency, contact_point_id }]) => [topic, channel, enabled, frequency, contact_point_id]),
  );
  const { next: _, ...quiet } = quiet_hours as { next?: unknown };
  return { global_opt_out, paused_until, cells, quiet };
};

/** How many changes the history tells of, to its end: other journeys on the same server change things too. */
export const changesOf = async (context: BrowserContext, server: Server): Promise<number> => {
  let count = 0;
  let cursor: string | null | undefined;
  do {
    const further = cursor ? `&cursor=${encodeURIComponent(cursor)}` : "";
    const answer = await context.request.get(`${server.origin}/v1/preferences/history?limit=100${further}`);
    const page = (await answer.json()) as { items: unknown[]; next_cursor?: string | null };
    count += page.items.length;
    cursor = page.next_cursor;
  } while (cursor);
  return count;
};

/** Opens the screen and waits for the matrix. */
export const openPreferences = async (page: Page, path = "/preferences") => {
  await page.goto(path);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(page.locator(path === "/preferences" ? ".matrix" : ".acts .act").first()).toBeVisible();
};

/** The switch of a cell, by its full name: "A new bill by email". */
export const cell = (page: Pick<Page, "getByRole">, name: string) => page.getByRole("switch", { name, exact: true });

/** Waits until everything that was said holds. */
export const saved = async (page: Page) => {
  await expect(page.getByText(/Saved at \d/)).toBeVisible();
};
