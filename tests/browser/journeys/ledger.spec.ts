// What was said, what the company answered and what changed: followed live, changed while it can be, and taken back.
import type { Page } from "@playwright/test";

import { speak } from "../support/contact-points";
import { jonas, keiko, maya, newcomer } from "../support/customers";
import { changeElsewhere, companyActs, entryOf, openLedger, saidBy, sayElsewhere } from "../support/feedback";
import { tabTo } from "../support/keyboard";
import { mailTo } from "../support/outbox";
import { change } from "../support/preferences";
import { expect, test } from "../support/test";

const ledger = (page: Page) => page.getByRole("region", { name: "What you said" });
const entry = (page: Page, words: string) => ledger(page).getByRole("listitem").filter({ hasText: words });
const textbox = (page: Page) => page.getByRole("textbox", { name: "What do you want to tell us?" });

test("the ledger tells what was said, answered and changed", async ({ page, signIn, axe, shot }) => {
  await signIn(maya);
  await openLedger(page);
  const visits = entry(page, "between 8 and 13");
  await expect(visits).toContainText("Complaint");
  await expect(visits).toContainText("About “Electricity”");
  await expect(visits).toContainText("Planned");
  await expect(visits).toContainText("You are right, half a day is not a promise.");
  await expect(visits).toContainText("Visits within two hours");
  await expect(entry(page, "dark theme")).toContainText("Done");
  await expect(entry(page, "every two months")).toContainText("Declined");
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await axe(page);
    await shot(page, `ledger-${colorScheme}`);
  }
  await entry(page, "every two months").getByRole("link", { name: /Bills/ }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Idea" })).toBeFocused();
  await expect(page.getByText("We decided against it.")).toBeVisible();
  await expect(page.getByText(/The law asks us to bill energy/)).toBeVisible();
  await expect(page.getByText(/It could be changed until/)).toBeVisible();
  await expect(page.getByRole("button", { name: "Change" })).toHaveCount(0);
  await axe(page);
  await shot(page, "entry");
});

test("a complaint is said by keyboard alone, and stands in the ledger", async ({ page, context, server, signIn, axe, shot }) => {
  await signIn(keiko);
  await speak(context, "en");
  await openLedger(page);
  await tabTo(page, page.getByRole("link", { name: /^Complaint/ }));
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "Say something" })).toBeFocused();
  const kind = page.getByRole("radiogroup", { name: "What is it?" });
  await expect(kind.getByRole("radio", { name: "Complaint" })).toBeChecked();
  await tabTo(page, kind.getByRole("radio", { name: "Complaint" }));
  const about = page.getByRole("radiogroup", { name: "What is it about?" });
  await tabTo(page, about.getByRole("radio", { name: "Something else" }));
  await page.keyboard.press("ArrowUp");
  await expect(about.getByRole("radio", { name: "Bills" })).toBeChecked();
  await tabTo(page, textbox(page));
  await page.keyboard.type("The second page of the bill is empty.");
  await axe(page);
  await shot(page, "unasked");
  await tabTo(page, page.getByRole("button", { name: "Send", exact: true }));
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "Thank you" })).toBeFocused();
  await tabTo(page, page.getByRole("link", { name: "See what you said" }));
  await page.keyboard.press("Enter");
  await expect(page.getByText("The second page of the bill is empty.")).toBeVisible();
  const said = (await saidBy(context, server)).filter((one) => one.text === "The second page of the bill is empty.");
  expect(said).toHaveLength(1);
  expect(said[0]).toMatchObject({ kind: "complaint", about: { kind: "service", service_id: "bills" } });
});

