// Contact points as the API has them, and codes that go there.
import { type BrowserContext, type Locator, type Page, expect } from "@playwright/test";

import { newestMail, nextCode } from "./outbox";
import type { Server } from "./server";

export type Point = { id: string; kind: string; value: string; label: string | null; preferred: boolean; etag: string };

const headers = (server: Server) => ({ "X-Portal-CSRF": "1", Origin: server.origin });
const key = () => ({ "Idempotency-Key": `"${crypto.randomUUID()}"` });

/** All contact points of the customer whose cookie the context has. */
export const pointsOf = async (context: BrowserContext, server: Server): Promise<Point[]> => {
  const answer = await context.request.get(`${server.origin}/v1/contact-points?limit=100`);
  expect(answer.ok(), await answer.text()).toBe(true);
  return ((await answer.json()) as { items: Point[] }).items;
};

/** Another tab or device of the same customer changes one. */
export const changeElsewhere = async (context: BrowserContext, server: Server, value: string, changes: object) => {
  const point = (await pointsOf(context, server)).find((one) => one.value === value);
  if (!point) throw new Error(`no contact point ${value}`);
  const answer = await context.request.patch(`${server.origin}/v1/contact-points/${point.id}`, {
    headers: { ...headers(server), ...key(), "If-Match": `"${point.etag}"` },
    data: changes,
  });
  expect(answer.ok(), await answer.text()).toBe(true);
};

/** Another device of the same customer adds one; `reached` is where its code goes, for one that is verified at once. */
export const addElsewhere = async (context: BrowserContext, server: Server, kind: string, value: string, reached?: string): Promise<Point> => {
  const send = async (path: string, data: object) => {
    const answer = await context.request.post(`${server.origin}/v1/contact-points${path}`, { headers: { ...headers(server), ...key() }, data });
    expect(answer.ok(), await answer.text()).toBe(true);
    return (await answer.json()) as Point;
  };
  const point = await send("", { kind, value });
  if (reached === undefined) return point;
  const known = await newestMail(server, reached);
  const { id } = await send(`/${point.id}/verifications`, {});
  const code = await nextCode(server, reached, known);
  return send(`/${point.id}/verifications/${id}/confirm`, { code });
};

/** The company's systems say that what is sent there does not arrive. */
export const doesNotArrive = async (server: Server, point: Point, state: "bouncing" | "blocked", reason: string) => {
  const answer = await fetch(`${server.origin}/dev/contact-points/deliverability`, {
    method: "POST",
    headers: { "Content-Type": "application/json", ...headers(server) },
    body: JSON.stringify({ contact_point_id: point.id, state, reason }),
  });
  expect(answer.ok, await answer.text()).toBe(true);
};

/** Signs in so long ago that a sensitive act asks for a fresh proof. */
export const signInLongAgo = async (server: Server, signIn: (email: string) => Promise<void>, email: string) => {
  await server.moveClock(-600);
  await signIn(email).finally(() => server.moveClock(600));
};

/** The language that was chosen here before, whatever the customer's record says. */
export const speak = (context: BrowserContext, tag: string) =>
  context.addInitScript((chosen) => {
    // A blank page has no storage.
    if (location.protocol === "http:") localStorage.setItem("portal.locale", chosen);
  }, tag);

/** The screen, and one contact point of it. */
export const openPoints = async (page: Page, title = "Where we reach you") => {
  await page.goto("/preferences/contact-points");
  await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
  await expect(page.getByRole("heading", { level: 3 }).first()).toBeVisible();
};

export const item = (page: Page, value: string): Locator =>
  page.getByRole("listitem").filter({ has: page.getByRole("heading", { level: 3, name: value }) });

export const otherThan = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, "0");
