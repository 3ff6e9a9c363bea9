// An API need not have everything: whatever it lacks, by profile, is nowhere in the portal, and nothing leads there.
import { type Page, expect } from "@playwright/test";

import { standing } from "../support/between";
import { maya } from "../support/customers";
import { test as base } from "../support/test";

type Capabilities = { profiles: string[]; features: string[] };

/** What goes with a profile: the first parts of the paths of its screens, and a screen of it to type. */
const GONE: Record<string, { gone: RegExp; typed: string }> = {
  interactions: { gone: /^\/(interactions|contact|guides|notices)\b/, typed: "/interactions" },
  preferences: { gone: /^\/preferences(?!\/consents)/, typed: "/preferences/quiet-hours" },
  consent: { gone: /^\/preferences\/consents/, typed: "/preferences/consents" },
  feedback: { gone: /^\/feedback/, typed: "/feedback/improvements" },
  data_rights: { gone: /^\/data(?!\/export)/, typed: "/data/requests/new" },
};

/** Has the API say that it has less than it has, and answers where it says so. */
type Announce = (less: (all: Capabilities) => Capabilities) => Promise<string>;

const test = base.extend<{ announce: Announce }>({
  announce: async ({ server, guard }, use) => {
    const stops: (() => void)[] = [];
    await use(async (less) => {
      const portal = await standing(server.origin, async (path, answer, came, body) => {
        if (path !== "/v1/capabilities") return false;
        const all = JSON.parse((await body()).toString()) as Capabilities;
        const told = Buffer.from(JSON.stringify({ ...all, ...less(all) }));
        answer.writeHead(came.statusCode ?? 502, { ...came.headers, "content-length": told.length });
        answer.end(told);
        return true;
      });
      guard.alsoAt(portal.at);
      stops.push(portal.stop);
      return portal.at;
    });
    for (const stop of stops) stop();
  },
});

const without = (profile: string) => (all: Capabilities) => ({ ...all, profiles: all.profiles.filter((one) => one !== profile) });

/** Waits until the screen is drawn, and all that it waits for. */
const settled = async (page: Page) => {
  await expect(page.locator("main h1").first()).toBeVisible();
  await expect(page.locator(".skeleton")).toHaveCount(0);
};

/** Where the links lead that can be seen. */
const ways = (page: Page) =>
  page.locator("a[href^='/']:visible").evaluateAll((links) => links.map((link) => new URL((link as HTMLAnchorElement).href).pathname));

/** Screens that are alike but for whose they are count once. */
const kind = (path: string) => path.replace(/_[A-Za-z0-9]{8,}/g, "_…");

for (const [profile, { gone, typed }] of Object.entries(GONE)) {
  test(`without the profile ${profile} no screen has a link to what is gone`, async ({ page, signIn, announce, axe }) => {
    test.setTimeout(180_000);
    await signIn(maya);
    const portal = await announce(without(profile));
    const leads = async () => (await ways(page)).filter((path) => gone.test(path));
    const open = ["/"];
    const seen = new Set(open);
    for (let path = open.shift(); path !== undefined; path = open.shift()) {
      await page.goto(portal + path);
      await settled(page);
      await expect.poll(leads, { message: `links of ${path}` }).toEqual([]);
      for (const way of await ways(page)) {
        if (/\.[a-z0-9]+$/.test(way) || way.startsWith("/v1/") || seen.has(kind(way))) continue;
        seen.add(kind(way));
        open.push(way);
      }
    }
    expect(seen.size, "screens that remain").toBeGreaterThan(4);

    await page.goto(portal + typed);
    await expect(page.getByRole("heading", { level: 1, name: "This page does not exist" })).toBeVisible();
    await expect(page.getByRole("main").getByRole("link", { name: "Help" })).toBeVisible();
    await axe(page);
  });
}

test("an overview without interactions says what there is instead", async ({ page, signIn, announce, axe, shot }) => {
  await signIn(maya);
  await page.goto(await announce(without("interactions")));
  await settled(page);
  await expect(page.getByRole("heading", { name: "Waiting for you" })).toHaveCount(0);
  await expect(page.getByRole("searchbox")).toHaveCount(0);
  await expect(page.getByRole("main").getByRole("link", { name: "Preferences", exact: true })).toBeVisible();
  await shot(page, "overview-without-interactions");
  await axe(page);
});

test("an API with nothing but its core still has a portal", async ({ page, signIn, announce, axe }) => {
  await signIn(maya);
  await page.goto(await announce(() => ({ profiles: ["core"], features: [] })));
  await settled(page);
  const places = page.getByRole("navigation", { name: "Places" }).getByRole("link");
  await expect(places).toHaveText(["Overview", "Help"]);
  await axe(page);
  await places.filter({ hasText: "Help" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Help" })).toBeVisible();
});