test("nothing unsaid is sent, and half a thought is kept", async ({ page, signIn, axe }) => {
  await signIn(newcomer);
  await page.goto("/feedback/new");
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await expect(page.getByRole("group", { name: /^There are 2 problems/ })).toBeFocused();
  await axe(page);
  await page.getByRole("radio", { name: "Idea" }).check();
  await textbox(page).fill("Half a thou");
  await expect(page.getByText("Draft kept in this tab.")).toBeVisible();
  await page.reload();
  await expect(textbox(page)).toHaveValue("Half a thou");
  await expect(page.getByRole("radio", { name: "Idea" })).toBeChecked();
  await textbox(page).fill("x".repeat(4001));
  await expect(page.getByText("The message is one character too long").first()).toBeVisible();
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await expect(textbox(page)).toHaveAttribute("aria-invalid", "true");
  await textbox(page).fill("");
});

test("words whose response is lost, pressed twice and reloaded in between, are said once", async ({ page, context, server, faults, signIn }) => {
  await signIn(keiko);
  await speak(context, "en");
  await page.goto("/feedback/new?kind=idea");
  await textbox(page).fill("Said once, and once only.");
  // Every try of the program is taken and none is answered, until it gives up and says so.
  await faults.dropResponse({ method: "POST", path_prefix: "/v1/feedback" }, 100);
  const send = page.getByRole("button", { name: "Send", exact: true });
  await send.dblclick();
  await expect(page.getByRole("alert").filter({ hasText: "The connection broke" })).toBeVisible({ timeout: 45_000 });
  await page.reload();
  await expect(textbox(page)).toHaveValue("Said once, and once only.");
  await faults.clear();
  await send.click();
  await expect(page.getByRole("heading", { level: 1, name: "Thank you" })).toBeVisible();
  expect((await saidBy(context, server)).filter((one) => one.text === "Said once, and once only.")).toHaveLength(1);
});

test("what the company does is seen as it happens, and told once", async ({ page, context, server, signIn, axe }) => {
  await signIn(jonas);
  await speak(context, "en");
  const { id } = await sayElsewhere(context, server, "idea", "Show the tariff on the meter.");
  await openLedger(page);
  const item = entry(page, "Show the tariff on the meter.");
  await expect(item).toContainText("Received");
  await companyActs(server, { act: "state", feedback_id: id, status: "read" });
  await expect(item.locator(".status")).toHaveText("Read");
  await expect(page.getByRole("status").filter({ hasText: "Something came of what you said." })).toBeVisible();
  await expect(item).toContainText("New");
  await companyActs(server, { act: "answer", feedback_id: id, by: "Mehmet Aydın", text: "The next meter can do that." });
  await expect(item).toContainText("The next meter can do that.");
  const { improvement_id } = await companyActs(server, {
    act: "improve",
    feedback_ids: [id],
    title: "Meters that tell the tariff",
    you_said: "The meter does not show the tariff.",
    we_did: "New meters show it.",
    state: "planned",
  });
  await expect(item).toContainText("Meters that tell the tariff");
  await axe(page);
  await item.getByRole("link").first().click();
  await expect(page.getByRole("article")).toContainText("The next meter can do that.");
  await expect(page.getByText("Something will change because of it.")).toBeVisible();
  await companyActs(server, { act: "finish", improvement_id: improvement_id ?? "" });
  await expect(page.getByText("Something changed because of it.")).toBeVisible();
  await expect(page.getByRole("status").filter({ hasText: "Something came of what you said." })).toBeVisible();
  // What was looked at is not new any more.
  await page.getByRole("navigation", { name: "Feedback" }).getByRole("link", { name: "Your feedback" }).click();
  await expect(item.locator(".status")).toHaveText("Done");
  await expect.poll(async () => (await entryOf(context, server, id)).unread).toBe(false);
  await page.reload();
  await expect(item).toBeVisible();
  await expect(item.locator("strong")).toHaveCount(0);
});

