// The mail that the reference API would have sent.
import { expect } from "@playwright/test";

import type { Server } from "./server";

/** A mail, newest first in the outbox. */
export type Mail = { to: string; subject: string; text: string; code: string | null; sent_at: string };

/** All mail to an address, newest first. */
export const mailTo = async (server: Server, address: string): Promise<Mail[]> => {
  const answer = await fetch(`${server.origin}/dev/outbox.json`);
  if (!answer.ok) throw new Error(`/dev/outbox.json answered ${answer.status}`);
  const mails = (await answer.json()) as Mail[];
  return mails.filter((mail) => mail.to === address);
};

/** What tells the newest mail to an address from those before it; the outbox shows no more than its newest ones. */
export const newestMail = async (server: Server, address: string): Promise<string> => JSON.stringify((await mailTo(server, address))[0] ?? null);

/** The code of the next mail to an address, after the one that `known` tells. */
export const nextCode = async (server: Server, address: string, known = "null"): Promise<string> => {
  await expect.poll(() => newestMail(server, address), { message: `a mail to ${address}` }).not.toBe(known);
  const [newest] = await mailTo(server, address);
  if (!newest?.code) throw new Error(`the newest mail to ${address} has no code`);
  return newest.code;
};
