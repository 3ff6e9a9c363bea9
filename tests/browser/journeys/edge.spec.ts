// The customer whose history holds everything that breaks a page.
import { conversation, edge, openConversation } from "../support/customers";
import { overflow } from "../support/history";
import { expect, test } from "../support/test";

test.beforeEach(async ({ signIn }) => signIn(edge));

test("every conversation of a history that breaks pages opens from the list, and Back leads back", async ({ page, server, axe }) => {
  await page.goto("/interactions");
  const rows = page.getByRole("main").getByRole("listitem").getByRole("link");
  await expect(rows.first()).toBeVisible();
  const hrefs = await rows.evaluateAll((links) => links.map((link) => link.getAttribute("href") ?? ""));
  expect(hrefs.length).toBeGreaterThan(5);
  for (const href of hrefs) {
    await page.getByRole("main").locator(`a[href="${href}"]`).click();
    await expect(page).toHaveURL(server.origin + href);
    await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
    await expect(page.getByRole("article").or(page.getByText("There are no messages yet.")).first()).toBeVisible();
    await expect(page.locator("#way-out")).toBeHidden();
    await page.goBack();
    await expect(page.getByRole("main").locator(`a[href="${href}"]`)).toBeFocused();
  }
  await page.goto("/");
  await expect(page.getByRole("main").getByRole("listitem").first()).toBeVisible();
  await axe(page);
});

test("a subject that is a script is read as it was written", async ({ page, server, axe }) => {
  await page.goto("/interactions");
  await page.getByRole("link", { name: /^<script>alert\(1\)<\/script>/ }).click();
  await expect(page.getByRole("heading", { level: 1, name: "<script>alert(1)</script>" })).toBeVisible();
  await expect(page.getByRole("article").first()).toContainText("<b>not bold</b> & nothing else.");
  await expect(page).toHaveTitle(/^<script>alert\(1\)<\/script>/);
  await axe(page);
  expect(page.url().startsWith(server.origin)).toBe(true);
});

test("a message of 200,000 characters is there to its end", async ({ page, server }) => {
  await openConversation(page, server, "A message of 200,000 characters");
  const text = page.getByRole("article").first().locator(".letter__text");
  await expect(text).toContainText("END.");
  await expect.poll(async () => (await text.textContent())?.length).toBe(200_000);
});

test("a thread of 10,000 messages opens at its newest and leads back page by page", async ({ page, server }) => {
  await openConversation(page, server, "10,000 messages");
  await expect(page.getByText("Message 10000 of 10000.")).toBeAttached();
  const articles = page.getByRole("article");
  const first = await articles.count();
  expect(first).toBeLessThan(200);
  await page.getByRole("button", { name: /Show .*earlier messages/ }).click();
  await expect.poll(() => articles.count()).toBeGreaterThan(first);
  await expect(page.getByText("Message 10000 of 10000.")).toBeAttached();
  await expect(page.getByText("Message 9925 of 10000.")).toBeAttached();
});

test("what no version of the contract knows is told in plain words", async ({ page, server, axe }) => {
  await page.goto("/interactions");
  await expect(page.getByRole("link", { name: /Sent by pigeon/ })).toContainText("Carrier pigeon");
  await openConversation(page, server, "Sent by pigeon");
  await expect(page.getByRole("complementary", { name: "Details" })).toContainText("Carrier pigeon");
  await expect(page.getByText("Coo, coo.")).toBeVisible();
  await axe(page);
});

test("a conversation without a subject has a name all the same", async ({ page, axe }) => {
  await page.goto("/interactions");
  await page.getByRole("link", { name: /^No subject/ }).click();
  await expect(page.getByRole("heading", { level: 1, name: "No subject" })).toBeVisible();
  await axe(page);
});

test("a word as long as a street widens nothing", async ({ page, context, server }) => {
  const { items } = (await (await context.request.get(`${server.origin}/v1/interactions?limit=50`)).json()) as {
    items: { id: string; subject: string }[];
  };
  const long = items.find((one) => one.subject.startsWith("Donaudampf"));
  for (const width of [1280, 360]) {
    await page.setViewportSize({ width, height: 740 });
    for (const path of ["/", "/interactions", `/interactions/${long?.id}`]) {
      await page.goto(path);
      await expect(page.getByRole("main").getByText(/Donaudampf/).first()).toBeVisible();
      await expect.poll(() => overflow(page)).toBe(0);
    }
  }
});

test("a mail that tries everything reaches nobody and is read to its last line", async ({ page, server, axe }) => {
  await openConversation(page, server, "A mail that tries everything");
  const frame = page.locator("iframe.letter__html");
  await expect(frame.contentFrame().getByText("The last line, which has to be readable.")).toBeVisible();
  await expect(frame.contentFrame().locator("script, form, object, embed, iframe, meta[http-equiv=refresh], [onerror], [onload]")).toHaveCount(0);
  await axe(page);
});

test("a name that would turn the page around stays within itself", async ({ page, axe }) => {
  await page.goto("/");
  await expect(page.getByRole("heading", { level: 1, name: /^Hello/ })).toBeVisible();
  await expect(page.getByRole("navigation", { name: "Places" })).toBeVisible();
  await axe(page);
});

test("an answer with markup and every script of the world comes back as it was written", async ({ page, context, server }) => {
  const text = "<img src=x onerror=alert(1)> {{7*7}} مرحبا שלום 👩🏽‍🚀\n\n\tend";
  const { id } = await conversation(context, server, "Sent by pigeon");
  await page.goto(`/interactions/${id}`);
  const answer = page.getByRole("textbox", { name: "Your answer" });
  await answer.fill(text);
  await page.getByRole("button", { name: "Send answer" }).click();
  await expect(answer).toHaveValue("");
  await expect.poll(() => page.getByRole("article").last().locator(".letter__text").textContent()).toBe(text);
});