test("you said, we did: with one's own among it", async ({ page, signIn, axe, shot }) => {
  await signIn(maya);
  await openLedger(page);
  await page.getByRole("navigation", { name: "Feedback" }).getByRole("link", { name: "You said, we did" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "You said, we did" })).toBeFocused();
  const visits = page.getByRole("listitem").filter({ hasText: "Visits within two hours" });
  await expect(visits).toContainText("Planned");
  await expect(visits).toContainText("We will");
  await expect(visits).toContainText("You were one of them:");
  await expect(page.getByRole("listitem").filter({ hasText: "Bills that say what each line is" })).not.toContainText("You were one of them:");
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await axe(page);
    await shot(page, `improvements-${colorScheme}`);
  }
  await visits.getByRole("link", { name: "see what you said" }).click();
  await expect(page.getByText(/between 8 and 13/)).toBeVisible();
});

test("what was said is changed while it can be; the company's reading it is not in the way", async ({ page, context, server, signIn, axe }) => {
  await signIn(maya);
  const { id } = await sayElsewhere(context, server, "complaint", "The lift is broken.");
  await page.goto(`/feedback/${id}`);
  await page.getByRole("button", { name: "Change" }).click();
  await expect(textbox(page)).toBeFocused();
  await textbox(page).fill("The lift was broken.");
  await page.getByRole("checkbox", { name: /^You may contact me/ }).check();
  await companyActs(server, { act: "state", feedback_id: id, status: "read" });
  await axe(page);
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("The lift was broken.")).toBeVisible();
  await expect(page.getByText("We may contact you about it.")).toBeVisible();
  await expect(page.getByText(/changed on/)).toBeVisible();
  await expect(page.getByRole("button", { name: "Change" })).toBeFocused();
  expect(await entryOf(context, server, id)).toMatchObject({ text: "The lift was broken.", contact_allowed: true });
});

test("what another tab changed meanwhile is shown, and the customer decides", async ({ page, context, server, signIn, axe }) => {
  await signIn(maya);
  const { id } = await sayElsewhere(context, server, "idea", "Paint it green.");
  await page.goto(`/feedback/${id}`);
  await page.getByRole("button", { name: "Change" }).click();
  await textbox(page).fill("Paint it blue.");
  await changeElsewhere(context, server, id, { text: "Paint it red." });
  await page.getByRole("button", { name: "Save" }).click();
  const banner = page.getByText(/It was changed elsewhere meanwhile.*Paint it red\./s);
  await expect(banner).toBeVisible();
  await expect(textbox(page)).toHaveValue("Paint it blue.");
  await axe(page);
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("button", { name: "Change" })).toBeFocused();
  expect((await entryOf(context, server, id)).text).toBe("Paint it blue.");
});

test("a change that was begun is kept over a reload, and what another tab saved meanwhile is not lost to it", async ({ page, context, server, signIn, axe }) => {
  await signIn(maya);
  const { id } = await sayElsewhere(context, server, "idea", "Benches in the shop.");
  await page.goto(`/feedback/${id}`);
  await page.getByRole("button", { name: "Change" }).click();
  await expect(page.getByText("Draft kept in this tab.")).toHaveCount(0);
  await textbox(page).fill("Benches in the shop, with backs.");
  await expect(page.getByText("Draft kept in this tab.")).toBeVisible();
  await page.reload();
  await expect(textbox(page)).toHaveValue("Benches in the shop, with backs.");
  // The company's reading it is not in the way, here either.
  await companyActs(server, { act: "state", feedback_id: id, status: "read" });
  await changeElsewhere(context, server, id, { text: "Chairs in the shop." });
  await page.reload();
  await expect(page.getByText(/It was changed elsewhere meanwhile.*Chairs in the shop\./s)).toBeVisible();
  await expect(textbox(page)).toHaveValue("Benches in the shop, with backs.");
  await axe(page);
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("button", { name: "Change" })).toBeFocused();
  expect((await entryOf(context, server, id)).text).toBe("Benches in the shop, with backs.");
  await page.reload();
  await expect(page.getByRole("button", { name: "Change" })).toBeVisible();
  // What is given up is forgotten.
  await page.getByRole("button", { name: "Change" }).click();
  await textbox(page).fill("Something else");
  await page.getByRole("button", { name: "Cancel" }).click();
  await page.reload();
  await expect(page.getByText("Benches in the shop, with backs.")).toBeVisible();
  await expect(textbox(page)).toHaveCount(0);
});

