// The history: searched, narrowed, followed to its end, and come back to.
import type { Page } from "@playwright/test";

import { maya, newcomer } from "../support/customers";
import { expect, test } from "../support/test";

const rows = (page: Page) => page.getByRole("main").getByRole("listitem").getByRole("link");
const chips = (page: Page) => page.getByRole("list", { name: "Filters in use" });
const search = (page: Page) => page.getByRole("main").getByRole("searchbox", { name: "Search your interactions" });
const choose = async (page: Page, menu: string, choice: string) => {
  await page.getByRole("button", { name: new RegExp(`^${menu}`) }).click();
  await page.getByLabel(choice, { exact: true }).click();
  await page.keyboard.press("Escape");
};

const opened = async (page: Page, path: string) => {
  await page.goto(path);
  await expect(rows(page).first()).toBeVisible();
};

test.beforeEach(async ({ signIn }) => signIn(maya));

test("a search finds words within messages and marks them", async ({ page, axe }) => {
  await opened(page, "/interactions");
  await search(page).fill("pavement");
  await expect(page).toHaveURL(/\/interactions\?q=pavement$/);
  await expect(rows(page)).toHaveCount(1);
  await expect(rows(page).first()).toContainText("Broadband drops every evening");
  await expect(rows(page).first().locator("mark")).toHaveText("pavement");
  await expect(chips(page)).toContainText("“pavement”");
  await axe(page);
});

test("the search in the bar leads here from any screen", async ({ page }) => {
  await page.goto("/");
  await page.getByRole("banner").getByRole("searchbox", { name: "Search your interactions" }).fill("pavement");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/interactions\?q=pavement$/);
  await expect(rows(page)).toHaveCount(1);
  await expect(search(page)).toHaveValue("pavement");
});

test("a channel narrows the list and stands in the address", async ({ page }) => {
  await opened(page, "/interactions");
  await choose(page, "Channel", "Store");
  await expect(page).toHaveURL(/\?channel=store$/);
  await expect(rows(page).filter({ hasText: "Wrong name on the new contract" })).toBeVisible();
  await expect(rows(page).filter({ hasNotText: "Store" })).toHaveCount(0);
});

test("a status narrows the list by the customer's three words", async ({ page }) => {
  await opened(page, "/interactions");
  await choose(page, "Status", "Waiting for you");
  await expect(page).toHaveURL(/\?status=waiting_on_customer/);
  await expect(rows(page).filter({ hasText: "Letter about the deposit" })).toBeVisible();
  await expect(rows(page).filter({ hasNotText: "Waiting for you" })).toHaveCount(0);
});

test("a topic and who began narrow the list together", async ({ page }) => {
  await opened(page, "/interactions");
  await choose(page, "Topic", "Moving home");
  await choose(page, "Who began", "We contacted you");
  await expect(page).toHaveURL(/[?&]topic=[a-z_]+/);
  await expect(page).toHaveURL(/[?&]direction=outbound/);
  await expect(chips(page)).toContainText("Moving home");
  await expect(chips(page)).toContainText("We contacted you");
  await expect(rows(page).filter({ hasText: "Letter about the deposit" })).toBeVisible();
  await expect(rows(page).filter({ hasText: "Charged twice" })).toHaveCount(0);
});

test("dates narrow the list, and a reversed pair is told", async ({ page, axe }) => {
  await opened(page, "/interactions");
  await page.getByRole("button", { name: "Dates" }).click();
  await page.getByLabel("From").fill("2020-01-01");
  await page.getByLabel("To", { exact: true }).fill("2020-12-31");
  await expect(page).toHaveURL(/\?from=2020-01-01&to=2020-12-31$/);
  await expect(page.getByRole("heading", { name: "Nothing matches" })).toBeVisible();
  await page.getByLabel("To", { exact: true }).fill("2019-12-31");
  await page.getByLabel("To", { exact: true }).blur();
  await expect(page.getByText("The last day is before the first")).toBeVisible();
  await expect(page).toHaveURL(/\?from=2020-01-01&to=2020-12-31$/);
  await axe(page);
});

test("chips take one filter away, and one press takes all", async ({ page }) => {
  await opened(page, "/interactions?channel=email&status=closed&q=a");
  await chips(page).getByRole("button", { name: /“a”/ }).click();
  await expect(page).not.toHaveURL(/q=a/);
  await expect(page).toHaveURL(/channel=email/);
  await chips(page).getByRole("button", { name: "Clear all" }).click();
  await expect(page).toHaveURL(/\/interactions$/);
  await expect(chips(page)).toHaveCount(0);
  await expect(search(page)).toBeFocused();
});

test("an address says the whole filter, and unknown parts are passed over and told", async ({ page }) => {
  await opened(page, "/interactions?channel=phone&sort=oldest");
  await expect(chips(page)).toContainText("Phone");
  await expect.poll(() => rows(page).count()).toBeGreaterThan(1);
  await expect(rows(page).filter({ hasNotText: "Phone" })).toHaveCount(0);
  await opened(page, "/interactions?from=not-a-day");
  await expect(page.getByText("A part of the address could not be read and was passed over.")).toBeVisible();
});

