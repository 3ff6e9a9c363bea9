// A call at a chosen time: on both clocks, once, moved, called off, and over a change of the clocks.
import { readFile } from "node:fs/promises";

import type { BrowserContext, Page } from "@playwright/test";

import { type Slot, bookElsewhere, callOffAll, callsOf, expect, goAhead, inBothThemes, liveIn, open, slotsOf, test, whole, written, zoneName } from "../support/contact";
import { speak } from "../support/contact-points";
import { amal, conversation, jonas, keiko, maya, messagesOf, newcomer, openConversation } from "../support/customers";
import { tabTo } from "../support/keyboard";
import { Server } from "../support/server";
import { signInByApi, test as plain } from "../support/test";

const START = { method: "POST", path_prefix: "/v1/interactions" } as const;
const SLOTS = { method: "GET", path_prefix: "/v1/contact-options/callback/slots" } as const;
const TIME = { timeStyle: "short" } as const;
const MOMENT = { dateStyle: "full", timeStyle: "short" } as const;

const days = (page: Page) => page.getByRole("group", { name: "Day", exact: true });
const times = (page: Page) => page.getByRole("group", { name: /^Time: / });
const ask = (page: Page) => page.getByRole("button", { name: "Ask for this call" });
const card = (page: Page) => page.getByRole("region", { name: "We call you", exact: true });

/** The name of a slot's radio button, on both clocks. */
const named = async (page: Page, slot: Slot, own = "Europe/Lisbon") =>
  // A reader hears a pause where the eye sees a new line.
  new RegExp(`^${await written(page, slot.starts_at, own, TIME)} ?, on the company’s clock ${await written(page, slot.starts_at, "Europe/Berlin", TIME)}$`);

/** Chooses a slot of the first day. */
const choose = async (page: Page, slot: Slot) => times(page).getByRole("radio", { name: await named(page, slot) }).press("Space");

const openForm = async (page: Page) => {
  await open(page, "/contact/callback", "We call you");
  await expect(times(page).getByRole("radio").first()).toBeVisible();
};

test.beforeEach(async ({ context, server, signIn }) => {
  await speak(context, "en");
  await signIn(maya);
  await callOffAll(context, server);
});

