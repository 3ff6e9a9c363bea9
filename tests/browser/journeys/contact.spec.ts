// Getting in touch: what each way costs and when it is open, before anything begins; a message that arrives once.
import type { Page } from "@playwright/test";

import { begun, expect, inBothThemes, liveIn, open, pass, test, way, waysOf, whole, zoneName } from "../support/contact";
import { speak } from "../support/contact-points";
import { amal, expireAtNextWrite, jonas, maya, messagesOf } from "../support/customers";
import { hold } from "../support/held";
import { tabTo } from "../support/keyboard";
import { newestMail, nextCode } from "../support/outbox";

const START = { method: "POST", path_prefix: "/v1/interactions" } as const;
const WAYS = { method: "GET", path_prefix: "/v1/contact-options" } as const;

const subject = (page: Page) => page.getByRole("textbox", { name: "Subject" });
const words = (page: Page) => page.getByRole("textbox", { name: "Your message" });
const send = (page: Page) => page.getByRole("button", { name: "Send message" });
const labels = (page: Page) => page.locator(".way h3");

/** Fills the form; the subject tells one journey's message from another's. */
const write = async (page: Page, about: string, text = "It was a long day.") => {
  await open(page, "/contact/message", "Write to us");
  await subject(page).fill(about);
  await words(page).fill(text);
};

test.beforeEach(async ({ context, signIn }) => {
  await speak(context, "en");
  await signIn(maya);
});

test("every way says what it costs, when it is open and how long an answer takes, in the server's order", async ({ page, context, server, axe, shot }) => {
  await open(page, "/contact", "Get in touch");
  await expect(page.getByRole("heading", { level: 2, name: "Ways to reach us" })).toBeVisible();
  const ways = await waysOf(context, server);
  await expect(labels(page)).toHaveText(ways.map((one) => one.label));
  await expect(page.locator(".way").first()).toContainText(/^.*First, because /s);

  // Folded it says whether it is open, when an answer comes and what it costs; the first alone stands whole.
  await expect(page.locator(".way details[open]")).toHaveCount(1);
  await expect(way(page, "Fault line").locator("summary").first()).toHaveText(/^Fault line\s*At any time\s*Cost: free$/);
  await expect(way(page, "Write to us here").locator("summary").first()).toHaveText(/First answer: .*4 hours/);
  const call = await whole(page, "Call us");
  // The office closes at eight in Berlin, which is seven in Lisbon.
  await expect(call).toContainText("Open until 19:00");
  await expect(call).toContainText(`On the company’s clock: 20:00 (${await zoneName(page, "Europe/Berlin")}).`);
  await expect(call).toContainText(/Wait now\s*about 7 minutes\s*as of \d\d:\d\d/);
  await expect(call).toContainText(/Cost\s*as a call within the country/);
  await expect(call).toContainText(/Languages\s*Deutsch and English/);
  await expect(call).toContainText(/Accessibility\s*relay service and an interpreter/);
  await expect(await whole(page, "Write to us here")).toContainText(/First answer\s*within 4 hours, promised/);
  await expect(await whole(page, "Fault line")).toContainText("free, from any network in Germany");
  // Closed ones are there, honestly.
  await expect(way(page, "Chat with us")).toContainText(/Opens in [56] hours/);
  await inBothThemes(page, async (theme) => {
    await axe(page);
    await shot(page, `contact-${theme}`);
  });
});

test("a topic stands in the address, sorts the ways anew, and Back leads to the one before", async ({ page, context, server, axe }) => {
  await open(page, "/contact", "Get in touch");
  const before = (await waysOf(context, server)).map((one) => one.label);
  await expect(labels(page)).toHaveText(before);
  const chip = page.getByRole("navigation", { name: "What is it about?" }).getByRole("link", { name: "Outages" });
  await chip.click();
  await expect(page).toHaveURL(/\/contact\?topic=outage$/);
  await expect(page.getByRole("heading", { level: 2, name: "Ways to reach us: Outages" })).toBeVisible();
  const ways = await waysOf(context, server, "outage");
  await expect(labels(page)).toHaveText(ways.map((one) => one.label));
  await expect(page.locator(".way").first()).toContainText("First, because it suits your topic");
  await expect(chip).toHaveAttribute("aria-current", "true");
  await expect(chip).toBeFocused();
  await expect(page.locator("#announcer")).toHaveText("The ways that suit “Outages” stand first.");
  await axe(page);
  await page.goBack();
  await expect(page).toHaveURL(/\/contact$/);
  await expect(labels(page)).toHaveText(before);

  await page.goto("/contact?topic=outage");
  await expect(labels(page)).toHaveText(ways.map((one) => one.label));
  await (await whole(page, "Write to us here")).getByRole("link", { name: "Write a message" }).click();
  await expect(page.getByLabel("What is it about?")).toHaveValue("outage");
});

