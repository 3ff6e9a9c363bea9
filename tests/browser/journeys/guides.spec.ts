// Guides: a question at a time, by mouse and by keyboard; back, reload and a link that somebody passes on; what it came to.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { bigGuide } from "../support/big-guide";
import { amal, keiko, maya, newcomer } from "../support/customers";
import { answer, open, report, step } from "../support/guides";
import { hold } from "../support/held";
import { tabTo } from "../support/keyboard";
import { Server } from "../support/server";
import { expect, signInByApi, test } from "../support/test";

const NO_INTERNET = "No internet, or slow internet";
/** What leads to the outcome about which the company calls. */
const SLOW_LINE = ["slow", "yes", "always"];

test("from the ways to get in touch through a guide to something that helps", async ({ page, server, signIn, axe, shot }) => {
  await signIn(maya);
  await page.addInitScript(() => localStorage.setItem("portal.locale", "en"));
  await page.goto("/contact?topic=moving");
  const offered = page.getByRole("region", { name: "Solve it yourself" });
  // Those that suit the topic stand first.
  await expect(offered.getByRole("link").first()).toContainText("I am moving");
  await offered.getByRole("link", { name: /^No internet/ }).click();
  await expect(page.getByRole("heading", { level: 1, name: NO_INTERNET })).toBeFocused();
  const question = page.getByRole("group", { name: "What does not work?" });
  await expect(question.getByRole("button")).toHaveCount(3);
  await expect(page.getByText("Question 1, at most 4 more")).toBeVisible();
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await axe(page);
    await shot(page, `question-${colorScheme}`);
  }
  await answer(page, "Nothing at home has internet", "Which light is on at the front of the router?");
  await expect(step(page, /^Which light/)).toBeFocused();
  await expect(page.locator("#announcer")).toHaveText("Question 2, at most 3 more");
  await expect(page.getByRole("group", { name: /^Which light/ })).toHaveAccessibleDescription(/light with the globe/);
  await answer(page, "Green", /^Does a computer/);
  await answer(page, "No", "Have you restarted the router since it began?");
  await answer(page, "No", "Restart the router. That helps in two of three cases.");
  await expect(page).toHaveURL(/\/guides\/no-internet\?answer=everything&answer=green&answer=no&answer=no$/);
  await page.getByRole("checkbox", { name: "Wait one minute." }).check();
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await axe(page);
    await shot(page, `outcome-${colorScheme}`);
  }
  const solved = page.getByRole("group", { name: "Did this solve it?" });
  await solved.getByRole("button", { name: "Yes" }).click();
  await expect(page.getByText("Thank you. That tells us what works.")).toBeVisible();
  await expect(solved.getByRole("button", { name: "Yes" })).toHaveAttribute("aria-pressed", "true");
  await expect.poll(() => report(server)).toMatch(/restart: solved [1-9]/);
});

test("by keyboard alone, from the first question to the next step", async ({ page, signIn, axe }) => {
  await signIn(keiko);
  await open(page, "moving", "I am moving");
  const press = async (label: string, next: RegExp) => {
    await tabTo(page, page.getByRole("button", { name: label, exact: true }));
    await page.keyboard.press("Enter");
    await expect(step(page, next)).toBeFocused();
  };
  await press("Later", /^Where do you move to/);
  await press("Within the country", /^What do you have/);
  await tabTo(page, page.getByRole("link", { name: "One question back" }));
  await page.keyboard.press("Enter");
  await expect(step(page, /^Where do you move to/)).toBeFocused();
  await press("Within the country", /^What do you have/);
  await press("Electricity or gas", /^Your contract moves with you/);
  await tabTo(page, page.getByRole("checkbox").first());
  await page.keyboard.press("Space");
  await expect(page.getByRole("checkbox").first()).toBeChecked();
  await tabTo(page, page.getByText("Your 3 answers so far"));
  await page.keyboard.press("Enter");
  await tabTo(page, page.getByRole("link", { name: "Change: When do you move?" }));
  await axe(page);
  await page.keyboard.press("Enter");
  await expect(step(page, "When do you move?")).toBeFocused();
});

