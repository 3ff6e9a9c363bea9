// What the history tells, and changes that somebody else makes.
import { type BrowserContext, type Page, expect } from "@playwright/test";

import { change, preferencesOf } from "./preferences";
import type { Server } from "./server";

export type QuietHours = {
  enabled: boolean;
  time_zone?: string;
  windows: { days: string[]; start: string; end: string }[];
  channels: string[];
  outside: string;
  next?: { starts_at: string; ends_at: string };
};

/** The quiet hours as the API has them. */
export const quietOf = async (context: BrowserContext, server: Server) => (await preferencesOf(context, server)).quiet_hours as QuietHours;

/** Nights of the whole week in this zone, held, for every channel. */
export const nights = async (context: BrowserContext, server: Server, time_zone = "Europe/Lisbon") => {
  const windows = [{ days: ["mon", "tue", "wed", "thu", "fri", "sat", "sun"], start: "22:00", end: "07:00" }];
  await change(context, server, { quiet_hours: { enabled: true, time_zone, windows, channels: [], outside: "hold" } });
};

/** A person of the company changes the preferences of the customer. */
export const companyChanges = async (server: Server, customer: string, by: string, patch: object) => {
  const answer = await fetch(`${server.origin}/dev/preferences`, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-Portal-CSRF": "1", Origin: server.origin },
    body: JSON.stringify({ customer, by, patch }),
  });
  expect(answer.ok, await answer.text()).toBe(true);
};

/** Opens the screen of quiet times. */
export const openQuietTimes = async (page: Page) => {
  await page.goto("/preferences/quiet-hours");
  await expect(page.locator(".week")).toBeVisible();
};

/** Opens the history and waits for its first entry. */
export const openHistory = async (page: Page) => {
  await page.goto("/preferences/history");
  await expect(page.locator(".item").first()).toBeVisible();
};

/** Asks for earlier changes until the first of all stands there: how many there are depends on the journeys before. */
export const toTheOldest = async (page: Page) => {
  const oldest = page.getByText("Taken over from another system").first();
  const more = page.getByRole("button", { name: "Show earlier changes" });
  await expect(async () => {
    if ((await oldest.isHidden()) && (await more.isVisible())) await more.click();
    await expect(oldest).toBeVisible({ timeout: 2_000 });
  }).toPass();
};

/** How far the page goes beyond the edge, in pixels. */
export const overflow = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