test("the words go on with the clock: open, closing, closed", async ({ page, server }) => {
  test.slow();
  await open(page, "/contact", "Get in touch");
  const call = way(page, "Call us");
  await expect(call).toContainText("Open until 19:00");
  // The words look at the clock every few seconds.
  const soon = { timeout: 30_000 };
  try {
    await pass(page, server, 8 * 60 + 45);
    await expect(call).toContainText(/Closes in 1\d minutes/, soon);
    await pass(page, server, 20);
    await expect(call).toContainText(/Opens in 1[01] hours/, soon);
    await expect(way(page, "Chat with us")).toContainText("Open until Thursday 01:00", soon);
  } finally {
    await server.moveClock(-(9 * 60 + 5) * 60);
  }
});

test("numbers and addresses are pressed on a phone and copied elsewhere", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-write"]);
  await open(page, "/contact", "Get in touch");
  const call = await whole(page, "Call us");
  await expect(call.getByRole("link", { name: "Call +49 30 23125123" })).toHaveAttribute("href", "tel:+493023125123");
  await expect((await whole(page, "Send an email")).getByRole("link", { name: /^Write an email/ })).toHaveAttribute("href", "mailto:help@lumenfold.example");
  await call.getByRole("button", { name: "Copy +49 30 23125123" }).click();
  await expect(page.getByRole("status").filter({ hasText: "Copied: +49 30 23125123" })).toBeVisible();
  // The page itself may not read what is there; the reader pastes it.
  const search = page.getByRole("searchbox");
  await search.focus();
  await page.keyboard.press("Control+V");
  await expect(search).toHaveValue("+49 30 23125123");
});

test("the hours of the next days stand on both clocks, with the days unlike the others", async ({ page, axe, shot }) => {
  await open(page, "/contact", "Get in touch");
  const call = await whole(page, "Call us");
  await call.getByText("Opening hours, day by day").click();
  const table = call.getByRole("table", { name: "Opening hours: Call us" });
  await expect(table.getByRole("columnheader")).toHaveText(["Day", "Your time", await zoneName(page, "Europe/Berlin")]);
  await expect(table.getByRole("row", { name: /^Today/ })).toHaveText("Today07:00 to 19:0008:00 to 20:00");
  await expect(table.getByRole("row", { name: /^Saturday/ })).toHaveText(/08:00 to 13:0009:00 to 14:00$/);
  await expect(table.getByRole("row", { name: /^Sunday/ })).toHaveText(/ClosedClosed$/);
  await axe(page);
  await shot(page, "hours");
  // In the shop's own city there is one clock.
  const shop = await whole(page, "Come to the shop in Lisbon");
  await shop.getByText("Opening hours, day by day").click();
  await expect(shop.getByRole("columnheader")).toHaveText(["Day", "Your time"]);
  await expect(shop.getByRole("row", { name: /^Today/ })).toContainText("10:00 to 13:00 and 14:00 to 19:00");
});

test.describe("where the device is elsewhere", () => {
  test.use({ timezoneId: "America/St_Johns" });

  test("the zone of the record goes before the device's", async ({ page, context, server }) => {
    await open(page, "/contact", "Get in touch");
    await expect(way(page, "Call us")).toContainText("Open until 19:00");
    await liveIn(context, server, "Asia/Tokyo");
    try {
      await open(page, "/contact", "Get in touch");
      await expect(way(page, "Call us")).toContainText("Open until Thursday 04:00");
      await (await whole(page, "Call us")).getByText("Opening hours, day by day").click();
      // A day that begins in the afternoon and ends at night stands where it begins.
      await expect(way(page, "Call us").getByRole("row", { name: /^Today/ })).toContainText("16:00 to 04:0008:00 to 20:00");
    } finally {
      await liveIn(context, server, "Europe/Lisbon");
    }
  });
});

