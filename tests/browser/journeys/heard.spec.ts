// What is heard and not seen: names that make sense by themselves, languages, lists, and what a press did.
import type { Page } from "@playwright/test";

import { way } from "../support/contact";
import { conversation, maya } from "../support/customers";
import { requestsOf } from "../support/data-requests";
import { saidBy } from "../support/feedback";
import { notice, tell } from "../support/notices";
import { expect, test } from "../support/test";

/** What a list of headings, links and lists would be wrong about on the page as it is. */
const misheard = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const wrong: string[] = [];
    for (const list of document.querySelectorAll("main :is(ul, ol, dl)"))
      if (list.checkVisibility() && list.children.length === 0) wrong.push(`nothing stands in ${list.outerHTML}`);
    const places = new Map<string, string>();
    for (const link of document.querySelectorAll("main a[href]")) {
      if (!link.checkVisibility()) continue;
      const name = (link.getAttribute("aria-label") ?? link.textContent ?? "").trim();
      const place = link.getAttribute("href") ?? "";
      const other = places.get(name) ?? place;
      if (other !== place) wrong.push(`"${name}" leads to ${other} and to ${place}`);
      places.set(name, place);
    }
    return wrong;
  });

const opens = async (page: Page, path: string, title: string) => {
  await page.goto(path);
  await expect(page.getByRole("heading", { level: 1, name: title, exact: true })).toBeVisible();
  await expect(page.locator("main .skeleton")).toHaveCount(0);
};

test("no list is empty, and no two links of one name lead to different places", async ({ page, context, server, signIn }) => {
  await signIn(maya);
  const { id } = await conversation(context, server, "Broadband drops every evening");
  const said = (await saidBy(context, server)).find((one) => one.kind === "complaint");
  for (const [path, title] of [
    [`/interactions/${id}`, "Broadband drops every evening"],
    [`/feedback/${said?.id}`, "Complaint"],
    ["/feedback/improvements", "You said, we did"],
    ["/notices", "Notices"],
    ["/contact", "Get in touch"],
    ["/data/requests", "Your data requests"],
    ["/data/interactions", "Conversations"],
  ] as const) {
    await opens(page, path, title);
    await expect.poll(() => misheard(page), { message: path }).toEqual([]);
  }
});

test("of messages that nobody has written there is no list", async ({ page, context, server, signIn }) => {
  await signIn(maya);
  const copy = (await requestsOf(context, server)).find((one) => one.kind === "access" && one.artifacts.length > 0);
  await opens(page, `/data/requests/${copy?.id}`, "Get a copy of my data");
  await expect(page.getByText("Nobody has written anything yet.")).toBeVisible();
  await expect.poll(() => misheard(page)).toEqual([]);
});

test("a language is called by its own name, and is read as itself", async ({ page, signIn }) => {
  await signIn(maya);
  await opens(page, "/contact", "Get in touch");
  const spoken = way(page, "Write to us here").locator("dd").filter({ hasText: "Deutsch" });
  await expect(spoken).toHaveText(/^English, Deutsch, português,? and العربية$/);
  await expect(spoken.locator("[lang=ar]")).toHaveText("العربية");
  await expect(spoken.locator("[lang=de]")).toHaveText("Deutsch");
  // What stands between them is no row of letters, which would be spelled.
  const letters = () => spoken.evaluate((element) => [...element.childNodes].filter((node) => /^\p{L}$/u.test(node.textContent ?? "")).length);
  await expect.poll(letters).toBe(0);
});

test("a call that can be asked for at any time says when it would come", async ({ page, signIn }) => {
  await signIn(maya);
  await opens(page, "/contact", "Get in touch");
  const call = way(page, "Have us call you").locator("summary").first();
  await expect(call).toContainText(/First free time: .+ · Cost: free$/);
});

