// Getting in touch: a company whose people are at work, and what the API knows of ways, conversations and calls.
import { type BrowserContext, type Locator, type Page, expect } from "@playwright/test";

import { Server } from "./server";
import { test as base } from "./test";

/** Days on which the demonstration's company keeps other hours, month and day. */
const OTHER_HOURS = /^(12-2[3-9]|12-3|01-0|05-01|10-03)/;

/** Summer time, in one of the zones of the journeys at least: what it is in Tokyo when Berlin closes is another hour then. */
const SUMMER_TIME = /^(03-0[89]|03-[123]|0[4-9]|10|11-0[1-8])/;

/** The week that a screen tells from this moment on has nothing but the usual hours, and the distances between zones that they have in winter. */
const usualWeek = (from: Date): boolean =>
  [0, 1, 2, 3, 4, 5, 6].every((days) => {
    const day = new Date(from.getTime() + days * 86_400_000).toISOString().slice(5, 10);
    return !OTHER_HOURS.test(day) && !SUMMER_TIME.test(day);
  });

/** How many seconds it is until a Wednesday of a winter at ten in Greenwich: the office is open, in Berlin and in Lisbon. */
const untilOfficeHours = (): number => {
  const now = new Date();
  const at = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate(), 10));
  do at.setUTCDate(at.getUTCDate() + 1);
  while (at.getUTCDay() !== 3 || !usualWeek(at));
  return Math.round((at.getTime() - now.getTime()) / 1000);
};

/**
 * The page's clock is so many milliseconds ahead, and goes on. Only the clock: the timers stay the browser's own, because faked ones
 * have numbers that no browser gives.
 */
export const goAhead = (page: Page, ms: number) =>
  page.addInitScript((ms) => {
    const Real = Date;
    const shown = { ahead: ms };
    class Ahead extends Real {
      constructor(...parts: []) {
        super(...((parts.length ? parts : [Real.now() + shown.ahead]) as []));
      }
      static override now() {
        return Real.now() + shown.ahead;
      }
    }
    Object.assign(globalThis, { Date: Ahead, shownClock: shown });
  }, ms);

/** Time passes on the page's clock, and on the server's. */
export const pass = async (page: Page, server: Server, minutes: number) => {
  await server.moveClock(minutes * 60);
  await page.evaluate((ms) => {
    (globalThis as unknown as { shownClock: { ahead: number } }).shownClock.ahead += ms;
  }, minutes * 60_000);
};

/** Journeys with a server of their own, on whose clock, and on whose visitors', it is a Wednesday at ten. */
export const test = base.extend<{ page: Page }, { server: Server; ahead: number }>({
  ahead: [async ({}, use) => use(untilOfficeHours()), { scope: "worker" }],
  server: [
    async ({ ahead }, use) => {
      const server = await Server.start();
      await server.moveClock(ahead);
      await use(server);
      await server.stop();
    },
    { scope: "worker", timeout: 90_000 },
  ],
  page: async ({ page, ahead }, use) => {
    await goAhead(page, ahead * 1000);
    await use(page);
  },
});

export { expect };

type Way = { id: string; kind: string; label: string; open_now: boolean; reasons: string[]; address?: { value: string; uri?: string } };
type Found = { id: string; subject: string; status: string; started_at: string };
export type Call = { state: string; starts_at: string; ends_at: string; time_zone: string; number: string; sequence: number };
export type Slot = { starts_at: string; ends_at: string; left: number };

/** What no call is planned in any more. */
const DONE = ["resolved", "closed", "cancelled"];

type Planned = { callback?: Call; allowed_actions: string[] };

/** Whether its call can still be called off: it has not begun. */
const isToCome = (one: Planned) => one.allowed_actions.includes("cancel_callback");

const read = async <T>(context: BrowserContext, server: Server, path: string): Promise<T> => {
  const answer = await context.request.get(`${server.origin}/v1${path}`, { headers: { "Accept-Language": "en" } });
  expect(answer.ok(), `${path} answered ${answer.status()}: ${await answer.text()}`).toBe(true);
  return (await answer.json()) as T;
};

/** The ways in the server's order. */
export const waysOf = async (context: BrowserContext, server: Server, topic?: string): Promise<Way[]> =>
  (await read<{ options: Way[] }>(context, server, `/contact-options${topic ? `?topic=${topic}` : ""}`)).options;

/** The conversations with this subject, or whose subject begins so. */
export const begun = async (context: BrowserContext, server: Server, subject: string): Promise<Found[]> => {
  const { items } = await read<{ items: Found[] }>(context, server, "/interactions?limit=100");
  return items.filter((one) => one.subject.startsWith(subject));
};

/** Everything that is planned for the customer. */
export const callsOf = async (context: BrowserContext, server: Server): Promise<Call[]> => {
  const { items } = await read<{ items: Found[] }>(context, server, "/interactions?limit=100");
  const open = items.filter((one) => !DONE.includes(one.status));
  const all = await Promise.all(open.map((one) => read<Planned>(context, server, `/interactions/${one.id}`)));
  return all.flatMap((one) => (one.callback && isToCome(one) ? [one.callback] : []));
};

