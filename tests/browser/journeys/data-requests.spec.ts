// The rights over one's data: asked as plain choices, proven in place, one request whatever happens, and followed to its end.
import { fits } from "../support/contact";
import { speak, signInLongAgo } from "../support/contact-points";
import { amal, conversation, edge, jonas, keiko, maya, newcomer } from "../support/customers";
import { openForm, operator, part, proof, prove, requestsOf, running } from "../support/data-requests";
import { eagerForNews, withoutNews } from "../support/held";
import { tabTo } from "../support/keyboard";
import { newestMail } from "../support/outbox";
import { expect, test } from "../support/test";

test("the rights are plain choices, and what runs is told with what happens next", async ({ page, signIn, axe, shot }) => {
  await signIn(maya);
  await page.goto("/data/requests");
  await expect(page.getByRole("heading", { level: 1, name: "Your data requests" })).toBeVisible();
  const rights = part(page, "What you can ask for");
  for (const name of [/^Get a copy of my data/, /^Delete my data/, /^Correct something/, /^Do not sell or share/]) {
    await expect(rights.getByRole("link", { name })).toBeVisible();
  }
  await expect(part(page, "Running").getByRole("listitem").first()).toBeVisible();
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await axe(page);
    await shot(page, `requests-${colorScheme}`);
  }
});

test("a running request has its clock, its messages and everything that happened", async ({ page, context, server, signIn, axe, shot }) => {
  await signIn(maya);
  // The one of the demonstration: what journeys before this one asked for may hold at once, and so have no clock.
  const request = (await running(context, server, "rectification")).at(-1);
  if (!request) throw new Error("the demonstration has none");
  await page.goto(`/data/requests/${request.id}`);
  await expect(part(page, "The legal clock").locator("svg").first()).toBeAttached();
  await expect(part(page, "The legal clock").getByText("We received it")).toBeVisible();
  await expect(part(page, "What happened so far").getByText("The request came in.")).toBeVisible();
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await axe(page);
    await shot(page, `request-${colorScheme}`);
  }
});