test("the oldest first, when that is chosen, through every page of the list", async ({ page }) => {
  await opened(page, "/interactions");
  await choose(page, "Order", "Oldest first");
  await expect(page).toHaveURL(/\?sort=oldest$/);
  const times = () => rows(page).locator("time").evaluateAll((all) => all.map((time) => time.getAttribute("datetime") ?? ""));
  await expect.poll(async () => (await times())[0]?.localeCompare((await times()).at(-1) ?? "")).toBe(-1);
  await page.keyboard.press("End");
  await expect(page.getByText("That is everything.")).toBeVisible();
  await expect.poll(async () => (await times()).length).toBeGreaterThan(50);
  const all = await times();
  expect(all).toEqual(all.toSorted());
});

test("Back takes a filter away that was put on", async ({ page }) => {
  await opened(page, "/interactions");
  await choose(page, "Channel", "Phone");
  await expect(page).toHaveURL(/channel=phone/);
  await page.goBack();
  await expect(page).toHaveURL(/\/interactions$/);
  await expect(chips(page)).toHaveCount(0);
});

test("Back from a conversation restores place and focus", async ({ page }) => {
  await opened(page, "/interactions");
  const row = rows(page).filter({ hasText: "Short power cut this morning" });
  // In the middle, so that the click itself scrolls nothing.
  await row.evaluate((element) => element.scrollIntoView({ block: "center", behavior: "instant" }));
  const scrolled = () => page.evaluate(() => scrollY);
  const before = await scrolled();
  expect(before).toBeGreaterThan(200);
  await row.click();
  await expect(page.getByRole("heading", { level: 1, name: "Short power cut this morning" })).toBeFocused();
  await expect.poll(scrolled).toBeLessThan(before);
  await page.goBack();
  await expect(row).toBeFocused();
  await expect(row).toBeInViewport();
  await expect.poll(async () => Math.abs((await scrolled()) - before)).toBeLessThan(60);
});

test("more is loaded by scrolling, each row once", async ({ page }) => {
  await opened(page, "/interactions");
  await page.keyboard.press("End");
  await expect(page.getByText("That is everything.")).toBeVisible();
  await expect.poll(() => rows(page).count()).toBeGreaterThan(50);
  const hrefs = await rows(page).evaluateAll((links) => links.map((link) => link.getAttribute("href")));
  expect(new Set(hrefs).size).toBe(hrefs.length);
  await expect(page.getByText(`${hrefs.length} interactions`, { exact: true })).toBeVisible();
});

test("more is loaded by the button, when the end was not reached", async ({ page, faults }) => {
  await opened(page, "/interactions");
  await expect(page.getByText("50 interactions so far, and more below")).toBeVisible();
  // Pressed at the end of the tab order, without scrolling by hand: the focus stays at the end of the list.
  const more = page.getByRole("button", { name: "Show more" });
  await faults.delay({ method: "GET", path_prefix: "/v1/interactions" }, 300, 1);
  await more.focus();
  await page.keyboard.press("Enter");
  // Said once, by whichever was there first: the press, or the page that comes when its button comes into view.
  const end = page.getByText(/^That is (all of it|everything)\.$/);
  await expect(end).toBeFocused();
  await expect(end).toHaveCount(1);
});

test("an opened address is read again after a reload", async ({ page }) => {
  await opened(page, "/interactions?q=pavement");
  await page.reload();
  await expect(rows(page)).toHaveCount(1);
  await expect(search(page)).toHaveValue("pavement");
});

test("nothing matches: a sentence, and one press shows everything again", async ({ page, axe }) => {
  await page.goto("/interactions?q=zzzzqqqq");
  await expect(page.getByRole("heading", { name: "Nothing matches" })).toBeVisible();
  await axe(page);
  await page.getByRole("button", { name: "Clear all filters" }).click();
  await expect(rows(page).filter({ hasText: "Charged twice" })).toBeVisible();
});

test("what reads like an operator of the search engine is searched for as it stands", async ({ page }) => {
  for (const words of ['"', "AND OR NOT", "subject:*", "€12.30", "(", "a -b"]) {
    await page.goto(`/interactions?q=${encodeURIComponent(words)}`);
    await expect(page.getByRole("heading", { name: "Nothing matches" }).or(rows(page).first())).toBeVisible();
    await expect(page.getByRole("heading", { name: "We could not load your interactions" })).toHaveCount(0);
  }
});

test("an empty history says what will be here", async ({ page, context, signIn, axe }) => {
  await context.clearCookies();
  await signIn(newcomer);
  await page.goto("/interactions");
  await expect(page.getByRole("heading", { name: "Nothing here yet" })).toBeVisible();
  await axe(page);
});

test("another customer's conversation is as one that does not exist", async ({ page, context, server, signIn, axe }) => {
  const answer = await context.request.get(`${server.origin}/v1/interactions?q=pavement`);
  const { items } = (await answer.json()) as { items: { id: string }[] };
  await context.clearCookies();
  await signIn(newcomer);
  const words = async (id: string) => {
    await page.goto(`/interactions/${id}`);
    await expect(page.getByRole("heading", { level: 1, name: "We could not load this conversation" })).toBeFocused();
    await expect(page).toHaveTitle(/^We could not load this conversation/);
    await axe(page);
    return page.getByRole("main").innerText();
  };
  expect(await words(items[0]?.id ?? "")).toEqual(await words("int_00000000000000000000000000000000"));
});

test("an address that leads nowhere says so inside the portal", async ({ page, axe }) => {
  await page.goto("/no-such-page");
  await expect(page.getByRole("heading", { level: 1, name: "This page does not exist" })).toBeVisible();
  await axe(page);
  await page.getByRole("link", { name: "Go to the overview" }).click();
  await expect(page.getByRole("heading", { level: 1, name: /^Hello/ })).toBeFocused();
});
