// What is held about the customer: by category, down to the records, one's own details changed in place, conclusions contested.
import type { Page } from "@playwright/test";

import { amal, keiko, maya } from "../support/customers";
import { tabTo } from "../support/keyboard";
import { expect, test } from "../support/test";

type Me = { preferred_name: string | null; attributes: { key: string; value: string; contested_at: string | null; contest_words: string | null }[] };

const open = async (page: Page, path = "/data") => {
  // Whatever language the customer's record names.
  await page.addInitScript(() => localStorage.setItem("portal.locale", "en"));
  await page.goto(path);
};

const item = (page: Page, name: string) => page.getByRole("listitem").filter({ has: page.getByRole("heading", { level: 3, name, exact: true }) });

const record = async (page: Page): Promise<Me> => (await (await page.request.get("/v1/me")).json()) as Me;

test("what is held is drawn, told in a table, and each category says where from, what for, how long", async ({ page, signIn, axe, shot }) => {
  await signIn(maya);
  await open(page);
  await expect(page.getByRole("heading", { level: 1, name: "Your data" })).toBeVisible();
  await expect(page.getByRole("img", { name: /records are held, by category/ })).toBeVisible();
  await page.getByText("Show as table").click();
  const table = page.getByRole("table", { name: "Records by category and by where they came from" });
  await expect(table.getByRole("row")).toHaveCount(13);
  await expect(table.getByRole("columnheader", { name: "Concluded" })).toBeVisible();
  const messages = item(page, "Messages");
  await messages.getByText(/^Where from, what for/).click();
  await expect(messages).toContainText("Answering you and settling what you ask for");
  await expect(messages).toContainText("As long as the conversation that they belong to.");
  await expect(messages.getByRole("link", { name: /^Delete this ?: Messages$/ })).toHaveAttribute("href", /\/data\/requests\/new\?kind=erasure&category=messages/);
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await axe(page);
    await shot(page, `inventory-${colorScheme}`);
  }
});

test("the counted records are the listed ones, and each leads to where it is seen", async ({ page, signIn, axe }) => {
  await signIn(maya);
  await open(page);
  await item(page, "Messages").getByRole("link", { name: /^See the records ?: Messages$/ }).click();
  await expect(page).toHaveURL(/\/data\/messages$/);
  await expect(page.getByRole("heading", { level: 1, name: "Messages" })).toBeFocused();
  const listed = page.getByRole("region", { name: "The records" }).getByRole("listitem");
  await expect(listed).toHaveCount(50);
  await page.getByRole("button", { name: "Show more records" }).click();
  await expect.poll(() => listed.count()).toBeGreaterThan(50);
  await axe(page);
  await listed.first().getByRole("link", { name: /^See the conversation/ }).click();
  await expect(page).toHaveURL(/\/interactions\//);
  await page.goBack();
  await expect(page.getByRole("heading", { level: 1, name: "Messages" })).toBeVisible();
});

test("by keyboard alone: a detail is changed in place, and taken back", async ({ page, signIn }) => {
  await signIn(maya);
  await open(page);
  const household = item(page, "People in your household");
  const change = household.getByRole("button", { name: /^Change/ });
  // They stand last; the way to them stands first.
  await tabTo(page, page.getByRole("link", { name: "Your details" }));
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 2, name: "About you" })).toBeFocused();
  await tabTo(page, change);
  await page.keyboard.press("Enter");
  const field = household.getByRole("textbox", { name: "People in your household" });
  await expect(field).toBeFocused();
  await field.fill("3");
  await page.keyboard.press("Enter");
  await expect(household).toContainText("3");
  await expect(change).toBeFocused();
  await expect.poll(async () => (await record(page)).attributes.find((one) => one.key === "household")?.value).toBe("3");
  await page.getByRole("button", { name: "Undo" }).click();
  await expect.poll(async () => (await record(page)).attributes.find((one) => one.key === "household")?.value).toBe("2");
});

