// The first screen: what waits, what was, and how it went over the months.
import { maya, newcomer } from "../support/customers";
import { expect, test } from "../support/test";

test("what waits for the customer and for the company stands apart", async ({ page, signIn, axe }) => {
  await signIn(maya);
  await page.goto("/");
  await expect(page.getByRole("heading", { level: 1, name: "Hello, Maya Lindqvist" })).toBeVisible();
  const you = page.getByRole("region", { name: /^Waiting for you/ });
  const us = page.getByRole("region", { name: /^Waiting for us/ });
  await expect(you.getByRole("link", { name: /Letter about the deposit/ })).toBeVisible();
  await expect(us.getByRole("link", { name: /Your tariff ends soon/ })).toBeVisible();
  await expect(you.getByRole("link", { name: /Your tariff ends soon/ })).toHaveCount(0);
  await axe(page);
});

test("one press leads from what waits to the conversation", async ({ page, signIn }) => {
  await signIn(maya);
  await page.goto("/");
  await page.getByRole("region", { name: /^Waiting for you/ }).getByRole("link", { name: /Letter about the deposit/ }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Letter about the deposit of your old flat" })).toBeFocused();
});

test("recent contacts stand below with the way to all of them", async ({ page, signIn }) => {
  await signIn(maya);
  await page.goto("/");
  const recent = page.getByRole("region", { name: "Recent contacts" });
  await expect(recent.getByRole("listitem")).toHaveCount(5);
  await recent.getByRole("link", { name: "All interactions" }).click();
  await expect(page).toHaveURL(/\/interactions$/);
});

test("the chart says in a table what its bars say", async ({ page, signIn, axe }) => {
  await signIn(maya);
  await page.goto("/");
  const chart = page.getByRole("region", { name: "Your contacts, month by month" });
  const totals = chart.getByRole("img").locator(".chart__total");
  await expect.poll(() => totals.count(), { message: "months that are drawn" }).toBeGreaterThan(5);
  await chart.getByText("Show as table").click();
  const table = chart.getByRole("table", { name: "Contacts a month by channel" });
  await expect(table).toBeVisible();
  const cells = await table.locator("tbody tr").evaluateAll((lines) =>
    lines.map((line) => [...line.querySelectorAll("td")].reduce((sum, cell) => sum + Number(cell.textContent), 0)),
  );
  await expect(totals).toHaveText(cells.filter((total) => total > 0).map(String));
  await axe(page);
});

test("no id stands twice in the page", async ({ page, signIn }) => {
  await signIn(maya);
  for (const path of ["/", "/interactions"]) {
    await page.goto(path);
    await expect(page.getByRole("link", { name: /Charged twice/ }).first()).toBeVisible();
    await expect(page.locator(".skeleton")).toHaveCount(0);
    const ids = await page.locator("[id]").evaluateAll((elements) => elements.map((element) => element.id));
    expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([]);
  }
});

test("a customer without a history is told so, with the way on", async ({ page, signIn, axe }) => {
  await signIn(newcomer);
  await page.goto("/");
  await expect(page.getByText("You have not been in touch with us yet.")).toBeVisible();
  await axe(page);
  await page.locator(".notice").getByRole("link", { name: "Get in touch" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Get in touch" })).toBeVisible();
  await expect(page.getByRole("heading", { level: 2, name: "Ways to reach us" })).toBeVisible();
  await axe(page);
});

test("who goes on before the first screen is shown finds the focus on the next heading", async ({ page, signIn }) => {
  await signIn(newcomer);
  let letGo = () => {};
  const held = new Promise<void>((resolve) => (letGo = resolve));
  await page.route(/\/assets\/(part|screen)-/, async (route) => {
    await held;
    await route.continue();
  });
  await page.goto("/");
  await page.getByRole("navigation", { name: "Places" }).getByRole("link", { name: "Interactions" }).click();
  letGo();
  await expect(page.getByRole("heading", { level: 1, name: "Interactions" })).toBeFocused();
});

test("who has no history walks every screen, and each says what it will hold", async ({ page, signIn, axe }) => {
  await signIn(newcomer);
  await page.goto("/");
  const places = page.getByRole("navigation", { name: "Places" });
  await places.getByRole("link", { name: "Interactions" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Interactions" })).toBeFocused();
  await expect(page.getByRole("heading", { name: "Nothing here yet" })).toBeVisible();
  await page.getByRole("main").getByRole("searchbox", { name: "Search your interactions" }).fill("anything");
  await expect(page.getByRole("heading", { name: "Nothing matches" })).toBeVisible();
  // How many is said where there are some.
  await expect(page.locator(".filters__count")).toHaveCount(0);
  await axe(page);
  await page.getByRole("button", { name: "Clear all filters" }).click();
  await expect(page.getByRole("heading", { name: "Nothing here yet" })).toBeVisible();
  await places.getByRole("link", { name: "Help" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Help" })).toBeFocused();
  await places.getByRole("link", { name: "Overview" }).click();
  await expect(page.getByRole("heading", { level: 1, name: /^Hello/ })).toBeFocused();
  await axe(page);
});

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(`in ${colorScheme}`, () => {
    test.use({ colorScheme });
    test("every screen is accessible", async ({ page, signIn, axe }) => {
      await signIn(maya);
      for (const path of ["/", "/interactions", "/help", "/no-such-page"]) {
        await page.goto(path);
        await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
        await expect(page.locator(".skeleton")).toHaveCount(0);
        await axe(page);
      }
    });
  });
}

test("the chosen appearance stays", async ({ page, signIn }) => {
  await signIn(maya);
  await page.goto("/");
  await page.getByRole("button", { name: "You", exact: true }).click();
  await page.getByRole("button", { name: "Dark" }).click();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await page.reload();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
});
