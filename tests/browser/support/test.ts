// What every journey gets: a page of a portal that really runs, and the handles on what stands behind it.
import { type BrowserContext, type Page, test as base, expect } from "@playwright/test";

import { expectAccessible } from "./axe";
import { Faults } from "./faults";
import { Guard } from "./guard";
import { newestMail, nextCode } from "./outbox";
import { Server } from "./server";

/** Options of a project, or of one file by `test.use`. */
export type Options = {
  /** Whether the journey is watched for what must never happen; a page that is broken on purpose is not. */
  guarded: boolean;
};

type Fixtures = Options & {
  /** Watches the journey. */
  guard: Guard;
  /** Makes the API fail; all faults end with the test. */
  faults: Faults;
  /** Signs a customer in by the API, so that a journey about something else begins where it begins. */
  signIn: (email: string) => Promise<void>;
  /** Fails on any violation that axe finds in the page as it is now. */
  axe: (page: Page) => Promise<void>;
  /** Keeps a picture of the page below test-results, for whoever wants to look at it: where PICTURES is set. */
  shot: (page: Page, name: string) => Promise<void>;
};

type WorkerFixtures = {
  /** The worker's own reference API. */
  server: Server;
};

export const test = base.extend<Fixtures, WorkerFixtures>({
  server: [
    async ({}, use) => {
      const server = await Server.start();
      await use(server);
      await server.stop();
    },
    { scope: "worker", timeout: 90_000 },
  ],

  guarded: [true, { option: true }],

  guard: [
    async ({ context, server, guarded }, use) => {
      const guard = new Guard(context, server);
      await use(guard);
      await leaveRoutes(context);
      if (guarded) await guard.check(context);
    },
    { auto: true },
  ],

  baseURL: async ({ server }, use) => use(server.origin),

  faults: async ({ server }, use) => {
    const faults = new Faults(server);
    await use(faults);
    await faults.clear();
  },

  signIn: async ({ context, server }, use) => use((email) => signInByApi(context, server, email)),

  axe: async ({}, use) => use((page) => expectAccessible(page)),

  shot: async ({}, use, info) =>
    use(async (page, name) => {
      if (process.env.PICTURES) await page.screenshot({ path: info.outputPath(`${name}.png`), fullPage: true });
    }),
});

export { expect };

/** What a journey's routes still have under way when it ends is nobody's any more: as the page closes it would fail the journey. */
const leaveRoutes = (context: BrowserContext) =>
  Promise.all([context, ...context.pages()].map((one) => one.unrouteAll({ behavior: "ignoreErrors" })));

/** The context's cookie is that of a browser in which the customer has signed in. */
export const signInByApi = async (context: BrowserContext, server: Server, email: string) => {
  const headers = { "X-Portal-CSRF": "1", Origin: server.origin };
  const known = await newestMail(server, email);
  const started = await context.request.post(`${server.origin}/v1/session/email`, { headers, data: { email } });
  expect(started.ok(), `sign-in of ${email}: ${await started.text()}`).toBe(true);
  const challenge = (await started.json()) as { id: string };
  const code = await nextCode(server, email, known);
  const data = { challenge_id: challenge.id, code };
  const confirmed = await context.request.post(`${server.origin}/v1/session/email/confirm`, { headers, data });
  expect(confirmed.ok(), `code of ${email}: ${await confirmed.text()}`).toBe(true);
};