test("what cannot be changed in place leads to a request that names it", async ({ page, signIn }) => {
  await signIn(maya);
  await open(page);
  const correct = item(page, "Date of birth").getByRole("link", { name: /^Ask for a correction/ });
  await expect(correct).toHaveAttribute("href", "/data/requests/new?kind=rectification&field=date_of_birth");
});

test("a conclusion is contested, is used no more, and that is taken back", async ({ page, signIn }) => {
  await signIn(amal);
  await open(page);
  const hours = item(page, "Your working hours");
  await hours.getByRole("button", { name: /^That’s not right/ }).click();
  await hours.getByRole("textbox", { name: "What is right instead?" }).fill("I work by day.");
  await hours.getByRole("button", { name: "Do not use it" }).click();
  await expect(hours).toContainText("We no longer use it.");
  await expect(hours).toContainText("I work by day.");
  await expect.poll(async () => (await record(page)).attributes.find((one) => one.key === "works_shifts")?.contest_words).toBe("I work by day.");
  await hours.getByRole("button", { name: /^It is right after all/ }).click();
  await expect(hours.getByRole("button", { name: /^That’s not right/ })).toBeVisible();
});

test("an answer that is lost on the way changes a detail once", async ({ page, signIn }) => {
  await signIn(maya);
  await open(page);
  const name = item(page, "What we should call you");
  let lost = false;
  await page.route("**/v1/me", async (route) => {
    if (route.request().method() !== "PATCH" || lost) return route.fallback();
    lost = true;
    await route.fetch();
    await route.abort("connectionreset");
  });
  await name.getByRole("button", { name: /^Change/ }).click();
  await name.getByRole("textbox").fill("May");
  await name.getByRole("button", { name: "Save" }).click();
  // The name before begins with it: what the server has is looked at first.
  await expect.poll(async () => (await record(page)).preferred_name).toBe("May");
  await expect(name).toContainText("May");
  await page.getByRole("button", { name: "Undo" }).click();
  await expect.poll(async () => (await record(page)).preferred_name).toBe("Maya");
});

test("a category that there is not, and a list that does not come, say so", async ({ page, signIn }) => {
  await signIn(maya);
  await page.route("**/v1/data-inventory?*", (route) => route.fulfill({ status: 503, contentType: "text/html", body: "<p>busy</p>" }));
  await open(page);
  await expect(page.getByText("What is held could not be read")).toBeVisible({ timeout: 30_000 });
  await expect(page.getByRole("heading", { level: 3, name: "Pronouns" })).toBeVisible();
});

test("what is stopped is a flag, with since when and what it means, on all of it and on the category, and is ended there", async ({ page, context, signIn, axe, shot }) => {
  await signIn(keiko);
  await open(page, "/data/requests/new?kind=restriction&category=messages");
  await page.getByRole("button", { name: /^Stop using it/ }).click();
  await expect(page).toHaveURL(/\/data\/requests\/(?!new)[^/]+$/);
  await open(page);
  const force = page.getByRole("region", { name: "In force now" });
  await expect(force.getByText(/^Not used .*: .*Messages/)).toBeVisible();
  await expect(force.getByText(/We keep it and do nothing else with it/)).toBeVisible();
  await expect(item(page, "Messages").getByText(/^Not used .* · since /)).toBeVisible();
  // The picture stands before one's own details.
  const order = page.getByRole("heading", { level: 2 });
  await expect(order).toHaveText(["In force now", "What is held", "About you"]);
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await axe(page);
    await shot(page, `in-force-${colorScheme}`);
  }
  await page.goto("/data/files");
  await page.goto("/data/messages");
  await expect(force.getByRole("link", { name: /^See the request/ })).toBeVisible();
  await force.getByRole("button", { name: /^End it/ }).click();
  await expect(force).toHaveCount(0);
  await expect(page.getByRole("heading", { level: 2, name: "The records" })).toBeFocused();
  const requests = (await (await context.request.get("/v1/data-requests")).json()) as { items: { kind: string; outcome: { in_force: boolean } | null }[] };
  expect(requests.items.find((one) => one.kind === "restriction")?.outcome?.in_force).toBe(false);
});