test("a guide in a language that the portal does not have carries it, and the portal's words do not", async ({ page, signIn }) => {
  await signIn(maya);
  await page.route("**/v1/guides/no-internet*", async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, json: { ...(await answer.json()), lang: "pt" } });
  });
  await opens(page, "/guides/no-internet", "No internet, or slow internet");
  const language = (words: string) =>
    page
      .getByText(words, { exact: true })
      .first()
      .evaluate((element) => element.closest("[lang]")?.getAttribute("lang")?.split("-")[0]);
  await expect(page.getByText("One device only", { exact: true })).toBeVisible();
  await expect.poll(() => language("What does not work?")).toBe("pt");
  await expect.poll(() => language("One device only")).toBe("pt");
  await expect.poll(() => language("Question 1, at most 4 more")).toBe("en");
  await page.getByRole("button", { name: "One device only" }).click();
  await expect(page.getByRole("link", { name: "One question back" })).toBeVisible();
  await expect.poll(() => language("One question back")).toBe("en");
});

test("beside the answers to a question is none that only looks like one", async ({ page, server, signIn }) => {
  await signIn(maya);
  await tell(server, {
    key: "heard-question",
    kind: "check_in",
    topic: "check_ins",
    customers: [maya],
    text: { en: { title: "Is the lamp back?", text: "We put a new one in.", answers: { yes: "It is", no: "It is not" } } },
    answer: [{ id: "yes" }, { id: "no" }],
  });
  await opens(page, "/notices", "Notices");
  const asked = notice(page, "Is the lamp back?");
  await expect(asked.getByRole("button", { name: "It is not", exact: true })).toBeVisible();
  await expect(asked.getByRole("button", { name: /^Got it/ })).toHaveCount(0);
  await asked.getByRole("button", { name: "Rather not say: Is the lamp back?" }).click();
  await expect(page.getByRole("status").filter({ hasText: "Put aside." })).toBeVisible();
});

test("who asks for more hears that it came, and is not lost when that was all of it", async ({ page, signIn }) => {
  await signIn(maya);
  await opens(page, "/data/messages", "Messages");
  const more = page.getByRole("button", { name: "Show more records" });
  const records = page.getByRole("region", { name: "The records" }).getByRole("listitem");
  await expect(records).toHaveCount(50);
  await more.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("status").filter({ hasText: "There is more above now." })).toHaveCount(1);
  await expect(more).toBeFocused();
  // However many there are by now.
  await expect(async () => {
    if (await more.isVisible()) await more.press("Enter");
    await expect(page.getByText("That is all of it.")).toBeFocused({ timeout: 1000 });
  }).toPass();
});

test("with the spacing that some readers need no word of the places is cut, at 320 pixels", async ({ page, signIn }) => {
  await signIn(maya);
  await page.setViewportSize({ width: 320, height: 640 });
  await opens(page, "/contact", "Get in touch");
  // The values of WCAG 2.2, 1.4.12.
  await page.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync("* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }");
    document.adoptedStyleSheets = [sheet];
  });
  const cut = () =>
    page.locator(".place").evaluateAll((places) =>
      places
        .filter((place) => place.checkVisibility())
        .flatMap((place) => [place, ...place.querySelectorAll("span")])
        .filter((element) => element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1)
        .filter((element) => getComputedStyle(element).display !== "inline")
        .map((element) => element.textContent),
    );
  await expect.poll(cut).toEqual([]);
  await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
});

test("of files that are there no bar says that they are being made", async ({ page, context, server, signIn }) => {
  await signIn(maya);
  const copy = (await requestsOf(context, server)).find((one) => one.kind === "access" && one.artifacts.length > 0);
  await page.route(`**/v1/data-requests/${copy?.id}`, async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, json: { ...(await answer.json()), progress: { done: 90, total: 90 } } });
  });
  await opens(page, `/data/requests/${copy?.id}`, "Get a copy of my data");
  await expect(page.getByRole("region", { name: "Your files" }).getByRole("listitem")).toHaveCount(1);
  await expect(page.getByRole("progressbar")).toHaveCount(0);
});
