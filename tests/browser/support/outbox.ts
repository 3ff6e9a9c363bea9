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

/** The code of the next mail with one to an address, after the mail that `known` tells: mails about other things may come between. */
export const nextCode = async (server: Server, address: string, known = "null"): Promise<string> => {
  let code: string | null = null;
  const look = async (): Promise<string | null> => {
    const mails = await mailTo(server, address);
    const place = mails.findIndex((mail) => JSON.stringify(mail) === known);
    const newer = place < 0 ? mails : mails.slice(0, place);
    code = newer.find((mail) => mail.code !== null)?.code ?? null;
    return code;
  };
  await expect.poll(look, { message: `a mail with a code to ${address}` }).not.toBeNull();
  return code!;
};