test("a message begins a conversation that says what happens next and until when", async ({ page, context, server, axe, shot }) => {
  await open(page, "/contact", "Get in touch");
  await (await whole(page, "Write to us here")).getByRole("link", { name: "Write a message" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Write to us" })).toBeFocused();
  await expect(page.getByText(/^You have a first answer by .*: that is promised\.$/)).toBeVisible();
  await page.getByLabel("What is it about?").selectOption({ label: "Meter and readings" });
  await expect(page).toHaveURL(/topic=meter/);
  await subject(page).fill("Digits too small to read");
  await words(page).fill("The display of the new meter is hard to read.");
  await page.getByLabel("Add a file").setInputFiles({ name: "meter.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.4\nx\n%%EOF") });
  await expect(page.getByText("meter.pdf", { exact: true })).toBeVisible();
  await expect(page.getByRole("progressbar")).toHaveCount(0);
  await inBothThemes(page, async (theme) => {
    await axe(page);
    await shot(page, `message-${theme}`);
  });
  await send(page).click();
  await expect(page.getByRole("heading", { level: 1, name: "Digits too small to read" })).toBeVisible();
  await expect(page.getByRole("status").filter({ hasText: "Your message is sent." })).toBeVisible();
  await expect(page.getByRole("article")).toContainText("The display of the new meter is hard to read.");
  await expect(page.getByRole("article").getByRole("link", { name: /meter\.pdf/ })).toBeVisible();
  await expect(page.getByRole("region", { name: "What happens next" })).toContainText(/You have a first answer by \d+ /);
  await axe(page);
  await shot(page, "begun");
  expect(await begun(context, server, "Digits too small")).toHaveLength(1);
  // Back leads to the ways, and not to an empty form.
  await page.goBack();
  await expect(page.getByRole("heading", { level: 1, name: "Get in touch" })).toBeVisible();
});

test("a double click begins one conversation", async ({ page, context, server }) => {
  await write(page, "Clicked twice");
  await send(page).dblclick();
  await expect(page.getByRole("heading", { level: 1, name: "Clicked twice" })).toBeVisible();
  expect(await begun(context, server, "Clicked twice")).toHaveLength(1);
});

test("an answer that was lost after the commit begins one conversation", async ({ page, context, server, faults }) => {
  await write(page, "Answer lost on its way");
  await faults.dropResponse(START);
  await send(page).click();
  await expect(page.getByRole("heading", { level: 1, name: "Answer lost on its way" })).toBeVisible();
  expect(await begun(context, server, "Answer lost on its way")).toHaveLength(1);
});

test("lost, reloaded and pressed again it is still one conversation", async ({ page, context, server, faults }) => {
  await write(page, "Reloaded in between");
  await faults.dropResponse(START, 20);
  await send(page).click();
  await expect.poll(async () => (await begun(context, server, "Reloaded in between")).length).toBe(1);
  await page.reload();
  await faults.clear();
  await expect(subject(page)).toHaveValue("Reloaded in between");
  await expect(words(page)).toHaveValue("It was a long day.");
  await send(page).click();
  await expect(page.getByRole("heading", { level: 1, name: "Reloaded in between" })).toBeVisible();
  expect(await begun(context, server, "Reloaded in between")).toHaveLength(1);
});

test("lost, reloaded and changed, it is said that an earlier version has arrived", async ({ page, context, server, faults, axe }) => {
  await write(page, "Changed in between");
  await faults.dropResponse(START, 20);
  await send(page).click();
  await expect.poll(async () => (await begun(context, server, "Changed in between")).length).toBe(1);
  await page.reload();
  await faults.clear();
  await words(page).fill("It was a longer day than I had thought.");
  await send(page).click();
  await expect(page.getByRole("alert").filter({ hasText: "An earlier version of this has reached us already." })).toBeVisible();
  await axe(page);
  expect(await begun(context, server, "Changed in between")).toHaveLength(1);
  await expect(words(page)).toHaveValue("It was a longer day than I had thought.");
});

test("a draft survives a reload, a visit elsewhere, and being offline", async ({ page, context, server }) => {
  await write(page, "Kept on this device", "Half a mess");
  await expect(page.getByText("Draft kept in this tab.")).toBeVisible();
  await page.reload();
  await expect(subject(page)).toHaveValue("Kept on this device");
  await expect(words(page)).toHaveValue("Half a mess");
  await page.getByRole("navigation", { name: "Places" }).getByRole("link", { name: "Overview" }).click();
  await expect(page.getByRole("heading", { level: 1, name: /^Hello/ })).toBeVisible();
  await page.goBack();
  await expect(words(page)).toHaveValue("Half a mess");
  await context.setOffline(true);
  await words(page).fill("Half a message, and the other half.");
  await send(page).click();
  await expect(page.getByText("You are offline. Keep this page open.")).toBeVisible();
  await context.setOffline(false);
  // It goes out by itself as soon as there is a network again.
  await expect(page.getByRole("heading", { level: 1, name: "Kept on this device" })).toBeVisible();
  expect(await begun(context, server, "Kept on this device")).toHaveLength(1);
  await open(page, "/contact/message", "Write to us");
  await expect(words(page)).toHaveValue("");
});

test("the session ends in mid-message: sign in over it, same words, one conversation", async ({ page, context, server }) => {
  await write(page, "Signed out meanwhile");
  const known = await newestMail(server, maya);
  await expireAtNextWrite(page, server);
  await send(page).click();
  const dialog = page.getByRole("dialog", { name: "Sign in again" });
  await dialog.getByLabel("Email address").fill(maya);
  await dialog.getByRole("button", { name: "Send me a code" }).click();
  await dialog.getByLabel("Code", { exact: true }).fill(await nextCode(server, maya, known));
  await dialog.getByRole("button", { name: "Sign in" }).click();
  await expect(dialog).toBeHidden();
  await expect(words(page)).toHaveValue("It was a long day.");
  await send(page).click();
  await expect(page.getByRole("heading", { level: 1, name: "Signed out meanwhile" })).toBeVisible();
  expect(await begun(context, server, "Signed out meanwhile")).toHaveLength(1);
});

test("what is missing is said at once and where", async ({ page, axe }) => {
  await open(page, "/contact/message", "Write to us");
  await send(page).click();
  const summary = page.getByRole("group", { name: /^There is a problem|^There are 2 problems/ });
  await expect(summary).toBeFocused();
  await expect(summary.getByRole("link")).toHaveText(["Enter a subject", "Write a message or add a file"]);
  await expect(page).toHaveTitle(/^Problem: /);
  await axe(page);
  await summary.getByRole("link", { name: "Enter a subject" }).click();
  await expect(subject(page)).toBeFocused();
  await expect(subject(page)).toHaveAttribute("aria-invalid", "true");
});

test("an open conversation about the same is offered first, and what was written goes on there", async ({ page, context, server, axe, shot }) => {
  const known = "Invoice by email again, please";
  const [there] = await begun(context, server, known);
  const before = (await messagesOf(context, server, there.id)).length;
  await write(page, "Invoice by email", "Please send it to my studio as well.");
  await page.getByLabel("Add a file").setInputFiles({ name: "studio.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.4\nx\n%%EOF") });
  await expect(page.getByText("studio.pdf", { exact: true })).toBeVisible();
  await expect(page.getByRole("progressbar")).toHaveCount(0);
  const offer = page.getByRole("region", { name: "Is it about one of these?" });
  await expect(offer.getByRole("link", { name: known })).toBeVisible();
  await expect(page.locator("#announcer")).toHaveText(/open conversations? may be about the same matter\.$/);
  await axe(page);
  await shot(page, "similar");
  await offer.getByRole("button", { name: /^Go on there ?: Invoice by email again, please$/ }).click();
  await expect(page.getByRole("heading", { level: 1, name: known })).toBeVisible();
  const answer = page.getByRole("textbox", { name: "Your answer" });
  await expect(answer).toHaveValue("Invoice by email\n\nPlease send it to my studio as well.");
  await page.getByRole("button", { name: "Send answer" }).click();
  await expect(page.getByRole("article").last()).toContainText("Please send it to my studio as well.");
  await expect(page.getByRole("article").last().getByRole("link", { name: /studio\.pdf/ })).toBeVisible();
  expect(await messagesOf(context, server, there.id)).toHaveLength(before + 1);
  await open(page, "/contact/message", "Write to us");
  await expect(words(page)).toHaveValue("");
});