test("why it was refused stands there, with where to complain", async ({ page, context, server, signIn, axe }) => {
  await signIn(maya);
  const denied = (await requestsOf(context, server)).find((one) => one.state === "denied");
  if (!denied) throw new Error("the demonstration has no denied request");
  await page.goto(`/data/requests/${denied.id}`);
  await expect(page.getByRole("heading", { name: "Why we refused" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Complain to the authority" })).toBeVisible();
  await axe(page);
});

test("a stale session meets the proof over the form, which stands as it was, and the request goes on by itself", async ({ page, context, server, signIn, axe }) => {
  await signInLongAgo(server, signIn, keiko);
  await speak(context, "en");
  await openForm(page, "kind=access", "Get a copy of my data");
  await page.getByRole("radio", { name: "Only some of it" }).check();
  await page.getByRole("checkbox", { name: /^Messages/ }).check();
  await page.getByRole("checkbox", { name: "CSV, for spreadsheets" }).uncheck();
  const known = await newestMail(server, keiko);
  await page.getByRole("button", { name: "Get a copy of my data" }).click();
  await expect(proof(page)).toBeVisible();
  await axe(page);
  // Put off: nothing was asked, and nothing is lost, not even by a reload.
  await page.keyboard.press("Escape");
  await expect(page.getByRole("checkbox", { name: /^Messages/ })).toBeChecked();
  expect(await running(context, server, "access")).toEqual([]);
  await page.reload();
  await expect(page.getByRole("radio", { name: "Only some of it" })).toBeChecked();
  await expect(page.getByRole("checkbox", { name: /^Messages/ })).toBeChecked();
  await expect(page.getByRole("checkbox", { name: "CSV, for spreadsheets" })).not.toBeChecked();
  // A code that is on its way is not sent a second time.
  await prove(page, server, keiko, () => page.getByRole("button", { name: "Get a copy of my data" }).click(), known);
  await expect(page).toHaveURL(/\/data\/requests\/[^/]+$/);
  await expect(part(page, "About this request").getByText("Messages")).toBeVisible();
  const all = (await requestsOf(context, server)).filter((one) => one.kind === "access");
  expect(all).toHaveLength(1);
  expect(all[0]?.scope).toMatchObject({ kind: "categories", categories: ["messages"] });
});

test("a copy is made while one looks, and saved by the browser under an address that is good for once", async ({ page, context, signIn, axe }) => {
  await signIn(keiko);
  await speak(context, "en");
  await openForm(page, "kind=portability", "Take my data elsewhere");
  await page.getByRole("button", { name: "Take my data elsewhere" }).click();
  const button = part(page, "Your files").getByRole("button", { name: /^Download/ });
  await expect(button).toBeVisible({ timeout: 60_000 });
  await axe(page);
  const [saved] = await Promise.all([page.waitForEvent("download"), button.click()]);
  expect(saved.suggestedFilename()).toMatch(/\.zip$/);
  expect(new URL(saved.url()).pathname).toMatch(/^\/v1\/downloads\//);
  await expect(page.getByText("Your browser saves the file now.", { exact: false })).toBeVisible();
  expect(page.url()).toMatch(/\/data\/requests\/[^/]+$/);
  const again = await context.request.get(saved.url());
  expect(again.status()).toBe(410);
});

test("what is missing is told where it is", async ({ page, signIn, axe }) => {
  await signIn(amal);
  await speak(page.context(), "en");
  await openForm(page, "kind=portability", "Take my data elsewhere");
  await page.getByRole("radio", { name: "Only some of it" }).check();
  await page.getByRole("button", { name: "Take my data elsewhere" }).click();
  const summary = page.getByRole("group", { name: /There is a problem/ });
  await expect(summary).toBeFocused();
  await summary.getByRole("link", { name: "Choose at least one part" }).click();
  await expect(page.getByRole("checkbox").first()).toBeFocused();
  await axe(page);
});

test("a double press and a lost answer are one request, and a second tab is led to it", async ({ page, context, server, signIn, faults }) => {
  await signIn(amal);
  await speak(context, "en");
  const second = await context.newPage();
  // What the first tab does is no news to it: its form stands as it was.
  await withoutNews(second);
  await openForm(second, "kind=objection", "Object to the use of my data");
  await openForm(page, "kind=objection", "Object to the use of my data");
  await faults.dropResponse({ method: "POST", path_prefix: "/v1/data-requests" });
  await page.getByRole("button", { name: "Object to the use of my data", exact: true }).dblclick();
  await expect(page).toHaveURL(/\/data\/requests\/[^/]+$/, { timeout: 20_000 });
  expect((await requestsOf(context, server)).filter((one) => one.kind === "objection")).toHaveLength(1);
  // Pressed, it leads to the one that runs.
  await second.bringToFront();
  await second.getByRole("button", { name: "Object to the use of my data", exact: true }).click();
  await expect(second.getByText("You asked for this already")).toBeVisible();
  await second.getByRole("link", { name: "Go to it" }).click();
  await expect(second).toHaveURL(page.url());
  expect((await requestsOf(context, server)).filter((one) => one.kind === "objection")).toHaveLength(1);
});

test("an opt-out needs no proof, holds at once and can be ended", async ({ page, context, server, signIn }) => {
  await signInLongAgo(server, signIn, edge);
  await speak(context, "en");
  await openForm(page, "kind=opt_out_sale_sharing", "Do not sell or share");
  await expect(page.getByText("You need to prove nothing for it.")).toBeVisible();
  await page.getByRole("button", { name: "Do not sell or share" }).click();
  await expect(page.getByText("It is in force, and stays so until you end it.")).toBeVisible();
  await expect(proof(page)).toHaveCount(0);
  await page.getByRole("button", { name: "End it" }).click();
  await expect(page.getByText("It is no longer in force: you ended it.")).toBeVisible();
});

test("a deletion tells beforehand what goes and what stays, wants a word, and can be taken back", async ({ page, context, server, signIn, axe, shot }) => {
  await signInLongAgo(server, signIn, newcomer);
  await speak(context, "en");
  await openForm(page, "kind=erasure", "Delete my data");
  const preflight = part(page, "What would happen");
  await expect(preflight.getByRole("heading", { name: "What goes" })).toBeVisible();
  await expect(preflight.getByRole("heading", { name: "What stays, and why" })).toBeVisible();
  await expect(preflight.getByText("Your account. Nobody can sign in to it any more.")).toBeVisible();
  await axe(page);
  await shot(page, "preflight");
  await page.getByRole("button", { name: "Delete my data" }).click();
  await expect(page.getByRole("link", { name: "Type the word DELETE to go on" })).toBeVisible();
  expect(await running(context, server, "erasure")).toEqual([]);
  await page.getByRole("textbox", { name: /^Type DELETE/ }).fill("delete");
  await prove(page, server, newcomer, () => page.getByRole("button", { name: "Delete my data" }).click());
  await expect(page).toHaveURL(/\/data\/requests\/[^/]+$/);
  await expect(page.getByText(/left to change your mind/)).toBeVisible();
  await expect(page.getByRole("button", { name: "Copy the link" })).toBeVisible();
  await axe(page);
  await shot(page, "scheduled");
  await page.getByRole("button", { name: "Keep my data after all" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Keep my data after all" }).click();
  await expect(page.getByText("It was taken back. Nothing was changed.")).toBeVisible();
  expect(await running(context, server, "erasure")).toEqual([]);
});

test("what would go is told of what is chosen now, never of what was chosen before", async ({ page, context, signIn, faults }) => {
  await signIn(newcomer);
  await speak(context, "en");
  await openForm(page, "kind=erasure", "Delete my data");
  const preflight = part(page, "What would happen");
  await expect(preflight.getByText("Your account. Nobody can sign in to it any more.")).toBeVisible();
  await faults.fail({ method: "POST", path_prefix: "/v1/data-requests/preview" });
  await page.getByRole("radio", { name: "Only some of it" }).check();
  await page.getByRole("checkbox", { name: /^Messages/ }).check();
  await expect(preflight.getByText("Your account. Nobody can sign in to it any more.")).toHaveCount(0);
  // The client tries for a while by itself first.
  const panel = part(page, "What it means").getByRole("alert");
  await expect(panel.getByRole("button", { name: "Try again" })).toBeVisible({ timeout: 45_000 });
});

test("the company asks, the clock stands still, and the answer is written there", async ({ page, context, server, signIn, axe }) => {
  await signIn(jonas);
  await speak(context, "en");
  const asked = (await requestsOf(context, server)).find((one) => one.state === "awaiting_customer");
  if (!asked) throw new Error("the demonstration has no question to Jonas");
  await page.goto(`/data/requests/${asked.id}`);
  await expect(page.getByText(/^We asked you something\./)).toBeVisible();
  const answer = page.getByRole("textbox", { name: "Your answer to our question" });
  await answer.fill("The one of last March.");
  await page.reload();
  await expect(answer).toHaveValue("The one of last March.");
  await axe(page);
  await page.getByRole("button", { name: "Send answer" }).click();
  await expect(part(page, "Messages about this request").getByText("The one of last March.")).toBeVisible();
  await expect(page.getByRole("textbox", { name: "Write to us about it" })).toHaveValue("");
  await expect(page.getByText("Our question, answered")).toBeVisible();
});

test("a right is used on one conversation from its own page", async ({ page, context, server, signIn }) => {
  await signIn(maya);
  const { id, subject } = await conversation(context, server, "First meter reading");
  await page.goto(`/interactions/${id}`);
  await page.getByText("Your rights over this conversation").click();
  await page.getByRole("link", { name: "Have it deleted" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Delete my data" })).toBeFocused();
  await expect(page.getByRole("radio", { name: `Only the conversation “${subject}”` })).toBeChecked();
  await expect(part(page, "What would happen").getByRole("heading", { name: "What goes" })).toBeVisible();
  await expect(page.getByText("Your account. Nobody can sign in to it any more.")).toHaveCount(0);
});

test("by keyboard alone: a right, its form, and the request", async ({ page, context, server, signIn }) => {
  await signIn(amal);
  await speak(context, "en");
  await page.goto("/data/requests");
  await tabTo(page, page.getByRole("link", { name: /^Limit sensitive data/ }));
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "Limit sensitive data" })).toBeFocused();
  await tabTo(page, page.getByRole("button", { name: "Limit sensitive data" }));
  await page.keyboard.press("Enter");
  await expect(page.getByText("It is in force, and stays so until you end it.")).toBeVisible();
  await expect(page.getByRole("heading", { level: 1, name: "Limit sensitive data" })).toBeFocused();
  expect((await requestsOf(context, server)).filter((one) => one.kind === "limit_sensitive")).toHaveLength(1);
});

test("what cannot be loaded says so, and is there when it is tried again", async ({ page, signIn, faults, axe }) => {
  await signIn(maya);
  await faults.fail({ method: "GET", path_prefix: "/v1/data-requests" }, 503);
  await page.goto("/data/requests");
  await expect(page.getByRole("heading", { name: "We could not load your data requests" })).toBeVisible({ timeout: 20_000 });
  await axe(page);
  await faults.clear();
  await page.getByRole("button", { name: "Try again" }).first().click();
  await expect(part(page, "Running").getByRole("listitem").first()).toBeVisible();
});

test("in Arabic everything runs from the right, and the word is the language's own", async ({ page, context, signIn, axe, shot }) => {
  await signIn(keiko);
  await speak(context, "ar");
  await openForm(page, "kind=erasure", "حذف بياناتي");
  await expect(page.locator("html")).toHaveAttribute("dir", "rtl");
  await expect(page.getByRole("textbox", { name: "اكتب حذف لتأكيد أنك تقصد ذلك" })).toBeVisible();
  await fits(page);
  await axe(page);
  await shot(page, "arabic");
});

test("the overview tells what runs, and by when", async ({ page, signIn }) => {
  await signIn(maya);
  await page.goto("/");
  const card = page.getByRole("region", { name: "Requests about your data" });
  await expect(card.getByRole("listitem").first()).toBeVisible();
  await card.getByRole("link", { name: "All requests" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Your data requests" })).toBeFocused();
});

test("the company moves a request on, and whoever looks at it sees that", async ({ page, context, server, signIn }) => {
  await signIn(maya);
  await eagerForNews(page);
  await openForm(page, "kind=automated_decision_review", "Have a decision looked at by a person");
  await page.getByRole("textbox", { name: /^Which decision/ }).fill("My monthly amount was set by a machine.");
  await page.getByRole("button", { name: "Have a decision looked at by a person" }).click();
  await expect(page).toHaveURL(/\/data\/requests\/[^/]+$/);
  const [request] = await running(context, server, "automated_decision_review");
  if (!request) throw new Error("it was not made");
  await operator(server, "advance", request.id);
  await expect(page.getByText("We are working on it").first()).toBeVisible();
});