/** The times that are free. */
export const slotsOf = async (context: BrowserContext, server: Server): Promise<Slot[]> =>
  (await read<{ slots: Slot[] }>(context, server, "/contact-options/callback/slots")).slots;

/** A call that somebody asks for on another device. */
export const bookElsewhere = async (context: BrowserContext, server: Server, starts_at: string) => {
  const answer = await context.request.post(`${server.origin}/v1/interactions`, {
    headers: { "X-Portal-CSRF": "1", Origin: server.origin, "Idempotency-Key": `"${crypto.randomUUID()}"` },
    data: { option_id: "callback", text: "", attachment_ids: [], callback: { starts_at, number: "+49 30 901820", language: "en" } },
  });
  expect(answer.ok(), await answer.text()).toBe(true);
};

/** Calls off everything that is planned for the customer: three are the most that one can have. */
export const callOffAll = async (context: BrowserContext, server: Server) => {
  const { items } = await read<{ items: Found[] }>(context, server, "/interactions?limit=100");
  for (const { id, status } of items) {
    if (DONE.includes(status)) continue;
    if (!isToCome(await read<Planned>(context, server, `/interactions/${id}`))) continue;
    const headers = { "X-Portal-CSRF": "1", Origin: server.origin, "Idempotency-Key": `"${crypto.randomUUID()}"` };
    const answer = await context.request.post(`${server.origin}/v1/interactions/${id}/callback/cancel`, { headers, data: {} });
    expect(answer.ok(), await answer.text()).toBe(true);
  }
};

/** The zone of the customer's record, changed elsewhere. */
export const liveIn = async (context: BrowserContext, server: Server, time_zone: string) => {
  const { etag } = await read<{ etag: string }>(context, server, "/me");
  const headers = {
    "Content-Type": "application/merge-patch+json",
    "If-Match": `"${etag.replaceAll('"', "")}"`,
    "Idempotency-Key": `"${crypto.randomUUID()}"`,
    "X-Portal-CSRF": "1",
    Origin: server.origin,
  };
  const answer = await context.request.patch(`${server.origin}/v1/me`, { headers, data: JSON.stringify({ time_zone }) });
  expect(answer.ok(), await answer.text()).toBe(true);
};

/** A moment as the page writes it, by the browser's own formatter. */
export const written = (page: Page, at: string, timeZone: string, options: Intl.DateTimeFormatOptions, locale = "en-GB"): Promise<string> =>
  page.evaluate(([at, timeZone, options, locale]) => new Intl.DateTimeFormat(locale as string, { ...(options as object), timeZone: timeZone as string }).format(new Date(at as string)), [
    at,
    timeZone,
    options,
    locale,
  ] as const);

/** What a time zone is called, which differs in summer and in winter: at a moment, or by the page's clock. */
export const zoneName = (page: Page, timeZone: string, at?: string): Promise<string> =>
  page.evaluate(
    ([timeZone, at]) => {
      const names = new Intl.DateTimeFormat("en-GB", { timeZone, timeZoneName: "long" });
      return names.formatToParts(at ? new Date(at) : new Date()).find((part) => part.type === "timeZoneName")?.value ?? "";
    },
    [timeZone, at] as const,
  );

/** Opens a screen and waits for its matter. */
export const open = async (page: Page, path: string, title: string) => {
  await page.goto(path);
  await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
};

/** One way of the screen. */
export const way = (page: Page, label: string): Locator =>
  page.getByRole("listitem").filter({ has: page.getByRole("heading", { level: 3, name: label, exact: true }) });

/** One way of the screen, seen whole: of all but the first a line is seen until somebody wants to know more. */
export const whole = async (page: Page, label: string): Promise<Locator> => {
  const one = way(page, label);
  const details = one.locator("details.fold");
  await expect(details).toBeVisible();
  // Which one stands whole is decided anew with each list of ways: what is read before a press may not be so when it comes.
  await expect(async () => {
    if ((await details.getAttribute("open")) === null) await one.locator("summary.fold__head").click();
    await expect(details).toHaveAttribute("open", { timeout: 1_000 });
  }).toPass();
  return one;
};

export const fits = async (page: Page) => {
  // What is wider than the screen makes the window of a phone wider too.
  const wide = () => page.evaluate(() => Math.max(document.documentElement.scrollWidth, innerWidth));
  await expect.poll(wide, { message: "nothing is wider than the screen" }).toBeLessThanOrEqual(page.viewportSize()?.width ?? 0);
};

/** Light and dark, as axe sees them; where the bar at the bottom lies over half a button, it measures the other half. */
export const inBothThemes = async (page: Page, look: (theme: string) => Promise<void>) => {
  await page.evaluate(() => scrollTo(0, 0));
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await look(colorScheme);
  }
};
