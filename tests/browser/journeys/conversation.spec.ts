// One conversation: reading it as it went, closing it and taking it up again, hearing of answers, printing it.
import type { Page } from "@playwright/test";

import { companyWrites, conversation, maya, openConversation } from "../support/customers";
import { expect, test } from "../support/test";

const fact = (page: Page, name: string) => page.getByRole("complementary", { name: "Details" }).locator(".fact", { hasText: name });

test.beforeEach(async ({ signIn }) => signIn(maya));

test("a thread stands by day, with who wrote, on which channel, and to whom it was handed", async ({ page, server, axe }) => {
  await openConversation(page, server, "Charged twice for the same month");
  const days = () => page.getByRole("main").getByRole("heading", { level: 2 }).locator("time").evaluateAll((all) => all.map((time) => time.getAttribute("datetime") ?? ""));
  await expect.poll(async () => (await days()).length, { message: "days that are drawn" }).toBeGreaterThan(4);
  expect(await days()).toEqual((await days()).toSorted());
  await expect(page.getByRole("article", { name: "Inês Carvalho" })).toContainText("Our team");
  await expect(page.getByText("Handed over from Phone team to Billing: The bank's file has to be read")).toBeVisible();
  await expect(page.getByText("Continued by chat")).toBeVisible();
  await expect(page.getByText("INTERNAL-NOTE-SENTINEL")).toHaveCount(0);
  await axe(page);
});

test("the promise stands beside the fact", async ({ page, server }) => {
  await openConversation(page, server, "Meter reading, with a photo");
  await expect(fact(page, "First answer")).toContainText("in 6 hours 29 minutes promised within 2 days: kept");
  await openConversation(page, server, "Water heater on the night tariff");
  await expect(fact(page, "First answer")).toContainText("promised within 8 hours: late");
});

