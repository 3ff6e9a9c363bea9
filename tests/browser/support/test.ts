// What every journey gets: a page of a portal that really runs, and the handles on what stands behind it.
import { type BrowserContext, type Page, test as base, expect } from "@playwright/test";
import axe from "axe-core";

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

  axe: async ({}, use) => use(assertAccessible),

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

/** What axe is asked. */
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** Those of its rules that look at colours: what they say can change where nothing else has, in another theme. */
const OF_COLOUR = ["color-contrast", "link-in-text-block"];

const assertAccessible = async (page: Page) => {
  // What takes the focus is read for that: an alert would be spoken a second time.
  const twice = page.locator("[role=alert]:focus, [role=alert] [tabindex='-1']:focus, [tabindex='-1']:focus [role=alert]");
  await expect(twice, "an alert that has the focus").toHaveCount(0);
  // axe's own driver brings it anew for each look, and takes as long again for what it does around it.
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(axe.source);
  const told = await page.evaluate(
    async ([rules, ofColour]) => {
      // What is on its way from one colour to another has neither: whatever moves arrives. Where the page is not in front it would
      // never do so by itself.
      for (const animation of document.getAnimations()) {
        if (Number.isFinite(animation.effect?.getComputedTiming().endTime)) animation.finish();
      }
      const here = globalThis as unknown as { axe: typeof import("axe-core"); foundRight?: string };
      const state = [innerWidth, innerHeight, document.documentElement.outerHTML, document.body.innerText].join("\n");
      const runOnly = here.foundRight === state ? { type: "rule" as const, values: ofColour } : { type: "tag" as const, values: rules };
      // No script runs in the frame of a mail, and so not this one either. All is told of what is wrong, and nothing of what is right:
      // that took the larger part of its time.
      const { violations } = await here.axe.run({ exclude: [["iframe[sandbox]"]] }, { runOnly, resultTypes: ["violations"] });
      if (violations.length === 0) here.foundRight = state;
      return violations.map((one) => `${one.id}: ${one.help}\n${one.nodes.map((node) => `    ${node.html}`).join("\n")}`);
    },
    [RULES, OF_COLOUR] as const,
  );
  expect(told, "what axe finds").toEqual([]);
};