test("a call about a conversation stays in it: asked for there, with words before it, and called off the conversation goes on", async ({ page, context, server, axe, shot }) => {
  const subject = "Invoice by email again, please";
  const { id } = await conversation(context, server, subject);
  const before = (await messagesOf(context, server, id)).length;
  await openConversation(page, server, subject);
  const link = page.getByRole("link", { name: "Ask for a call about this" });
  await axe(page);
  await link.click();
  await expect(page.getByRole("heading", { level: 1, name: "We call you" })).toBeFocused();
  await expect(page).toHaveURL(new RegExp(`interaction=${id}$`));
  await expect(page.getByText(`About “${subject}”. The call stays in that conversation.`)).toBeVisible();
  await expect(page.getByLabel("What is it about?")).toHaveCount(0);
  await times(page).getByRole("radio").nth(2).press("Space");
  await page.getByRole("textbox", { name: "What should we know?" }).fill("I am at home in the morning.");
  await page.reload();
  await expect(page.getByRole("textbox", { name: "What should we know?" })).toHaveValue("I am at home in the morning.");
  await times(page).getByRole("radio").nth(2).press("Space");
  await axe(page);
  await shot(page, "callback-within");
  await ask(page).dblclick();
  await expect(page.getByRole("heading", { level: 1, name: subject })).toBeVisible();
  await expect(page).toHaveURL(new RegExp(`/interactions/${id}$`));
  const planned = page.getByRole("region", { name: "We call you", exact: true });
  await expect(planned).toBeVisible();
  await expect(page.getByRole("article").last()).toContainText("I am at home in the morning.");
  await expect(link).toHaveCount(0);
  expect(await messagesOf(context, server, id)).toHaveLength(before + 1);
  expect(await callsOf(context, server)).toHaveLength(1);
  // It has a call: another is not asked for, and the screen says so.
  await page.goto(`/contact/callback?interaction=${id}`);
  await expect(page.getByRole("heading", { name: "No call can be asked for here now" })).toBeVisible();
  await axe(page);
  await page.getByRole("main").getByRole("link", { name: "Back to the conversation" }).last().click();
  await planned.getByRole("button", { name: "Call it off" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Call it off" }).click();
  await expect(page.getByRole("heading", { level: 2, name: "The call is called off" })).toBeVisible();
  await expect(page.getByRole("textbox", { name: "Your answer" })).toBeVisible();
  await expect(link).toBeVisible();
});

test("a link to a call about somebody else's conversation asks for a new one", async ({ page, context, server, signIn }) => {
  await signIn(jonas);
  const { items } = (await (await context.request.get(`${server.origin}/v1/interactions?limit=1`)).json()) as { items: { id: string }[] };
  await signIn(maya);
  await open(page, `/contact/callback?interaction=${items[0]!.id}`, "We call you");
  await expect(page.getByLabel("What is it about?")).toBeVisible();
  await expect(page.getByText("The call stays in that conversation.")).toHaveCount(0);
});

test("a day, a time and a number, and the call is planned; it can be kept in a calendar", async ({ page, context, server, axe, shot }) => {
  await open(page, "/contact?topic=contract", "Get in touch");
  const offer = await whole(page, "Have us call you");
  await expect(offer).toContainText(/First free time: \d/);
  await offer.getByRole("link", { name: "Choose a time" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "We call you" })).toBeFocused();
  await expect(page.getByText("Choose when. We plan 15 minutes for a call.")).toBeVisible();
  const [ours, theirs] = [await zoneName(page, "Europe/Lisbon"), await zoneName(page, "Europe/Berlin")];
  await expect(page.getByText(`Times are in your time zone (${ours}); below them is the company’s time (${theirs}).`, { exact: true })).toBeVisible();
  await expect(days(page).getByRole("radio").first()).toBeChecked();
  await expect(page.getByLabel("What is it about?")).toHaveValue("contract");
  await expect(page.getByRole("radio", { name: /^\+46 70 174 06 12/ })).toBeChecked();
  await inBothThemes(page, async (theme) => {
    await axe(page);
    await shot(page, `callback-${theme}`);
  });

  // The second day, its first time.
  await days(page).getByRole("radio").nth(1).press("Space");
  const slots = await slotsOf(context, server);
  const today = slots[0].starts_at.slice(0, 10);
  const [slot] = slots.filter((one) => one.starts_at.slice(0, 10) !== today);
  await choose(page, slot);
  await page.getByLabel("We speak").selectOption("de");
  await page.getByRole("textbox", { name: /^What should we know\?/ }).fill("About my tariff.");
  await ask(page).click();

  await expect(card(page)).toBeVisible();
  await expect(page.getByRole("status").filter({ hasText: "The call is planned." })).toBeVisible();
  await expect(card(page)).toContainText(await written(page, slot.starts_at, "Europe/Lisbon", MOMENT));
  await expect(card(page)).toContainText(`On the company’s clock: ${await written(page, slot.starts_at, "Europe/Berlin", MOMENT)} (${await zoneName(page, "Europe/Berlin", slot.starts_at)}).`);
  await expect(card(page)).toContainText("+46 70 174 06 12");
  await expect(card(page)).toContainText("Deutsch");
  await expect(page.getByRole("article")).toContainText("About my tariff.");
  await inBothThemes(page, async (theme) => {
    await axe(page);
    await shot(page, `planned-${theme}`);
  });
  const [call, ...others] = await callsOf(context, server);
  expect(others).toEqual([]);
  expect(call.starts_at).toBe(slot.starts_at);

  const downloading = page.waitForEvent("download");
  await card(page).getByRole("link", { name: "Keep it in your calendar" }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toMatch(/\.ics$/);
  const file = await readFile(await download.path(), "utf8");
  expect(file).toContain(`DTSTART:${slot.starts_at.replace(/[-:]/g, "")}`);
});

test("it is moved, and called off with what comes of it", async ({ page, context, server, axe, shot }) => {
  await openForm(page);
  const [first, second] = await slotsOf(context, server);
  await choose(page, first);
  await ask(page).click();
  await expect(card(page)).toBeVisible();

  const move = card(page).getByRole("button", { name: "Choose another time" });
  await move.click();
  const dialog = page.getByRole("dialog", { name: "When shall we call?" });
  await expect(dialog.getByRole("radio").first()).toBeVisible();
  await dialog.getByRole("button", { name: "Move the call" }).click();
  await expect(dialog.getByRole("group", { name: "There is a problem Choose a time" })).toBeFocused();
  await dialog.getByRole("radio", { name: await named(page, second) }).press("Space");
  await axe(page);
  await shot(page, "moving");
  await dialog.getByRole("button", { name: "Move the call" }).click();
  await expect(dialog).toBeHidden();
  await expect(card(page)).toContainText(await written(page, second.starts_at, "Europe/Lisbon", MOMENT));
  await expect(page.getByRole("status").filter({ hasText: /^We call you at another time: / })).toBeVisible();
  await expect(move).toBeFocused();
  expect((await callsOf(context, server)).map((call) => call.starts_at)).toEqual([second.starts_at]);

  await card(page).getByRole("button", { name: "Call it off" }).click();
  const question = page.getByRole("dialog", { name: "Call off this call?" });
  await expect(question).toContainText(/Then nobody calls you: .*The time goes to somebody else/);
  await axe(page);
  await question.getByRole("button", { name: "Keep the call" }).click();
  await expect(question).toBeHidden();
  await card(page).getByRole("button", { name: "Call it off" }).click();
  await question.getByRole("button", { name: "Call it off" }).click();
  await expect(page.getByRole("heading", { level: 2, name: "The call is called off" })).toBeFocused();
  await expect(page.getByRole("button", { name: "Choose another time" })).toHaveCount(0);
  await axe(page);
  await shot(page, "called-off");
  expect(await callsOf(context, server)).toEqual([]);
});

/** Two others take a time, for which the company has two people. */
const takenByOthers = async (browser: import("@playwright/test").Browser, server: Server, slot: Slot) => {
  const contexts: BrowserContext[] = [];
  for (const email of [jonas, keiko]) {
    const context = await browser.newContext();
    contexts.push(context);
    await signInByApi(context, server, email);
    await callOffAll(context, server);
    await bookElsewhere(context, server, slot.starts_at);
  }
  return async () => {
    for (const context of contexts) {
      await callOffAll(context, server);
      await context.close();
    }
  };
};

test("a time that others took in the meantime is told, and another one is chosen", async ({ page, context, browser, server, axe }) => {
  await openForm(page);
  const [first, second] = await slotsOf(context, server);
  await choose(page, first);
  await page.getByRole("textbox", { name: /^What should we know\?/ }).fill("This stays.");
  const giveBack = await takenByOthers(browser, server, first);
  try {
    await ask(page).click();
    const summary = page.getByRole("group", { name: /^There is a problem Somebody else has just taken that time/ });
    await expect(summary).toBeFocused();
    await expect(times(page).getByRole("radio", { name: await named(page, first) })).toHaveCount(0);
    await expect(page.getByRole("textbox", { name: /^What should we know\?/ })).toHaveValue("This stays.");
    await axe(page);
    await choose(page, second);
    await ask(page).click();
    await expect(card(page)).toContainText(await written(page, second.starts_at, "Europe/Lisbon", MOMENT));
    expect((await callsOf(context, server)).map((call) => call.starts_at)).toEqual([second.starts_at]);
  } finally {
    await giveBack();
  }
});

test("pressed twice, lost on its way, reloaded in between: one call", async ({ page, context, server, faults }) => {
  await openForm(page);
  const [, , third, fourth] = await slotsOf(context, server);
  await choose(page, third);
  await ask(page).dblclick();
  await expect(card(page)).toBeVisible();
  expect(await callsOf(context, server)).toHaveLength(1);

  await openForm(page);
  await choose(page, fourth);
  await faults.dropResponse(START);
  await ask(page).click();
  await expect(card(page)).toBeVisible();
  await expect(card(page)).toContainText(await written(page, fourth.starts_at, "Europe/Lisbon", MOMENT));
  expect(await callsOf(context, server)).toHaveLength(2);

  // Moving it is repeated with the same key as well.
  await card(page).getByRole("button", { name: "Choose another time" }).click();
  const dialog = page.getByRole("dialog", { name: "When shall we call?" });
  const slots = await slotsOf(context, server);
  const other = slots[6];
  await dialog.getByRole("radio", { name: await named(page, other) }).press("Space");
  await faults.dropResponse(START);
  await dialog.getByRole("button", { name: "Move the call" }).click();
  await expect(card(page)).toContainText(await written(page, other.starts_at, "Europe/Lisbon", MOMENT));
  const moved = (await callsOf(context, server)).find((call) => call.starts_at === other.starts_at);
  expect(moved?.sequence).toBe(1);
});

test("another number is read with its country code, and a wrong one is told", async ({ page, context, server, axe }) => {
  await openForm(page);
  const [, second] = await slotsOf(context, server);
  await choose(page, second);
  await page.getByRole("radio", { name: "Another number" }).check();
  await ask(page).click();
  const number = page.getByRole("textbox", { name: "Telephone number" });
  await expect(page.getByRole("group", { name: /^There is a problem/ })).toBeFocused();
  await number.fill("+49 1");
  await ask(page).click();
  await expect(number).toHaveAccessibleDescription(/Enter a number that can be called, with its country code/);
  await axe(page);
  await number.fill("+49 (0)30 901820");
  await ask(page).click();
  await expect(card(page)).toContainText("+49 30 901820");
  expect(await callsOf(context, server)).toHaveLength(1);
});

test("slow and failed times are told, and tried again; none free is no failure", async ({ page, faults, axe }) => {
  await faults.fail(SLOTS, 500);
  await open(page, "/contact/callback", "We call you");
  await expect(page.getByRole("heading", { name: "We could not load the free times" })).toBeVisible();
  await axe(page);
  await faults.clear();
  await faults.delay(SLOTS, 1_500, 1);
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(times(page).getByRole("radio").first()).toBeVisible();
});

test("all of it by keyboard alone", async ({ page, context, server }) => {
  test.slow();
  await openForm(page);
  await tabTo(page, days(page).getByRole("radio").first());
  await page.keyboard.press("ArrowRight");
  await expect(days(page).getByRole("radio").nth(1)).toBeChecked();
  await expect(days(page).getByRole("radio").nth(1)).toBeFocused();
  await tabTo(page, page.getByRole("button", { name: "More days" }));
  await page.keyboard.press("Enter");
  await expect(days(page).getByRole("radio").nth(7)).toBeFocused();
  await page.keyboard.press("Space");
  await tabTo(page, times(page).getByRole("radio").first());
  await page.keyboard.press("Space");
  await page.keyboard.press("ArrowRight");
  await expect(times(page).getByRole("radio").nth(1)).toBeChecked();
  await tabTo(page, ask(page));
  await page.keyboard.press("Enter");
  await expect(card(page)).toBeVisible();
  expect(await callsOf(context, server)).toHaveLength(1);
  await tabTo(page, card(page).getByRole("button", { name: "Call it off" }), 80);
  await page.keyboard.press("Enter");
  const question = page.getByRole("dialog", { name: "Call off this call?" });
  await tabTo(page, question.getByRole("button", { name: "Call it off" }));
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 2, name: "The call is called off" })).toBeFocused();
});