test("who took part, hand-offs and related contacts are told, and lead there", async ({ page, server }) => {
  await openConversation(page, server, "Broadband drops every evening");
  await expect(fact(page, "Took part")).toContainText("Norte Fibra");
  await expect(fact(page, "Hand-offs")).toHaveText("Hand-offs2");
  await fact(page, "Related contacts").getByRole("link", { name: "Your engineer comes on Thursday" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Your engineer comes on Thursday" })).toBeFocused();
});

test("a picture is previewed, and every file can be had as it was sent", async ({ page, server }) => {
  await openConversation(page, server, "Meter reading, with a photo");
  const picture = page.getByRole("link", { name: /meter\.png/ });
  await expect.poll(() => picture.locator("img").evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0);
  const downloading = page.waitForEvent("download");
  await page.getByRole("link", { name: /invoice-corrected\.pdf/ }).click();
  expect((await downloading).suggestedFilename()).toBe("invoice-corrected.pdf");
});

test("a conversation is closed and taken up again", async ({ page, server, axe }) => {
  const id = await openConversation(page, server, "Invoice says two people, I live alone");
  await page.getByRole("button", { name: "Close this conversation" }).click();
  await expect(page.getByRole("status").filter({ hasText: "The conversation is closed." })).toBeVisible();
  await expect(page.getByRole("textbox", { name: "Your answer" })).toHaveCount(0);
  await expect(page.getByRole("main").locator(".status")).toHaveText("Done");
  expect((await conversation(page.context(), server, "Invoice says two people, I live alone")).status).toBe("closed");
  await axe(page);
  await page.getByRole("button", { name: "Open it again" }).click();
  await expect(page.getByRole("status").filter({ hasText: "The conversation is open again." })).toBeVisible();
  await expect(page.getByRole("textbox", { name: "Your answer" })).toBeVisible();
  await expect(page.getByRole("main").locator(".status")).toHaveText("Waiting for us");
  expect(page.url()).toContain(id);
});

test("a new answer appears by itself and is announced once", async ({ page, server }) => {
  const id = await openConversation(page, server, "Broadband drops every evening");
  await page.evaluate(() => {
    const spoken = ((globalThis as unknown as { spoken: string[] }).spoken = []) as string[];
    for (const region of document.querySelectorAll("[aria-live], [role=status]")) {
      new MutationObserver(() => region.textContent?.trim() && spoken.push(region.textContent.trim())).observe(region, {
        childList: true,
        characterData: true,
        subtree: true,
      });
    }
  });
  await companyWrites(server, id, "The joint is dry again.");
  await expect(page.getByRole("article").last()).toContainText("The joint is dry again.");
  const spoken = () => page.evaluate(() => (globalThis as unknown as { spoken: string[] }).spoken);
  await expect.poll(spoken).toEqual(["There is a new answer."]);
  await companyWrites(server, id, "And it stayed dry.");
  await expect(page.getByRole("article").last()).toContainText("And it stayed dry.");
  await expect(page.getByText("The joint is dry again.")).toHaveCount(1);
});

test("a new answer comes to the list without a reload", async ({ page, context, server }) => {
  const { id } = await conversation(context, server, "Is the 50 GB for the outage really free?");
  await page.goto("/interactions");
  await expect(page.getByRole("link", { name: /Is the 50 GB/ })).toBeVisible();
  await companyWrites(server, id, "One more thing: it ended today.");
  await expect(page.getByRole("main").getByRole("listitem").getByRole("link").first()).toContainText("Is the 50 GB");
});

test("what was read counts as read", async ({ page, context, server }) => {
  const { id } = await conversation(context, server, "Wrong name on the new contract");
  await companyWrites(server, id, "Is it right now?");
  await page.goto("/interactions");
  const row = page.getByRole("main").getByRole("link", { name: /Wrong name on the new contract/ });
  await expect(row).toContainText("New answer");
  await row.click();
  await expect(page.getByText("Is it right now?")).toBeVisible();
  await page.goBack();
  await expect(row).toBeVisible();
  await expect(row).not.toContainText("New answer");
});

test.describe("a mail with pictures", () => {
  // What it asks for on request is somebody else's: the one place where that may happen.
  test.use({ guarded: false });

  test("asks nothing of anybody before its pictures are wanted, and runs nothing", async ({ page, context, server, axe }) => {
    const foreign: string[] = [];
    context.on("request", (request) => request.url().startsWith(server.origin) || foreign.push(request.url()));
    await context.route(
      (url) => url.origin !== server.origin,
      (route) => route.fulfill({ contentType: "image/svg+xml", body: '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>' }),
    );
    await openConversation(page, server, "Your tariff ends soon: three ways to go on");
    const frame = page.getByTitle(/^Message from Lumenfold/);
    await expect(frame).toHaveAttribute("sandbox", /^(?!.*allow-scripts)/);
    await expect(frame.contentFrame().locator("body")).toContainText("Lumen");
    expect(foreign).toEqual([]);
    await axe(page);
    await page.getByRole("button", { name: "Show pictures" }).click();
    await expect.poll(() => foreign.length).toBeGreaterThan(0);
    await expect(page.getByRole("button", { name: "Show pictures" })).toHaveCount(0);
  });
});

test("a mail's frame is as high as the mail", async ({ page, server }) => {
  await openConversation(page, server, "Your tariff ends soon: three ways to go on");
  const frame = page.getByTitle(/^Message from Lumenfold/);
  await expect(frame.contentFrame().locator("body")).toContainText("Lumen");
  await expect
    .poll(() => frame.evaluate((it: HTMLIFrameElement) => (it.contentDocument?.documentElement.scrollHeight ?? 1e9) - it.clientHeight))
    .toBeLessThanOrEqual(1);
});

test("a conversation that is not there says so once and leads on", async ({ page, axe }) => {
  await page.goto("/interactions/int_00000000000000000000000000");
  const heading = page.getByRole("heading", { level: 1, name: "We could not load this conversation" });
  await expect(heading).toBeFocused();
  await expect(page.getByRole("main").getByRole("alert")).toHaveCount(0);
  await axe(page);
  await page.getByRole("main").getByRole("link", { name: "Go to the overview" }).click();
  await expect(page.getByRole("heading", { level: 1, name: /^Hello/ })).toBeFocused();
});

test("on paper there is the conversation and nothing to press", async ({ page, server }) => {
  await openConversation(page, server, "Charged twice for the same month");
  await page.emulateMedia({ media: "print" });
  await expect(page.getByRole("heading", { level: 1, name: "Charged twice for the same month" })).toBeVisible();
  await expect(page.getByRole("article").first()).toBeVisible();
  await expect(page.getByText("Reference LF-48213")).toBeVisible();
  for (const pressed of [page.getByRole("navigation"), page.getByRole("button", { name: "Print" }), page.getByRole("textbox", { name: "Your answer" })]) {
    await expect(pressed).toBeHidden();
  }
});

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(`in ${colorScheme}`, () => {
    test.use({ colorScheme });
    test("an open and a closed conversation are accessible", async ({ page, server, axe }) => {
      for (const subject of ["Letter about the deposit of your old flat", "Planned work in your street", "Meter reading, with a photo"]) {
        await openConversation(page, server, subject);
        await axe(page);
      }
    });
  });
}
