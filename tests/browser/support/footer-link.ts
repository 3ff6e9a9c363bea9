// The mail of a topic, with its footer's link and its one-click address.
import { type Browser, expect } from "@playwright/test";

import { mailTo, newestMail } from "./outbox";
import { change } from "./preferences";
import type { Server } from "./server";
import { signInByApi } from "./test";

/** The customer takes this topic by email, at once, whatever other journeys left behind. The page under test has no part in it. */
export const takes = async (browser: Browser, server: Server, customer: string, topic: string) => {
  const context = await browser.newContext();
  await signInByApi(context, server, customer);
  await change(context, server, { global_opt_out: false, paused_until: null, topics: { [topic]: { email: { enabled: true, frequency: "at_once" } } } });
  await context.close();
};

/** Sends the sample mail of a topic; the token of its footer's link, and where that leads. */
export const footerLink = async (server: Server, customer: string, topic: string): Promise<{ path: string; token: string; mail: string }> => {
  const known = await newestMail(server, customer);
  const answer = await fetch(`${server.origin}/dev/mail/topic`, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-Portal-CSRF": "1", Origin: server.origin },
    body: JSON.stringify({ customer, topic }),
  });
  expect(answer.ok, await answer.clone().text()).toBe(true);
  await expect.poll(() => newestMail(server, customer), { message: `a mail to ${customer}` }).not.toBe(known);
  const mail = (await mailTo(server, customer))[0]?.text ?? "";
  const [, token = ""] = /\/p#t=([\w.~-]+)/.exec(mail) ?? [];
  expect(token, mail).not.toBe("");
  return { path: `/p#t=${token}`, token, mail };
};