test("the browser's Back, a reload and a link that is passed on lead to the same question", async ({ page, context, signIn }) => {
  await signIn(maya);
  await open(page, "bill-higher", "My bill is higher than I expected");
  await answer(page, "Electricity or gas", /^What does the bill say/);
  await answer(page, "Read", "How many days does the bill cover?");
  await page.reload();
  await expect(step(page, "How many days does the bill cover?")).toBeVisible();
  await expect(page.getByText("Question 3, at most 1 more")).toBeVisible();
  const passedOn = page.url();
  await page.goBack();
  await expect(step(page, /^What does the bill say/)).toBeFocused();
  await page.goBack();
  await expect(step(page, "Which bill is it?")).toBeVisible();
  await page.goForward();
  await expect(step(page, /^What does the bill say/)).toBeVisible();
  const other = await context.newPage();
  await other.goto(passedOn);
  await expect(step(other, "How many days does the bill cover?")).toBeVisible();
  await other.getByRole("link", { name: "Start over" }).click();
  await expect(step(other, "Which bill is it?")).toBeFocused();
  await expect(other.getByRole("link", { name: "Start over" })).toHaveCount(0);
});

test("a link leads into the midst of a guide, and one that leads nowhere says so", async ({ page, signIn, axe }) => {
  await signIn(maya);
  await open(page, "no-internet?at=lights", NO_INTERNET);
  await expect(step(page, /^Which light/)).toBeVisible();
  await expect(page.getByText("Question 1, at most 3 more")).toBeVisible();
  await answer(page, "Amber or red", /^Is the grey cable/);
  await expect(page).toHaveURL(/\?at=lights&answer=amber$/);
  await page.getByRole("link", { name: "One question back" }).click();
  await expect(step(page, /^Which light/)).toBeFocused();
  await open(page, "no-internet?answer=everything&answer=blue&answer=no", NO_INTERNET);
  await expect(step(page, /^Which light/)).toBeVisible();
  await expect(page.getByText(/^This guide has changed since/)).toBeVisible();
  await axe(page);
});