test("a mail says that there is an answer, in the customer's language, and leads to it; what was said is not in it", async ({ page, context, server, signIn }) => {
  await signIn(jonas);
  await speak(context, "en");
  // He had said no to everything at once.
  await change(context, server, { global_opt_out: false, paused_until: null, quiet_hours: { enabled: false } });
  const { id } = await sayElsewhere(context, server, "idea", "Ring twice, please.");
  await companyActs(server, { act: "answer", feedback_id: id, by: "Mehmet Aydın", text: "We shall ring twice." });
  const told = async () => (await mailTo(server, jonas)).find((mail) => mail.text.includes(id));
  await expect.poll(told).toBeTruthy();
  const mail = (await told())!;
  expect(mail.subject).toBe("Lumenfold hat auf Ihre Rückmeldung geantwortet");
  expect(mail.text).not.toMatch(/ring|Mehmet/i);
  const link = /https?:\/\/\S+\/feedback\/\S+/.exec(mail.text)![0];
  await page.goto(new URL(link).pathname);
  await expect(page.getByRole("article")).toContainText("We shall ring twice.");
});

test("what was said is taken back, knowing what that means, and is gone", async ({ page, context, server, signIn, axe, shot }) => {
  await signIn(maya);
  const { id } = await sayElsewhere(context, server, "complaint", "Said in anger.");
  await page.goto(`/feedback/${id}`);
  const take = page.getByRole("button", { name: "Take it back" });
  await take.click();
  const dialog = page.getByRole("dialog", { name: "Take back what you said?" });
  await expect(dialog).toContainText("This cannot be undone.");
  await axe(page);
  await shot(page, "withdrawing");
  await page.keyboard.press("Escape");
  await expect(take).toBeFocused();
  await take.click();
  await dialog.getByRole("button", { name: "Take it back" }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText("You took it back. Your words and answers are erased.")).toBeVisible();
  await expect(page.getByRole("heading", { level: 2, name: "What you said" })).toBeFocused();
  await expect(take).toHaveCount(0);
  const now = await entryOf(context, server, id);
  expect(now.status).toBe("withdrawn");
  expect(JSON.stringify(now)).not.toContain("Said in anger.");
  await openLedger(page);
  await expect(ledger(page).getByText("Withdrawn").first()).toBeVisible();
  await expect(page.getByText("Said in anger.")).toHaveCount(0);
});

test("a ledger that cannot be read says so and goes on; the rest of the page stands", async ({ page, faults, signIn, axe }) => {
  await signIn(maya);
  await faults.fail({ method: "GET", path_prefix: "/v1/feedback" }, 500);
  await openLedger(page);
  await expect(ledger(page).getByRole("alert")).toContainText("We could not load what you said", { timeout: 30_000 });
  await expect(page.getByRole("region", { name: "We would like to know" }).getByRole("alert")).toContainText("We could not load what we wanted to ask", { timeout: 30_000 });
  await expect(page.getByRole("region", { name: "Say something" }).getByRole("link", { name: /^Idea/ })).toBeVisible();
  await axe(page);
  await faults.clear();
  await ledger(page).getByRole("button", { name: "Try again" }).click();
  await expect(entry(page, "dark theme")).toBeVisible();
});

test("somebody else's feedback is not there", async ({ page, context, server, signIn }) => {
  await signIn(maya);
  const [first] = await saidBy(context, server);
  await signIn(newcomer);
  await page.goto(`/feedback/${first?.id ?? ""}`);
  await expect(page.getByRole("heading", { level: 1, name: "We could not load what you said" })).toBeVisible();
  await expect(page.getByText("This is not here, or no longer.")).toBeVisible();
});
