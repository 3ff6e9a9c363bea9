// The people of the demonstration, and finding a conversation of theirs as the API knows it.
import { type BrowserContext, type Page, type Route, expect } from "@playwright/test";

import type { Server } from "./server";

export const maya = "maya.lindqvist@example.com";
export const jonas = "jonas.weber@example.com";
export const amal = "amal.haddad@example.com";
export const newcomer = "new.customer@example.com";
export const keiko = "keiko.tanaka@example.com";
export const edge = "edge.case@example.com";

type Summary = { id: string; subject: string; status: string; message_count: number };
type Message = { id: string; text: string; author: { role: string }; attachments: { file_name: string }[] };

const read = async <T>(context: BrowserContext, server: Server, path: string): Promise<T> => {
  const answer = await context.request.get(`${server.origin}/v1${path}`);
  expect(answer.ok(), `${path} answered ${answer.status()}`).toBe(true);
  return (await answer.json()) as T;
};

/** The conversation with this subject, of the customer whose cookie the context has. */
export const conversation = async (context: BrowserContext, server: Server, subject: string): Promise<Summary> => {
  const { items } = await read<{ items: Summary[] }>(context, server, "/interactions?limit=100");
  const found = items.find((one) => one.subject === subject);
  if (!found) throw new Error(`no conversation "${subject}" among ${items.map((one) => one.subject).join(", ")}`);
  return found;
};

/** The newest messages that the server has in it. */
export const messagesOf = async (context: BrowserContext, server: Server, id: string): Promise<Message[]> =>
  (await read<{ items: Message[] }>(context, server, `/interactions/${id}/messages?limit=100`)).items;

/** Opens a conversation by its address, as from a bookmark, and waits for its thread. */
export const openConversation = async (page: Page, server: Server, subject: string): Promise<string> => {
  const { id } = await conversation(page.context(), server, subject);
  await page.goto(`/interactions/${id}`);
  await expect(page.getByRole("heading", { level: 1, name: subject || "No subject" })).toBeVisible();
  await expect(page.getByRole("article").first()).toBeVisible();
  return id;
};

/** The company answers in the conversation. */
export const companyWrites = async (server: Server, id: string, text: string) => {
  const answer = await fetch(`${server.origin}/dev/events/message`, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-Portal-CSRF": "1", Origin: server.origin },
    body: JSON.stringify({ interaction_id: id, text }),
  });
  expect(answer.ok, await answer.text()).toBe(true);
};

/** The session of this browser ends at the server, as when its time has run out. */
export const expireSession = async (context: BrowserContext, server: Server) => {
  const answer = await context.request.post(`${server.origin}/dev/session/expire`, {
    headers: { "X-Portal-CSRF": "1", Origin: server.origin },
  });
  expect(answer.ok(), await answer.text()).toBe(true);
};

/**
 * The session ends at the server just before the next thing that the page sends arrives there. Ended any earlier, what listens in the
 * background may hear of it before a hand has moved, and the question who is there lies over what was to be pressed.
 */
export const expireAtNextWrite = async (page: Page, server: Server) => {
  let isEnded = false;
  const end = async (route: Route) => {
    if (isEnded || route.request().method() === "GET") return route.fallback();
    isEnded = true;
    await expireSession(page.context(), server);
    return route.fallback();
  };
  await page.route("**/v1/**", end);
};