test("what did not help goes on as a message that says what was answered", async ({ page, server, signIn, axe, shot }) => {
  await signIn(maya);
  await open(page, "no-internet", NO_INTERNET);
  await answer(page, "It works, but slowly", /^Is it slow close/);
  await answer(page, "No, only farther away", /^Your line works; the Wi-Fi/);
  await page.getByRole("button", { name: "No", exact: true }).click();
  await expect(page.getByText(/^Then let us help/)).toBeVisible();
  await expect.poll(() => report(server)).toMatch(/wifi: solved 0 of [1-9]/);
  await page.getByRole("textbox", { name: "Do you want to add something?" }).fill("Two floors, thick walls.");
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await expect(page.getByText("Thank you. That tells us what works.")).toBeVisible();
  await expect.poll(() => report(server)).toContain("Two floors, thick walls.");
  await axe(page);
  await page.getByRole("button", { name: "Write to us" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Write to us" })).toBeVisible();
  const carried = page.getByRole("region", { name: /No internet, or slow internet/ });
  await expect(carried).toContainText("Is it slow close to the router as well?");
  await expect(carried).toContainText("No, only farther away");
  await expect(page.getByLabel("Subject")).toHaveValue(NO_INTERNET);
  await page.getByRole("textbox", { name: "Your message" }).fill("The bedroom is two floors up.");
  await shot(page, "carried");
  await page.getByRole("button", { name: "Send message" }).click();
  await expect(page).toHaveURL(/\/interactions\/int_/);
  const before = page.getByRole("region", { name: /^Answered before, in “No internet/ });
  await expect(before).toContainText("What does not work?");
  await expect(before).toContainText("It works, but slowly");
  await expect(before).toContainText("Your line works; the Wi-Fi does not reach far enough.");
  await axe(page);
  await shot(page, "interaction");
});

test("an outcome that the company has to see to leads straight to a message with its subject", async ({ page, signIn }) => {
  await signIn(newcomer);
  await open(page, "bill-higher?answer=broadband&answer=twice", "My bill is higher than I expected");
  await expect(step(page, /^Nothing should stand there twice/)).toBeVisible();
  await expect(page.getByRole("group", { name: "Did this solve it?" })).toHaveCount(0);
  await page.getByRole("button", { name: "Write to us" }).click();
  await expect(page.getByLabel("Subject")).toHaveValue("Charged twice");
});

test("an answer whose response is lost is taken down once", async ({ page, server, faults, signIn }) => {
  await signIn(keiko);
  await open(page, "bill-higher?answer=broadband&answer=once", "My bill is higher than I expected");
  await faults.dropResponse({ method: "POST", path_prefix: "/v1/guides/bill-higher/outcomes" });
  const yes = page.getByRole("group", { name: "Did this solve it?" }).getByRole("button", { name: "Yes" });
  await yes.dblclick();
  await expect(page.getByText("Thank you. That tells us what works.")).toBeVisible({ timeout: 20_000 });
  await expect.poll(() => report(server)).toContain("once: solved 1 of 1");
});

test("what was not heard is said, and a no leads on all the same", async ({ page, faults, signIn, axe }) => {
  await signIn(keiko);
  await open(page, "bill-higher?answer=broadband&answer=monthly", "My bill is higher than I expected");
  await faults.fail({ method: "POST", path_prefix: "/v1/guides/bill-higher/outcomes" }, 500);
  await page.getByRole("button", { name: "No", exact: true }).click();
  await expect(page.getByRole("button", { name: "Write to us" })).toBeVisible();
  await expect(page.getByText("Your answer did not reach us. Press it again.")).toBeVisible({ timeout: 20_000 });
  await axe(page);
});

test("a guide that cannot be loaded, comes late, or is not there says so", async ({ page, faults, signIn, axe, shot }) => {
  await signIn(maya);
  await page.addInitScript(() => localStorage.setItem("portal.locale", "en"));
  await faults.fail({ method: "GET", path_prefix: "/v1/guides/moving" }, 500);
  await page.goto("/guides/moving");
  await expect(page.getByRole("heading", { level: 1, name: "We could not load this guide" })).toBeVisible({ timeout: 20_000 });
  await axe(page);
  await faults.clear();
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(step(page, "When do you move?")).toBeVisible();
  const late = await hold(page, "GET", "/v1/guides/bill-higher");
  await page.goto("/guides/bill-higher");
  await expect(page.locator(".skeleton").first()).toBeVisible();
  await shot(page, "waiting");
  late.letGo();
  await expect(step(page, "Which bill is it?")).toBeVisible();
  await page.goto("/guides/none-of-ours");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(page.getByRole("link", { name: "To the overview" }).or(page.getByRole("main").getByRole("link", { name: /overview/i })).first()).toBeVisible();
  await axe(page);
});

test("without the guides the ways to get in touch stand", async ({ page, faults, signIn }) => {
  await signIn(maya);
  await page.addInitScript(() => localStorage.setItem("portal.locale", "en"));
  await faults.fail({ method: "GET", path_prefix: "/v1/guides" }, 500);
  await page.goto("/contact");
  await expect(page.getByText("We could not load the guides")).toBeVisible({ timeout: 20_000 });
  await expect(page.getByRole("heading", { level: 3 }).first()).toBeVisible();
});

test("what is loaded goes on without a network", async ({ page, context, signIn }) => {
  await signIn(maya);
  await open(page, "moving", "I am moving");
  await context.setOffline(true);
  await answer(page, "Later", /^Where do you move to/);
  await answer(page, "Abroad", /^We do not serve other countries/);
  await context.setOffline(false);
});

test("on paper it is a list to go through with a pen", async ({ page, signIn, shot }) => {
  await signIn(maya);
  await open(page, "moving?answer=later&answer=country&answer=energy", "I am moving");
  await page.emulateMedia({ media: "print" });
  await expect(page.getByText("What do you have from us?")).toBeVisible();
  await expect(page.getByText("Electricity or gas")).toBeVisible();
  await expect(page.getByRole("checkbox")).toHaveCount(4);
  for (const name of [/^Print/, "Yes", "No"]) await expect(page.getByRole("button", { name, exact: typeof name === "string" })).toHaveCount(0);
  await expect(page.getByRole("link", { name: "One question back" })).toHaveCount(0);
  await shot(page, "printed-outcome");
  await page.goto("/guides/moving?answer=later");
  await page.emulateMedia({ media: "print" });
  await expect(page.getByText("Within the country")).toBeVisible();
  await shot(page, "printed-question");
});

test("in Arabic everything runs from right to left", async ({ page, signIn, axe, shot }) => {
  await signIn(amal);
  await open(page, "no-internet", "لا يوجد إنترنت أو الإنترنت بطيء", "ar");
  await answer(page, "لا إنترنت على أي جهاز في المنزل", /^ما لون الضوء/);
  await expect(page.locator("html")).toHaveAttribute("dir", "rtl");
  await expect(page.locator("#announcer")).toContainText("السؤال");
  await answer(page, "لا ضوء إطلاقًا", /^أدخل القابس/);
  await page.getByText("إجابتاك حتى الآن").click();
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await axe(page);
    await shot(page, `arabic-${colorScheme}`);
  }
});

test.describe("a guide of 500 nodes", () => {
  // It is served from an origin of its own, which the guard would take for somebody else's.
  test.use({ guarded: false });

  test("is there whole, and a press draws one question anew", async ({ page, context }) => {
    test.slow();
    const folder = await mkdtemp(join(tmpdir(), "portal-guides-"));
    const large = await Server.start({ env: { PORTAL_API_COMPANY_GUIDES: await bigGuide(folder, 500) } });
    await signInByApi(context, large, maya);
    await page.addInitScript(() => localStorage.setItem("portal.locale", "en"));
    await page.goto(`${large.origin}/guides/big`);
    await expect(step(page, "Node 0")).toBeVisible();
    await expect(page.getByText("Question 1, at most 7 more")).toBeVisible();
    // What a press costs hangs on the question that it leads to, and not on the five hundred: so little of the page is drawn anew.
    // How long that takes is in the bench.
    const drawn = await page.evaluate(async () => {
      const changes: number[] = [];
      let count = 0;
      const look = new MutationObserver((seen) => {
        count += seen.reduce((sum, one) => sum + one.addedNodes.length + one.removedNodes.length, 0);
      });
      look.observe(document.body, { childList: true, subtree: true });
      for (;;) {
        const next = document.querySelector<HTMLButtonElement>('[data-kind="answers"] button');
        if (!next) return changes;
        count = 0;
        next.click();
        await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
        changes.push(count);
      }
    });
    await expect(page).toHaveURL(/answer=a1&answer=a3&answer=a7/);
    expect(drawn.length).toBeGreaterThanOrEqual(7);
    console.log(`a guide of 500 nodes: nodes drawn anew by each press: ${drawn.join(" ")}`);
    for (const nodes of drawn) expect(nodes).toBeLessThan(100);
    await large.stop();
    await rm(folder, { recursive: true });
  });
});

test("an outcome that the company calls about leads to a time, and the answers go along", async ({ page, signIn, axe }) => {
  await signIn(keiko);
  const way = SLOW_LINE;
  await open(page, `no-internet?${way.map((answer) => `answer=${answer}`).join("&")}`, NO_INTERNET);
  await axe(page);
  await page.getByRole("button", { name: "Choose a time" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "We call you" })).toBeVisible();
  await expect(page).toHaveURL(/option=callback/);
  const carried = page.locator("#carried");
  await expect(carried.locator("dt")).toHaveCount(way.length);
  await axe(page);
});

test("a double click answers one question, and whoever is quick two", async ({ page, signIn }) => {
  await signIn(keiko);
  await open(page, "no-internet", NO_INTERNET);
  const answers = () => new URL(page.url()).searchParams.getAll("answer").length;
  const first = page.getByRole("group").getByRole("button").first();
  await first.dblclick();
  await expect.poll(answers).toBe(1);
  await page.goto("/guides/no-internet");
  // Three presses in one go: the second lands on the next question and is no answer to it, the third was made on it.
  await first.dispatchEvent("click", { detail: 1 });
  await expect.poll(answers).toBe(1);
  await expect(page.getByRole("main").getByText(/^Question 2,/).first()).toBeVisible();
  const next = page.getByRole("group").getByRole("button").first();
  await next.dispatchEvent("click", { detail: 2 });
  expect(answers()).toBe(1);
  await next.dispatchEvent("click", { detail: 3 });
  await expect.poll(answers).toBe(2);
});
