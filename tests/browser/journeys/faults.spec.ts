// When things go wrong between the customer and the company: a sentence, a way on, nothing lost, nothing twice.
import type { Page } from "@playwright/test";

import { conversation, maya, messagesOf, openConversation } from "../support/customers";
import { hold } from "../support/held";
import { expect, test } from "../support/test";

const LIST = { method: "GET", path_prefix: "/v1/interactions" } as const;
const OVERVIEW = { method: "GET", path_prefix: "/v1/overview" } as const;
const WRITES = { method: "POST", path_prefix: "/v1/interactions" } as const;

const heading = (page: Page) => page.getByRole("heading", { level: 1, name: "Interactions" });
const row = (page: Page) => page.getByRole("main").getByRole("link", { name: /Letter about the deposit/ });
const answer = (page: Page) => page.getByRole("textbox", { name: "Your answer" });
const send = (page: Page) => page.getByRole("button", { name: "Send answer" });

test.beforeEach(async ({ signIn }) => signIn(maya));

test("a slow answer shows the screen's shape, then its matter, and nothing jumps to another place", async ({ page, axe }) => {
  const late = await hold(page, LIST.method, LIST.path_prefix);
  await page.goto("/interactions");
  await expect(heading(page)).toBeVisible();
  await expect(page.locator(".skeleton")).toBeVisible();
  const place = await heading(page).boundingBox();
  await axe(page);
  late.letGo();
  await expect(row(page)).toBeVisible();
  await expect(page.locator(".skeleton")).toHaveCount(0);
  await expect.poll(async () => (await heading(page).boundingBox())?.y).toBe(place?.y);
});

test("one failure is tried again, and nobody hears of it", async ({ page, faults }) => {
  await faults.fail(LIST, 503, 1);
  await page.goto("/interactions");
  await expect(row(page)).toBeVisible();
  await expect(page.getByRole("button", { name: "Try again" })).toHaveCount(0);
});

for (const { name, path, title, match } of [
  { name: "the overview", path: "/", title: "We could not load your overview", match: OVERVIEW },
  { name: "the history", path: "/interactions", title: "We could not load your interactions", match: LIST },
]) {
  test(`${name} that cannot be had is a sentence, and trying again works afterwards`, async ({ page, faults, axe }) => {
    await faults.fail(match, 500);
    await page.goto(path);
    await expect(page.getByRole("heading", { name: title })).toBeVisible();
    await expect(page.getByRole("navigation", { name: "Places" })).toBeVisible();
    await axe(page);
    await faults.clear();
    await page.getByRole("button", { name: "Try again" }).click();
    await expect(row(page).first()).toBeVisible();
    await expect(page.getByRole("heading", { name: title })).toHaveCount(0);
  });
}

test("trying again shows that it does, keeps the focus, and what fails again is told again", async ({ page, faults }) => {
  await faults.fail(OVERVIEW, 500);
  await page.goto("/");
  const alert = page.getByRole("alert").filter({ hasText: "We could not load your overview" });
  const told = await alert.elementHandle();
  const again = page.getByRole("button", { name: "Try again" });
  // How long it is tried is chance: what is shown meanwhile is noted as it comes.
  await again.evaluate((button) => {
    const seen = ((globalThis as unknown as { seen: unknown[] }).seen = [] as unknown[]);
    new MutationObserver(() => seen.push(button.getAttribute("aria-disabled"))).observe(button, { attributeFilter: ["aria-disabled"] });
  });
  await again.focus();
  await page.keyboard.press("Enter");
  await expect.poll(() => told?.evaluate((element) => element.isConnected)).toBe(false);
  expect(await page.evaluate(() => (globalThis as unknown as { seen: unknown[] }).seen[0])).toBe("true");
  await expect(alert).toBeVisible();
  await expect(again).toBeFocused();
  await expect(again).not.toHaveAttribute("aria-disabled");
});

test("a system that does not answer for good is told as such, with its retries used up", async ({ page, faults }) => {
  await faults.fail(LIST, 503);
  await page.goto("/interactions");
  await expect(page.getByText("Our system does not answer at the moment.")).toBeVisible();
  await faults.clear();
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(row(page)).toBeVisible();
});

for (const { name, set } of [
  { name: "a proxy's page", set: "html" },
  { name: "an answer cut in its middle", set: "truncate" },
] as const) {
  test(`${name} instead of data is a sentence, never a blank page`, async ({ page, faults, axe }) => {
    await faults[set](LIST);
    await page.goto("/interactions");
    await expect(page.getByRole("heading", { name: "We could not load your interactions" })).toBeVisible();
    await axe(page);
    await faults.clear();
    await page.getByRole("button", { name: "Try again" }).click();
    await expect(row(page)).toBeVisible();
  });
}