test("in Arabic, on Cairo's clock", async ({ page, context, server, signIn, axe, shot }) => {
  await signIn(amal);
  await callOffAll(context, server);
  await speak(context, "ar");
  await open(page, "/contact/callback", "نتصل بك");
  const group = page.getByRole("group", { name: /^الوقت: / });
  await expect(group.getByRole("radio").first()).toBeAttached();
  await inBothThemes(page, async (theme) => {
    await axe(page);
    await shot(page, `callback-ar-${theme}`);
  });
  await group.getByRole("radio").first().press("Space");
  // Numbers of hers come on their own; with none among them another one is asked for at once.
  const other = page.getByRole("radio", { name: "رقم آخر" });
  const number = page.getByRole("textbox", { name: "رقم الهاتف" });
  await expect(other.or(number).first()).toBeVisible();
  if (await other.isVisible()) await other.check();
  await number.fill("+20 2 27921234");
  await page.getByRole("button", { name: "اطلب هذه المكالمة" }).click();
  await expect(page.getByRole("region", { name: "نتصل بك" })).toContainText("+20 2 27921234");
  await axe(page);
  await shot(page, "planned-ar");
});

// A server and a page on whose clocks it is the Friday before Europe puts its clocks forward; Japan never does.
plain.describe("over a change of the clocks", () => {
  plain.use({ guarded: false });

  plain("the same office hours are other hours in Tokyo from the Sunday on", async ({ page }) => {
    const server = await Server.start();
    try {
      // The last Sunday of March of the next year.
      const year = new Date().getUTCFullYear() + 1;
      const sunday = new Date(Date.UTC(year, 2, 31));
      sunday.setUTCDate(31 - sunday.getUTCDay());
      const friday = new Date(sunday.getTime() - 2 * 86_400_000 + 9 * 3_600_000);
      await server.moveClock(Math.round((friday.getTime() - Date.now()) / 1000));
      await goAhead(page, friday.getTime() - Date.now());
      const context = page.context();
      await speak(context, "en");
      await signInByApi(context, server, newcomer);
      await liveIn(context, server, "Asia/Tokyo");

      await page.goto(`${server.origin}/contact`);
      const call = await whole(page, "Call us");
      await expect(call).toContainText("Open until Saturday 04:00");
      await call.getByText("Opening hours, day by day").click();
      await expect(call.getByRole("row", { name: /^Today/ })).toContainText("16:00 to 04:0008:00 to 20:00");
      await expect(call.getByRole("row", { name: /^Monday/ })).toContainText("15:00 to 03:0008:00 to 20:00");

      await page.goto(`${server.origin}/contact/callback`);
      const radios = times(page).getByRole("radio");
      await expect(radios.first()).toBeAttached();
      const slots = await slotsOf(context, server);
      const monday = slots.find((one) => new Date(one.starts_at) > sunday && new Date(one.starts_at).getUTCDay() === 1);
      expect(monday?.starts_at).toMatch(/T06:00:00Z$/);
      await days(page).getByRole("radio", { name: /^Mon/ }).first().press("Space");
      const first = times(page).getByRole("radio", { name: /^15:00 ?, on the company’s clock 08:00$/ });
      await first.press("Space");
      await expect(first).toBeChecked();
      await expect(times(page).getByRole("radio", { name: await named(page, monday as Slot, "Asia/Tokyo") })).toBeChecked();
      await page.getByRole("textbox", { name: "Telephone number" }).fill("+81 3 3581 4321");
      await ask(page).click();
      await expect(card(page)).toContainText(await written(page, (monday as Slot).starts_at, "Asia/Tokyo", MOMENT));
      await expect(card(page)).toContainText(/08:00 \(Central European Summer Time\)\./);
    } finally {
      await server.stop();
    }
  });
});
