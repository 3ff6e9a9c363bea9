// Being asked how it went: one answer whatever happens, and nothing that was begun is lost.
import type { Page } from "@playwright/test";

import { speak } from "../support/contact-points";
import { amal, conversation, expireAtNextWrite, maya, newcomer, openConversation } from "../support/customers";
import { askAbout, openLedger, openRequest, point, question, requestsOf, saidBy } from "../support/feedback";
import { hold } from "../support/held";
import { assertFocusIsSeen, tabTo } from "../support/keyboard";
import { newestMail, nextCode } from "../support/outbox";
import { withOwnServer } from "../support/own-server";
import { change, preferencesOf } from "../support/preferences";
import { expect, test } from "../support/test";

// A month goes by on its clock, and sessions and notices of others would go with it.
const far = withOwnServer();

const CSAT = /^How satisfied are you/;
const EASY = /made it easy/;
const NPS = /^How likely/;

const send = (page: Page) => page.getByRole("button", { name: "Send answers" });
const thanks = (page: Page) => page.getByRole("heading", { level: 1, name: "Thank you" });
const words = (page: Page) => page.getByRole("textbox", { name: /^In your own words/ });

test("what is asked leads to its questions, and the answer to thanks and what happens next", async ({ page, context, server, signIn, axe, shot }) => {
  await signIn(maya);
  const id = await askAbout(context, server, "When does my old contract end?");
  await openLedger(page);
  const asked = page.getByRole("region", { name: "We would like to know" });
  const item = asked.getByRole("listitem").filter({ hasText: "When does my old contract end?" });
  await expect(item).toContainText("Until");
  await item.getByRole("link", { name: /^Answer/ }).click();
  await expect(page.getByRole("heading", { level: 1, name: "How did it go?" })).toBeFocused();
  await expect(page.getByText("About “When does my old contract end?”")).toBeVisible();
  await expect(question(page, CSAT)).toHaveAttribute("aria-required", "true");
  await point(page, CSAT, "5 of 5, Very satisfied").check();
  await point(page, EASY, "6 of 7").check();
  await point(page, NPS, "10 of 10, Extremely likely").check();
  await words(page).fill("Everything was said in one go.");
  await page.getByRole("checkbox", { name: /^You may contact me/ }).check();
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await axe(page);
    await shot(page, `survey-${colorScheme}`);
  }
  await send(page).click();
  await expect(thanks(page)).toBeFocused();
  await expect(page.getByText(/You can change it until/)).toBeVisible();
  await expect(page.getByText("We may contact you about it.")).toBeVisible();
  await axe(page);
  await shot(page, "thanks");
  const said = (await saidBy(context, server)).filter((entry) => entry.request_id === id);
  expect(said).toHaveLength(1);
  expect(said[0]).toMatchObject({ answers: { csat: 5, ces: 6, nps: 10, words: "Everything was said in one go." }, contact_allowed: true });
  await page.getByRole("link", { name: "See what you said" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Answer to our questions" })).toBeVisible();
  await expect(page.getByText("5 of 5, Very satisfied")).toBeVisible();
});

test("by keyboard alone: arrows choose a point, and everything is reached and seen", async ({ page, context, server, signIn }) => {
  await signIn(maya);
  const id = await askAbout(context, server, "First meter reading");
  await openRequest(page, id);
  await tabTo(page, point(page, CSAT, /^1 of 5/));
  await page.keyboard.press("Space");
  await expect(point(page, CSAT, /^1 of 5/)).toBeChecked();
  for (let press = 0; press < 3; press += 1) await page.keyboard.press("ArrowRight");
  await expect(point(page, CSAT, /^4 of 5/)).toBeChecked();
  await expect(point(page, CSAT, /^4 of 5/)).toBeFocused();
  await assertFocusIsSeen(page);
  await tabTo(page, point(page, NPS, /^0 of 10/));
  await page.keyboard.press("ArrowLeft");
  await expect(point(page, NPS, /^10 of 10/)).toBeChecked();
  await tabTo(page, words(page));
  await page.keyboard.type("Typed.");
  await tabTo(page, send(page));
  await page.keyboard.press("Enter");
  await expect(thanks(page)).toBeFocused();
  const [said] = (await saidBy(context, server)).filter((entry) => entry.request_id === id);
  expect(said?.answers).toMatchObject({ csat: 4, nps: 10, words: "Typed." });
});

test("an answer opens questions and closes them, and what was said there comes back", async ({ page, context, server, signIn, axe }) => {
  await signIn(maya);
  const id = await askAbout(context, server, "Code for signing in did not come");
  await openRequest(page, id);
  const why = page.getByRole("group", { name: /^What went wrong/ });
  await expect(why).toHaveCount(0);
  await point(page, CSAT, /^2 of 5/).check();
  await expect(why).toBeVisible();
  await expect(page.getByRole("status").filter({ hasText: "One more question is asked" })).toBeVisible();
  await expect(point(page, CSAT, /^2 of 5/)).toBeFocused();
  await why.getByRole("checkbox", { name: "It took too long" }).check();
  await axe(page);
  await point(page, CSAT, /^5 of 5/).check();
  await expect(why).toHaveCount(0);
  await expect(page.getByRole("status").filter({ hasText: "What you wrote there is kept" })).toBeVisible();
  await point(page, CSAT, /^1 of 5/).check();
  await expect(why.getByRole("checkbox", { name: "It took too long" })).toBeChecked();
  await point(page, CSAT, /^5 of 5/).check();
  await send(page).click();
  await expect(thanks(page)).toBeVisible();
  const [said] = (await saidBy(context, server)).filter((entry) => entry.request_id === id);
  expect(said?.answers).toEqual({ csat: 5 });
});

test("what is missing is told where it is, and an answer can be taken back where none is needed", async ({ page, context, server, signIn, axe }) => {
  await signIn(maya);
  const id = await askAbout(context, server, "What is the network fee?");
  await openRequest(page, id);
  await send(page).click();
  const summary = page.getByRole("group", { name: /^There is a problem Answer the question/ });
  await expect(summary).toBeFocused();
  await expect(page).toHaveTitle(/^Problem: /);
  await expect(question(page, CSAT)).toHaveAttribute("aria-invalid", "true");
  await expect(question(page, CSAT)).toHaveAccessibleDescription(/Answer the question/);
  await axe(page);
  await summary.getByRole("link").click();
  await expect(point(page, CSAT, /^1 of 5/)).toBeFocused();
  await page.keyboard.press("Space");
  await expect(question(page, CSAT)).not.toHaveAttribute("aria-invalid", /./);
  await point(page, NPS, /^7 of 10/).check();
  await question(page, NPS).getByRole("button", { name: "Remove my answer" }).click();
  await expect(question(page, NPS).getByRole("radio", { checked: true })).toHaveCount(0);
  await expect(point(page, NPS, /^0 of 10/)).toBeFocused();
  await expect(question(page, CSAT).getByRole("button")).toHaveCount(0);
});

test("half an answer survives a reload and a visit elsewhere, and nobody else finds it", async ({ page, context, server, signIn }) => {
  await signIn(maya);
  const id = await askAbout(context, server, "Paying by card instead of transfer");
  await openRequest(page, id);
  await point(page, CSAT, /^3 of 5/).check();
  await page.getByRole("checkbox", { name: "It is not solved" }).check();
  await words(page).fill("Half an ans");
  await expect(page.getByText("Draft kept in this tab.")).toBeVisible();
  await page.reload();
  await expect(point(page, CSAT, /^3 of 5/)).toBeChecked();
  await expect(page.getByRole("checkbox", { name: "It is not solved" })).toBeChecked();
  await expect(words(page)).toHaveValue("Half an ans");
  await page.getByRole("navigation", { name: "Feedback" }).getByRole("link", { name: "Your feedback" }).click();
  const item = page.getByRole("listitem").filter({ hasText: "Paying by card instead of transfer" }).first();
  await expect(item).toContainText("begun, and kept in this tab");
  await item.getByRole("link", { name: /^Answer/ }).click();
  await expect(words(page)).toHaveValue("Half an ans");
  await signIn(newcomer);
  await page.goto("/feedback");
  await expect(page.getByRole("heading", { level: 1, name: "Your feedback" })).toBeVisible();
  await expect.poll(() => page.evaluate(() => JSON.stringify({ ...sessionStorage }))).not.toContain("Half an ans");
});

test("the session ends while it is answered: sign in over it, the same answers, one of them", async ({ page, context, server, signIn }) => {
  await signIn(maya);
  const id = await askAbout(context, server, "Half-yearly reading");
  await openRequest(page, id);
  await point(page, CSAT, /^4 of 5/).check();
  await words(page).fill("Written before the session ran out.");
  const known = await newestMail(server, maya);
  await expireAtNextWrite(page, server);
  await send(page).click();
  const dialog = page.getByRole("dialog", { name: "Sign in again" });
  await dialog.getByLabel("Email address").fill(maya);
  await dialog.getByRole("button", { name: "Send me a code" }).click();
  await dialog.getByLabel("Code", { exact: true }).fill(await nextCode(server, maya, known));
  await dialog.getByRole("button", { name: "Sign in" }).click();
  await expect(dialog).toBeHidden();
  await expect(words(page)).toHaveValue("Written before the session ran out.");
  await send(page).click();
  await expect(thanks(page)).toBeVisible();
  expect((await saidBy(context, server)).filter((entry) => entry.request_id === id)).toHaveLength(1);
});

test("an answer whose response is lost, pressed twice and reloaded in between, is one answer", async ({ page, context, server, faults, signIn }) => {
  await signIn(maya);
  const id = await askAbout(context, server, "Do you sell broadband too?");
  // Nor is it told by the news of it, that it was taken.
  await faults.fail({ method: "GET", path_prefix: "/v1/events" });
  await openRequest(page, id);
  await point(page, CSAT, /^4 of 5/).check();
  await words(page).fill("Said once.");
  // Every try of the program is taken and none is answered, until it gives up and says so.
  await faults.dropResponse({ method: "POST", path_prefix: "/v1/feedback" }, 100);
  await send(page).dblclick();
  await expect(page.getByRole("alert").filter({ hasText: "The connection broke" })).toBeVisible({ timeout: 45_000 });
  await expect(words(page)).toHaveValue("Said once.");
  await page.reload();
  await expect(page.getByText("You have answered this. Your answer arrived.")).toBeVisible();
  await page.getByRole("link", { name: "See what you said" }).click();
  await expect(page.getByText("Said once.")).toBeVisible();
  const said = (await saidBy(context, server)).filter((entry) => entry.request_id === id);
  expect(said).toHaveLength(1);
  expect(said[0]).toMatchObject({ answers: { csat: 4, words: "Said once." } });
});

test("a lost answer that is pressed again without a reload is replayed", async ({ page, context, server, faults, signIn }) => {
  await signIn(maya);
  const id = await askAbout(context, server, "Router restarts by itself");
  await faults.fail({ method: "GET", path_prefix: "/v1/events" });
  await openRequest(page, id);
  await point(page, CSAT, /^3 of 5/).check();
  await faults.dropResponse({ method: "POST", path_prefix: "/v1/feedback" }, 100);
  await send(page).click();
  await expect(page.getByRole("alert").filter({ hasText: "The connection broke" })).toBeVisible({ timeout: 45_000 });
  await faults.clear();
  await send(page).click();
  await expect(thanks(page)).toBeVisible();
  expect((await saidBy(context, server)).filter((entry) => entry.request_id === id)).toHaveLength(1);
});

test("what another tab answered leads to the answer that stands", async ({ page, context, server, faults, signIn }) => {
  await signIn(maya);
  const id = await askAbout(context, server, "Still restarting: please send another router");
  // No news of it comes first: the press finds out.
  await faults.fail({ method: "GET", path_prefix: "/v1/events" });
  await openRequest(page, id);
  await point(page, CSAT, /^2 of 5/).check();
  const headers = { "X-Portal-CSRF": "1", Origin: server.origin, "Idempotency-Key": crypto.randomUUID() };
  const data = { request_id: id, answers: { csat: 5 }, contact_allowed: false };
  const answer = await context.request.post(`${server.origin}/v1/feedback`, { headers, data });
  expect(answer.ok(), await answer.text()).toBe(true);
  await send(page).click();
  await expect(page.getByText("You have answered this. Your answer arrived.")).toBeVisible();
  await page.getByRole("link", { name: "See what you said" }).click();
  await expect(page.getByText("5 of 5, Very satisfied")).toBeVisible();
});

test("slow, failed and offline: what was said stays, and says so", async ({ page, context, server, faults, signIn, axe }) => {
  await signIn(maya);
  const id = await askAbout(context, server, "Technician did not come");
  await faults.fail({ method: "GET", path_prefix: `/v1/feedback-requests/${id}` }, 500);
  await page.goto(`/feedback/requests/${id}`);
  await expect(page.getByRole("heading", { level: 1, name: "We could not load the questions" })).toBeVisible({ timeout: 30_000 });
  await axe(page);
  await faults.clear();
  await page.getByRole("button", { name: "Try again" }).click();
  // This matter was a visit, and so it is thumbs.
  const thumbs = page.getByRole("radiogroup").first();
  await thumbs.getByRole("radio").nth(1).check();
  const sent = await hold(page, "POST", "/v1/feedback");
  await send(page).click();
  await expect(page.getByRole("button", { name: "Sending…" })).toHaveAttribute("aria-disabled", "true");
  sent.letGo();
  await expect(thanks(page)).toBeVisible();
  const other = await askAbout(context, server, "Final invoice for your old flat");
  await openRequest(page, other);
  await page.getByRole("radiogroup").first().getByRole("radio").last().check();
  await context.setOffline(true);
  await send(page).click();
  await expect(page.getByText("You are offline.").first()).toBeVisible();
  await context.setOffline(false);
  await expect(thanks(page)).toBeVisible({ timeout: 30_000 });
  expect((await saidBy(context, server)).filter((entry) => entry.request_id === other)).toHaveLength(1);
});

far("a request that has run out while it was answered leads on, with what was answered", async ({ page, context, server, signIn, axe }) => {
  await signIn(maya);
  const id = await askAbout(context, server, "Your first invoice");
  await openRequest(page, id);
  await point(page, CSAT, /^2 of 5/).check();
  await words(page).fill("The first one was wrong.");
  await expect(page.getByText("Draft kept in this tab.")).toBeVisible();
  await server.moveClock(31 * 86_400);
  await signIn(maya);
  await page.goto(`/feedback/requests/${id}`);
  await expect(page.getByText(/These questions could be answered until/)).toBeVisible();
  await expect(page.getByText("What you had answered is kept and goes along.")).toBeVisible();
  await axe(page);
  // Looked at twice, it goes along once.
  await page.reload();
  await expect(page.getByText("What you had answered is kept and goes along.")).toBeVisible();
  await page.getByRole("link", { name: "Tell us anyway" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Say something" })).toBeVisible();
  await expect(page.getByRole("radio", { name: "The conversation “Your first invoice”" })).toBeChecked();
  const said = page.getByRole("textbox", { name: /^In your own words|^What/ }).last();
  await expect(said).toHaveValue(/^How satisfied are you.*\n2 of 5, Dissatisfied\n\nIn your own words.*\nThe first one was wrong\.$/);
});

test("a request that is not there says so", async ({ page, signIn }) => {
  await signIn(maya);
  await page.goto("/feedback/requests/frq_nowhere");
  await expect(page.getByRole("heading", { level: 1, name: "We could not load the questions" })).toBeVisible();
  await expect(page.getByText("This is not here, or no longer.")).toBeVisible();
});

test("not this time is one press, and a while without questions is chosen and taken back here", async ({ page, context, server, signIn }) => {
  await signIn(maya);
  await askAbout(context, server, "Storm warning for tonight");
  await openLedger(page);
  const asked = page.getByRole("region", { name: "We would like to know" });
  const item = asked.getByRole("listitem").filter({ hasText: "Storm warning for tonight" });
  await item.getByRole("button", { name: /^Not this time/ }).click();
  await expect(item).toHaveCount(0);
  await expect(page.getByRole("status").filter({ hasText: "We do not ask about this again." })).toBeVisible();
  const before = (await requestsOf(context, server)).length;
  const when = page.getByRole("combobox", { name: "Asking for your opinion" });
  await when.selectOption({ label: "Not for 90 days" });
  await expect(page.getByText(/Saved at \d/)).toBeVisible();
  await expect(asked.getByText("At the moment we ask nothing of you.")).toBeVisible();
  expect((await preferencesOf(context, server)) as { survey_snooze_until?: string }).toHaveProperty("survey_snooze_until", expect.stringMatching(/^\d{4}-/));
  await page.getByRole("region", { name: "When may we ask?" }).getByRole("button", { name: "Undo" }).click();
  await expect.poll(async () => (await requestsOf(context, server)).length).toBe(before);
  await change(context, server, { survey_snooze_until: null });
});

test("one conversation says what is asked about it, and leads to saying something", async ({ page, context, server, signIn, axe }) => {
  await signIn(maya);
  const id = await askAbout(context, server, "No power since the storm");
  await openConversation(page, server, "No power since the storm");
  const card = page.getByRole("region", { name: "How did it go?" });
  await expect(card).toContainText("We would like to know");
  await axe(page);
  await card.getByRole("link", { name: "Tell us", exact: true }).click();
  await expect(page).toHaveURL(new RegExp(`/feedback/requests/${id}$`));
  await page.getByRole("radiogroup").first().getByRole("radio").last().check();
  await send(page).click();
  await page.getByRole("link", { name: "Back to the conversation" }).click();
  await expect(card).toContainText("You told us.");
  await card.getByRole("link", { name: "Say something about this" }).click();
  const { id: interaction } = await conversation(context, server, "No power since the storm");
  await expect(page).toHaveURL(new RegExp(`interaction=${interaction}`));
  await expect(page.getByRole("radio", { name: "The conversation “No power since the storm”" })).toBeChecked();
});

test("what is asked stands on the overview", async ({ page, context, server, signIn, axe }) => {
  await signIn(maya);
  await askAbout(context, server, "Sorry about Sunday");
  await page.goto("/");
  const line = page.getByText(/^We would like to know how/);
  await expect(line).toBeVisible();
  await axe(page);
  await page.getByRole("link", { name: "Tell us" }).click();
  await expect(page).toHaveURL(/\/feedback/);
});

test("in Arabic the scale runs from right to left, and the arrow keys with it", async ({ page, context, server, signIn, axe, shot }) => {
  await signIn(amal);
  await speak(context, "ar");
  const [request] = await requestsOf(context, server);
  const id = request?.id ?? "";
  await page.goto(`/feedback/requests/${id}`);
  const nps = page.getByRole("radiogroup").nth(2);
  const [first, last] = [nps.getByRole("radio").first(), nps.getByRole("radio").last()];
  const x = async (it: typeof first) => (await it.boundingBox())?.x ?? 0;
  await expect.poll(async () => (await x(first)) - (await x(last))).toBeGreaterThan(0);
  await first.focus();
  await page.keyboard.press("Space");
  await page.keyboard.press("ArrowLeft");
  await expect(nps.getByRole("radio").nth(1)).toBeChecked();
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await axe(page);
    await shot(page, `survey-ar-${colorScheme}`);
  }
});

test("where colours are forced a chosen point is told by its colours", async ({ page, context, server, signIn }) => {
  await signIn(maya);
  const id = await askAbout(context, server, "Your router has been sent");
  await page.emulateMedia({ forcedColors: "active" });
  await openRequest(page, id);
  const point = page.getByRole("radiogroup").first().getByRole("radio").first();
  await point.check();
  const ground = (at: number) =>
    page
      .locator(".point")
      .nth(at)
      .evaluate((it) => getComputedStyle(it).backgroundColor);
  await expect.poll(async () => (await ground(0)) === (await ground(1))).toBe(false);
});