test("a conversation whose messages fail still says what it is about", async ({ page, context, server, faults }) => {
  const { id } = await conversation(context, server, "Letter about the deposit of your old flat");
  await faults.fail({ method: "GET", path_prefix: `/v1/interactions/${id}/messages` }, 500);
  await page.goto(`/interactions/${id}`);
  await expect(page.getByRole("heading", { level: 1, name: "Letter about the deposit of your old flat" })).toBeVisible();
  await expect(page.getByRole("heading", { name: "We could not load the messages" })).toBeVisible();
  await faults.clear();
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByRole("article").first()).toContainText("Dear Ms Lindqvist");
});

test("who is signed in cannot be asked: a sentence, and trying again leads in", async ({ page, faults, axe }) => {
  await faults.fail({ method: "GET", path_prefix: "/v1/session" }, 500);
  await page.goto("/interactions");
  await expect(page.getByRole("heading", { name: "We could not reach your account" })).toBeVisible();
  await axe(page);
  await faults.clear();
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(row(page)).toBeVisible();
});

test("an answer that was lost after the commit is one message, retried by itself", async ({ page, context, server, faults }) => {
  const id = await openConversation(page, server, "Invoice by email again, please");
  await faults.dropResponse(WRITES, 1);
  await answer(page).fill("Lost on the way back.");
  await send(page).click();
  await expect(page.getByRole("article").last()).toContainText("Lost on the way back.");
  await expect(answer(page)).toHaveValue("");
  const texts = (await messagesOf(context, server, id)).map((message) => message.text);
  expect(texts.filter((text) => text === "Lost on the way back.")).toHaveLength(1);
});

test("lost for good, then a reload, then sent again: one message", async ({ page, context, server, faults }) => {
  const id = await openConversation(page, server, "Invoice by email again, please");
  await faults.dropResponse(WRITES, 100);
  await answer(page).fill("Lost more than once.");
  await send(page).click();
  await expect(page.getByRole("alert").filter({ hasText: "What you wrote is kept" })).toBeVisible({ timeout: 25_000 });
  await faults.clear();
  await page.reload();
  await expect(answer(page)).toHaveValue("Lost more than once.");
  await send(page).click();
  await expect(answer(page)).toHaveValue("");
  const texts = (await messagesOf(context, server, id)).map((message) => message.text);
  expect(texts.filter((text) => text === "Lost more than once.")).toHaveLength(1);
  await expect(page.getByRole("article").filter({ hasText: "Lost more than once." })).toHaveCount(1);
});

test("an answer that is refused for good is kept, and sent when the fault is gone", async ({ page, server, faults, axe }) => {
  await openConversation(page, server, "Invoice by email again, please");
  await faults.fail(WRITES, 500);
  await answer(page).fill("Still here.");
  await send(page).click();
  await expect(page.getByRole("alert").filter({ hasText: "What you wrote is kept" })).toBeVisible();
  await expect(answer(page)).toHaveValue("Still here.");
  await axe(page);
  await faults.clear();
  await send(page).click();
  await expect(page.getByRole("article").last()).toContainText("Still here.");
  await expect(page.getByRole("alert").filter({ hasText: "What you wrote is kept" })).toHaveCount(0);
});

test("offline is told, the draft is kept, and it is sent when the connection is back", async ({ page, context, server, axe }) => {
  await openConversation(page, server, "Invoice by email again, please");
  await context.setOffline(true);
  await expect(page.getByText("You are offline. Keep this page open.")).toBeVisible();
  await axe(page);
  await answer(page).fill("Written in a tunnel.");
  await send(page).click();
  await expect(answer(page)).toHaveValue("Written in a tunnel.");
  await context.setOffline(false);
  await expect(page.getByText("You are offline. Keep this page open.")).toHaveCount(0);
  await expect(async () => {
    if ((await answer(page).inputValue()) !== "") await send(page).click();
    await expect(page.getByRole("article").last()).toContainText("Written in a tunnel.", { timeout: 3_000 });
  }).toPass();
  await expect(page.getByRole("article").filter({ hasText: "Written in a tunnel." })).toHaveCount(1);
});

test("more that cannot be loaded leaves what is there, and can be tried again", async ({ page, faults }) => {
  await page.goto("/interactions");
  await expect(page.getByText("50 interactions so far, and more below")).toBeVisible();
  await faults.fail(LIST, 500);
  await page.keyboard.press("End");
  await expect(page.getByText("More could not be loaded. What you see is kept.")).toBeVisible();
  await expect(row(page)).toHaveCount(1);
  await faults.clear();
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByText(/^That is (all of it|everything)\.$/)).toBeVisible();
});

test("an upload that fails says so, and the words stay", async ({ page, server, faults }) => {
  await openConversation(page, server, "Invoice by email again, please");
  await answer(page).fill("With a file.");
  await faults.fail(WRITES, 500);
  await page.getByLabel("Add a file").setInputFiles({ name: "note.txt", mimeType: "text/plain", buffer: Buffer.from("a note") });
  await expect(page.getByRole("form", { name: "Your answer" }).getByRole("alert").filter({ hasText: "kept" })).toBeVisible();
  await expect(answer(page)).toHaveValue("With a file.");
  await page.getByRole("button", { name: "Remove note.txt" }).click();
  await answer(page).fill("");
});