test("where nothing is kept, what was written does not go on elsewhere and stays where it is", async ({ page }) => {
  await page.addInitScript(() => {
    const refuse = () => {
      throw new DOMException("denied", "SecurityError");
    };
    for (const name of ["localStorage", "sessionStorage"]) Object.defineProperty(globalThis, name, { get: refuse });
  });
  await write(page, "Invoice by email", "Please send it to my studio as well.");
  const offer = page.getByRole("region", { name: "Is it about one of these?" });
  await offer.getByRole("button", { name: /^Go on there ?: Invoice by email again, please$/ }).click();
  await expect(page.getByRole("group", { name: /^There is a problem This browser keeps nothing between pages/ })).toBeFocused();
  await expect(words(page)).toHaveValue("Please send it to my studio as well.");
});

test("looking for similar ones may fail and never stands in the way", async ({ page, context, server, faults }) => {
  await faults.fail({ method: "GET", path_prefix: "/v1/interactions/similar" }, 500);
  await write(page, "Nothing stands in the way");
  await expect(page.getByText("We could not look whether a conversation about it is open already.")).toBeVisible();
  await send(page).click();
  await expect(page.getByRole("heading", { level: 1, name: "Nothing stands in the way" })).toBeVisible();
  expect(await begun(context, server, "Nothing stands in the way")).toHaveLength(1);
});

