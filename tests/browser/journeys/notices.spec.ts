// What the company tells by itself: read, put aside, put off, answered, brought back, and governed by the preferences.
import { amal, keiko, maya, newcomer } from "../support/customers";
import { tabTo } from "../support/keyboard";
import { end, notice, noticesOf, tell, unfold } from "../support/notices";
import { withOwnServer } from "../support/own-server";
import { change } from "../support/preferences";
import { expect } from "../support/test";

// The overview holds three notices and the preferences decide about each: a pause that another journey left Maya with, or one more
// notice, would hide what is looked for here.
const test = withOwnServer();

const told = (key: string, title: string, more: object = {}) => ({
  key,
  customers: [maya],
  text: { en: { title, text: "It is so." } },
  ...more,
});

const asked = (key: string, title: string, more: object = {}) => ({
  key,
  kind: "check_in",
  topic: "check_ins",
  customers: [maya],
  text: { en: { title, text: "Is it?", answers: { well: "All is well", "not-yet": "Not yet" } } },
  answer: [{ id: "well" }, { id: "not-yet", goes_on: true }],
  ...more,
});

test("an outage, a delay and a question stand above the rest, each with why it is shown", async ({ page, signIn, axe, shot }) => {
  await signIn(maya);
  await page.goto("/");
  const outage = notice(page, "Broadband is down in your street");
  await expect(outage).toContainText("Outage");
  await expect(outage).toContainText(/Since .*We expect it to be over by/);
  await expect(outage).toContainText("You see this because you get “Outages”");
  await expect(outage.getByRole("link", { name: "What you can check meanwhile" })).toHaveAttribute("href", "/guides/no-internet");
  // The first stands whole; of the others the title is seen, so that what waits for her is not pushed out of sight.
  const delay = notice(page, "The pavement is opened a day later");
  const about = delay.getByRole("link", { name: "Broadband drops every evening" });
  await expect(about).toBeHidden();
  const question = notice(page, "Did that settle it?");
  await expect(question.getByRole("button", { name: "All is well" })).toBeHidden();
  const waiting = page.getByRole("region", { name: /^Waiting for you/ });
  await expect(waiting).toBeVisible();
  // Both places are measured in one moment: what is read anew between two measurements moves the second.
  const order = async () => (await outage.evaluate((first, waiting) => first.compareDocumentPosition(waiting!), await waiting.elementHandle())) & 5;
  await expect.poll(order, { message: "the notices stand before what waits" }).toBe(4);
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await axe(page);
    await shot(page, `notices-${colorScheme}`);
  }
  await unfold(delay);
  await expect(about).toBeVisible();
  await unfold(question);
  await expect(question.getByRole("button", { name: "All is well" })).toBeVisible();
  await axe(page);
  await shot(page, "notices-unfolded");
  await outage.getByRole("link", { name: "Your choices" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "What reaches you" })).toBeVisible();
});