test("slow, failed, and tried again; what stood before is not passed off as new", async ({ page, faults, axe }) => {
  const late = await hold(page, WAYS.method, WAYS.path_prefix);
  await open(page, "/contact", "Get in touch");
  await expect(page.locator(".skeleton")).toBeVisible();
  await axe(page);
  late.letGo();
  await expect(way(page, "Call us")).toBeVisible();
  await faults.fail(WAYS, 500);
  await page.getByRole("link", { name: "Broadband" }).click();
  await expect(page.getByRole("heading", { name: "We could not load the ways to reach us" })).toBeVisible();
  await expect(page.getByRole("heading", { level: 2, name: "Ways to reach us", exact: true })).toBeVisible();
  await faults.clear();
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByRole("heading", { level: 2, name: "Ways to reach us: Broadband" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Try again" })).toHaveCount(0);

  await faults.fail(WAYS, 500);
  await page.goto("/contact");
  await expect(page.getByRole("heading", { level: 2, name: "We could not load the ways to reach us" })).toBeVisible();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Get in touch");
  await axe(page);
  await faults.clear();
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(way(page, "Call us")).toBeVisible();
});

test("all of it by keyboard alone", async ({ page, context, server }) => {
  test.slow();
  await page.goto("/");
  await tabTo(page, page.getByRole("navigation", { name: "Places" }).getByRole("link", { name: "Get in touch" }));
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "Get in touch" })).toBeFocused();
  const chip = page.getByRole("link", { name: "Contract and tariff" });
  await tabTo(page, chip);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 2, name: "Ways to reach us: Contract and tariff" })).toBeVisible();
  await expect(chip).toBeFocused();
  // What is folded is opened by keyboard as well.
  const summary = way(page, "Call us").locator("summary").first();
  await tabTo(page, summary, 120);
  if ((await way(page, "Call us").locator("details[open]").count()) === 0) await page.keyboard.press("Enter");
  await tabTo(page, way(page, "Call us").getByText("Opening hours, day by day"), 120);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("table", { name: "Opening hours: Call us" })).toBeVisible();
  await page.goto("/contact?topic=contract");
  await whole(page, "Write to us here");
  await page.getByRole("heading", { level: 1 }).focus();
  await tabTo(page, page.getByRole("link", { name: "Write a message" }), 120);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "Write to us" })).toBeFocused();
  await tabTo(page, subject(page));
  await page.keyboard.type("Typed by keyboard");
  await tabTo(page, words(page));
  await page.keyboard.type("Without a mouse.");
  await tabTo(page, send(page));
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "Typed by keyboard" })).toBeFocused();
  expect(await begun(context, server, "Typed by keyboard")).toHaveLength(1);
});

test("in German and in Arabic, with the company's words in the same language", async ({ page, context, signIn, axe, shot }) => {
  await signIn(jonas);
  await speak(context, "de");
  await open(page, "/contact", "Kontakt aufnehmen");
  await expect(way(page, "Anrufen")).toContainText("Geöffnet bis 20:00");
  await shot(page, "contact-de");
  await signIn(amal);
  await speak(context, "ar");
  await open(page, "/contact", "تواصل معنا");
  await expect(page.locator("html")).toHaveAttribute("dir", "rtl");
  await expect(way(page, "اتصل بنا بالعربية")).toBeVisible();
  await inBothThemes(page, async (theme) => {
    await axe(page);
    await shot(page, `contact-ar-${theme}`);
  });
  await open(page, "/contact/message", "اكتب إلينا");
  await axe(page);
  await shot(page, "message-ar");
});