test("what is put aside goes, is brought back by the press that is offered, and stands on its own screen", async ({ page, server, signIn, axe }) => {
  await tell(server, told("aside", "A test of the sirens"));
  await signIn(maya);
  await page.goto("/");
  const siren = notice(page, "A test of the sirens");
  await siren.getByRole("button", { name: "Got it: A test of the sirens" }).click();
  await expect(siren).toHaveCount(0);
  await expect(page.getByRole("heading", { name: /^For you to know/ })).toBeFocused();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(siren).toBeVisible();
  await siren.getByRole("button", { name: /^Got it/ }).click();
  await expect(siren).toHaveCount(0);
  await page.getByRole("link", { name: "All notices" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Notices" })).toBeFocused();
  const aside = page.getByRole("region", { name: "Put aside" });
  await expect(aside).toContainText("Put aside on");
  await axe(page);
  await aside.getByRole("button", { name: "Bring it back: A test of the sirens" }).click();
  await expect(page.getByRole("region", { name: "Now" }).getByRole("heading", { name: "A test of the sirens" })).toBeVisible();
  await expect(aside.getByRole("heading", { name: "A test of the sirens" })).toHaveCount(0);
  await end(server, "aside");
});

test("by keyboard alone: put off until tomorrow, and it says until when", async ({ page, server, signIn }) => {
  await tell(server, told("later", "New opening hours"));
  await signIn(maya);
  await page.goto("/");
  const hours = notice(page, "New opening hours");
  await tabTo(page, hours.getByRole("button", { name: "Later: New opening hours" }));
  await page.keyboard.press("Enter");
  const tomorrow = hours.getByRole("button", { name: "Tomorrow morning" });
  await expect(tomorrow).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(tomorrow).toBeHidden();
  await page.keyboard.press("Enter");
  await tabTo(page, tomorrow, 5);
  await page.keyboard.press("Enter");
  await expect(page.getByText(/It comes back on .* at 8:00|It comes back on .* 08:00/).first()).toBeAttached();
  await expect(hours).toHaveCount(0);
  const until = async () => (await noticesOf(page.context(), server, "put_aside")).find((one) => one.title === "New opening hours")?.snoozed_until ?? "";
  await expect.poll(async () => Date.parse(await until())).toBeGreaterThan(Date.now());
  await end(server, "later");
});

test("an answer that was lost on the way is given once, and one that goes on leads to the conversation", async ({ page, server, faults, signIn }) => {
  await tell(server, asked("repair", "How is the meter?", { interaction: "LF-48227" }));
  await signIn(maya);
  await page.goto("/");
  const question = notice(page, "How is the meter?");
  await faults.dropResponse({ method: "POST", path_prefix: "/v1/notices" });
  const answer = question.getByRole("button", { name: "Not yet" });
  await answer.dblclick();
  await expect(page.getByRole("heading", { level: 1, name: "Meter reading, with a photo" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Open it again" })).toBeVisible();
  const given = async () => (await noticesOf(page.context(), server, "put_aside")).find((one) => one.title === "How is the meter?");
  await expect.poll(async () => (await given())?.answered?.answer).toBe("not-yet");
  await page.reload();
  await page.goto("/notices");
  await expect(notice(page, "How is the meter?")).toContainText("“Not yet”");
  await end(server, "repair");
});

test("a dismissal that was lost on the way is done once", async ({ page, server, faults, signIn }) => {
  await tell(server, told("lost", "A lost word"));
  await signIn(maya);
  await page.goto("/");
  await faults.dropResponse({ method: "POST", path_prefix: "/v1/notices" });
  await notice(page, "A lost word").getByRole("button", { name: /^Got it/ }).click();
  await expect(notice(page, "A lost word")).toHaveCount(0);
  await expect.poll(async () => (await noticesOf(page.context(), server, "put_aside")).filter((one) => one.title === "A lost word").length).toBe(1);
  await end(server, "lost");
});

test("what does not arrive says so, and the notice stays", async ({ page, server, faults, signIn, axe }) => {
  await tell(server, told("stays", "A word that stays"));
  await signIn(maya);
  await page.goto("/");
  const stays = notice(page, "A word that stays");
  await expect(stays.getByRole("button", { name: /^Got it/ })).toBeVisible();
  await faults.fail({ method: "POST", path_prefix: "/v1/notices" }, 500);
  await stays.getByRole("button", { name: /^Got it/ }).click();
  await expect(page.getByRole("region", { name: /^For you to know/ }).getByRole("alert")).not.toBeEmpty();
  await expect(stays).toBeVisible();
  await axe(page);
  await faults.clear();
  await stays.getByRole("button", { name: /^Got it/ }).click();
  await expect(stays).toHaveCount(0);
  await end(server, "stays");
});

test("open pages hear of what is told, changed and ended", async ({ page, server, signIn }) => {
  await signIn(maya);
  await page.goto("/");
  await expect(page.getByRole("region", { name: /^For you to know/ })).toBeVisible();
  await tell(server, told("live", "It has just happened"));
  await expect(notice(page, "It has just happened")).toBeVisible();
  await tell(server, told("live", "It has just happened", { text: { en: { title: "It has just happened", text: "It takes longer." } } }));
  await expect(notice(page, "It has just happened")).toContainText("It takes longer.");
  await end(server, "live");
  await expect(notice(page, "It has just happened")).toHaveCount(0);
});

test("the preferences govern what is shown, on the open page too", async ({ page, server, signIn }) => {
  await tell(server, told("pause", "Works on Thursday", { topic: "planned_works", customers: [keiko] }));
  await tell(server, told("must", "New terms", { topic: "contract_changes", customers: [keiko] }));
  await page.addInitScript(() => localStorage.setItem("portal.locale", "en"));
  await signIn(keiko);
  await page.goto("/");
  await expect(notice(page, "Works on Thursday")).toBeVisible();
  await change(page.context(), server, { paused_until: new Date(Date.now() + 86_400_000).toISOString() });
  await expect(notice(page, "Works on Thursday")).toHaveCount(0);
  await expect(notice(page, "New terms")).toContainText("whatever you chose");
  await change(page.context(), server, { paused_until: null });
  await expect(notice(page, "Works on Thursday")).toBeVisible();
  await end(server, "pause");
  await end(server, "must");
});

test("nobody is told anything where there is nothing, and the screen of notices says so", async ({ page, signIn, axe }) => {
  await signIn(newcomer);
  await page.goto("/");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(page.getByRole("region", { name: /^For you to know/ })).toHaveCount(0);
  await page.goto("/notices");
  await expect(page.getByText("There is nothing to tell you now.")).toBeVisible();
  await expect(page.getByText("You put nothing aside.")).toBeVisible();
  await axe(page);
});

test("notices that could not be loaded say so, with the way on", async ({ page, faults, signIn }) => {
  await signIn(maya);
  await faults.fail({ method: "GET", path_prefix: "/v1/notices" }, 500);
  await page.goto("/notices");
  const again = page.getByRole("button", { name: "Try again" });
  await expect(page.getByRole("heading", { name: "We could not load the notices" })).toHaveCount(2);
  await expect(again).toHaveCount(2);
  await faults.clear();
  await again.first().click();
  await expect(again).toHaveCount(1);
  await again.click();
  await expect(notice(page, "Broadband is down in your street")).toBeVisible();
});

test("in Arabic, from right to left", async ({ page, signIn, axe, shot }) => {
  await signIn(amal);
  await page.goto("/");
  const outage = notice(page, "انقطعت الكهرباء في وسط البلد");
  await expect(outage).toContainText("عطل");
  const question = notice(page, "هل وصلت الفاتورة بالعربية؟");
  await unfold(question);
  await expect(question.getByRole("button", { name: "ليس بعد" })).toBeVisible();
  await expect(outage.getByRole("button", { name: /^فهمت/ })).toBeVisible();
  await axe(page);
  await shot(page, "notices-ar");
});

test("the year is told by its sentence, its picture and its table alike", async ({ page, signIn, axe }) => {
  await signIn(maya);
  await page.goto("/");
  const year = page.getByRole("region", { name: "How we did in the last twelve months" });
  const said = year.locator("p").filter({ hasText: /Promises that came due: \d+\. Kept: \d+/ }).first();
  await expect(said).toBeVisible();
  const [, due, kept] = /Promises that came due: (\d+)\. Kept: (\d+)/.exec(await said.innerText())!.map(Number);
  await year.getByText("Show as table").click();
  await expect(year.getByRole("table")).toBeVisible();
  const cells = await year.getByRole("table").locator("tbody tr").evaluateAll((rows) => rows.map((row) => [...row.querySelectorAll("td")].map((cell) => Number(cell.textContent))));
  expect(cells.reduce((sum, [one]) => sum + one!, 0)).toBe(due);
  expect(cells.reduce((sum, [, one]) => sum + one!, 0)).toBe(kept);
  for (const [one, two, three] of cells) expect(three).toBe(one! - two!);
  await axe(page);
});
