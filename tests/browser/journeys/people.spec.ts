// On behalf of another: asked for, answered at the person's own mailbox, used, seen by both, and over in the moment that one says so.
import { speak } from "../support/contact-points";
import { amal, jonas, keiko, maya, newcomer } from "../support/customers";
import { part, prove, requestsOf } from "../support/data-requests";
import { tabTo } from "../support/keyboard";
import { withOwnServer } from "../support/own-server";
import { agree, askToAct, delegationsOf, knownLinks, nextLink, openLink } from "../support/people";
import { expect, signInByApi } from "../support/test";

const test = withOwnServer();
/** Where a clock is moved far. */
const far = withOwnServer();

const COPY = "Get a copy of the data";

test("asked for, agreed by the mail's link, used in the person's name, and ended on the open page in the moment that the person says so", async ({ page, context, browser, server, signIn, axe, shot }) => {
  test.setTimeout(120_000);
  await signIn(jonas);
  await speak(context, "en");
  const known = await knownLinks(server, keiko);
  const id = await askToAct(page, { email: keiko, kinds: [COPY, "Have the data deleted"], why: "She asked me to look after it." });
  await expect(page.getByText("If we know this address, we wrote there.")).toBeVisible();
  await expect(page.getByRole("link", { name: "Ask for something in their name" })).toHaveCount(0);
  await axe(page);

  // Whoever looks at the link changes nothing by that, however often.
  const link = await nextLink(server, keiko, known);
  const stranger = await browser.newContext({ baseURL: server.origin });
  await speak(stranger, "en");
  const mailbox = await stranger.newPage();
  const secret = link.split("#t=")[1] ?? "";
  const asked: string[] = [];
  mailbox.on("request", (one) => asked.push(one.url()));
  await openLink(mailbox, link);
  await expect(mailbox.getByRole("heading", { level: 1, name: /wants to act for you/ })).toBeVisible();
  await expect(mailbox).toHaveURL(`${server.origin}/people`);
  await expect(mailbox.getByText("She asked me to look after it.")).toBeVisible();
  for (const colorScheme of ["light", "dark"] as const) {
    await mailbox.emulateMedia({ colorScheme });
    await axe(mailbox);
    await shot(mailbox, `link-${colorScheme}`);
  }
  await expect(page.getByText("If we know this address, we wrote there.")).toBeVisible();
  await agree(mailbox, link);
  expect(asked.filter((one) => one.includes(secret) || one.endsWith("/v1/session"))).toEqual([]);
  await axe(mailbox);

  // The page of whoever asked hears of it by itself.
  await page.getByRole("link", { name: "Ask for something in their name" }).click();
  await expect(page.getByText(/^You act for /)).toBeVisible();
  await page.getByRole("link", { name: new RegExp(`^${COPY}`) }).click();
  await expect(page.getByRole("heading", { level: 1, name: COPY })).toBeVisible();
  await expect(page.getByText(/^You act for /)).toBeVisible();
  await axe(page);
  await page.getByRole("button", { name: COPY }).click();
  await expect(page).toHaveURL(new RegExp(`/data/requests/[^/?]+\\?for=${id}$`));
  await expect(part(page, "What happened so far").getByText("The request came in.")).toBeVisible();
  await expect(page.getByText(/^You act for /)).toBeVisible();
  await axe(page);
  await shot(page, "request-in-her-name");
  expect((await requestsOf(context, server)).filter((one) => one.kind === "access" && one.state !== "completed"), "one's own list").toEqual([]);

  // The person sees it among her own, and who did it.
  const person = await browser.newContext({ baseURL: server.origin });
  await speak(person, "en");
  await signInByApi(person, server, keiko);
  const hers = await person.newPage();
  await hers.goto("/data/requests");
  await expect(hers.getByText(/asked for this in your name/)).toBeVisible();
  await hers.getByRole("navigation", { name: "Your data" }).getByRole("link", { name: "People" }).click();
  const acting = part(hers, "They act for you").getByRole("listitem");
  await acting.getByRole("link").first().click();
  await expect(part(hers, "What was done").getByText(/A request was made/)).toBeVisible();
  await axe(hers);
  await hers.getByRole("button", { name: "End it now" }).click();
  await expect(hers.getByRole("dialog", { name: "End it now?" })).toContainText("sees and does nothing more in your name");
  await axe(hers);
  await hers.getByRole("dialog").getByRole("button", { name: "End it now" }).click();
  await expect(hers.getByText("It was ended on")).toBeVisible();
  await expect(hers.locator("#next")).toBeFocused();

  // The open page of whoever acted shows nothing more of it.
  await expect(page.getByRole("heading", { name: /^You no longer act for / })).toBeVisible();
  await expect(part(page, "What happened so far")).toHaveCount(0);
  await axe(page);
  await page.getByRole("link", { name: "What was done" }).click();
  await expect(page.getByText("It was ended on")).toBeVisible();
  await person.close();
  await stranger.close();
});

test("by keyboard alone; what is missing is told where it is, and nobody learns whether an address is known", async ({ page, context, server, signIn, axe, shot }) => {
  await signIn(amal);
  await speak(context, "en");
  await page.goto("/data/people");
  await tabTo(page, page.getByRole("link", { name: "Ask to act for somebody" }));
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "Ask to act for somebody" })).toBeFocused();
  const send = page.getByRole("button", { name: "Send the question" });
  await tabTo(page, send);
  await page.keyboard.press("Enter");
  const summary = page.getByRole("group", { name: /There are 3 problems/ });
  await expect(summary).toBeFocused();
  await expect(summary.getByRole("link")).toHaveText([/as what you act/, /an address like/, /at least one thing/]);
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await axe(page);
    await shot(page, `asking-${colorScheme}`);
  }
  await summary.getByRole("link", { name: /as what you act/ }).click();
  const parent = page.getByRole("radio", { name: /^As parent or guardian/ });
  await expect(parent).toBeFocused();
  await page.keyboard.press("Space");
  await expect(parent).toBeChecked();
  await page.keyboard.press("Tab");
  await page.keyboard.type("nobody.we.know@example.org");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Space");
  await tabTo(page, send);
  await page.keyboard.press("Enter");
  await expect(page.getByText("If we know this address, we wrote there.")).toBeVisible();
  expect((await delegationsOf(context, server)).map((one) => one.state)).toContain("awaiting_person");
  await tabTo(page, page.getByRole("button", { name: "Give it up" }));
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Give it up?" })).toBeFocused();
  await tabTo(page, page.getByRole("dialog").getByRole("button", { name: "Give it up" }));
  await page.keyboard.press("Enter");
  await expect(page.locator("#next")).toBeFocused();
  await expect(page.getByText("It was given up on")).toBeVisible();
});

test("refused by the link, whoever asked does not learn it; a link that was used, and one that is none, say so", async ({ page, context, browser, server, signIn, axe }) => {
  await signIn(maya);
  await speak(context, "en");
  const known = await knownLinks(server, newcomer);
  await askToAct(page, { email: newcomer, kinds: [COPY] });
  const link = await nextLink(server, newcomer, known);
  const stranger = await browser.newContext({ baseURL: server.origin });
  await speak(stranger, "en");
  const mailbox = await stranger.newPage();
  await openLink(mailbox, link);
  await mailbox.getByRole("button", { name: "Refuse" }).click();
  await expect(mailbox.getByText("is not told that you refused")).toBeFocused();
  await openLink(mailbox, link);
  await expect(mailbox.getByRole("heading", { level: 1, name: "This link can no longer be used" })).toBeVisible();
  await axe(mailbox);
  await mailbox.reload();
  await expect(mailbox.getByRole("heading", { level: 1, name: "Open your link once more" })).toBeVisible();
  await openLink(mailbox, "/people#t=nothing-of-the-kind");
  await expect(mailbox.getByRole("heading", { level: 1, name: "This link leads to nothing" })).toBeVisible();
  await page.reload();
  await expect(page.getByText("If we know this address, we wrote there.")).toBeVisible();
  await stranger.close();
});

test("a deletion in another's name waits for that person, who confirms it by mail or calls it off", async ({ page, context, browser, server, signIn, axe }) => {
  test.setTimeout(90_000);
  await signIn(amal);
  await speak(context, "en");
  let known = await knownLinks(server, jonas);
  const id = await askToAct(page, { email: jonas, kinds: ["Have the data deleted"] });
  const stranger = await browser.newContext({ baseURL: server.origin });
  await speak(stranger, "en");
  const mailbox = await stranger.newPage();
  known.push(await nextLink(server, jonas, known));
  await agree(mailbox, known.at(-1)!);
  // That it begins is told by mail too, with a link that is another.
  await nextLink(server, jonas, known);
  await page.goto(`/data/requests/new?kind=erasure&for=${id}`);
  await expect(page.getByText(/Nothing is deleted before .* has confirmed it/)).toBeVisible();
  await page.getByRole("textbox", { name: /^Type DELETE/ }).fill("DELETE");
  known = await knownLinks(server, jonas);
  await page.getByRole("button", { name: "Have the data deleted" }).click();
  await expect(page).toHaveURL(/\/data\/requests\/[^/?]+\?for=/);
  await expect(page.getByText(/has to confirm it first/)).toBeVisible();
  await expect(page.getByRole("button", { name: "Confirm the request" })).toHaveCount(0);
  await axe(page);
  await openLink(mailbox, await nextLink(server, jonas, known));
  await expect(mailbox.getByRole("heading", { level: 1, name: "Should your data be deleted?" })).toBeVisible();
  await axe(mailbox);
  await mailbox.getByRole("button", { name: "Do not delete it" }).click();
  await expect(mailbox.getByText("Nothing is deleted.")).toBeFocused();
  await expect(page.getByText("Cancelled", { exact: true }).first()).toBeVisible();
  await stranger.close();
});

test("the list says what is what, tells what it waits for, and when it cannot be had", async ({ page, context, signIn, axe, shot }) => {
  await signIn(maya);
  await speak(context, "en");
  await page.goto("/data/people");
  await expect(page.getByRole("heading", { level: 1, name: "Acting for others" })).toBeVisible();
  await expect(part(page, "You act for").getByRole("listitem").first()).toBeVisible();
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await axe(page);
    await shot(page, `people-${colorScheme}`);
  }
  await page.route("**/v1/delegations?*", (route) => route.fulfill({ status: 503, contentType: "text/html", body: "<p>busy</p>" }));
  await page.reload();
  await expect(page.getByText("We could not load for whom you act")).toBeVisible({ timeout: 30_000 });
  await axe(page);
  await page.unroute("**/v1/delegations?*");
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(part(page, "You act for").getByRole("listitem").first()).toBeVisible();
});

test("a lost answer is one question, and the same person twice leads to the first", async ({ page, context, server, signIn, faults }) => {
  await signIn(keiko);
  await speak(context, "en");
  await faults.dropResponse({ method: "POST", path_prefix: "/v1/delegations" });
  const id = await askToAct(page, { email: amal, kinds: [COPY] });
  expect((await delegationsOf(context, server)).filter((one) => one.side === "delegate")).toHaveLength(1);
  await page.goto("/data/people/new");
  await page.getByRole("radio", { name: /^At the person/ }).check();
  await page.getByRole("textbox", { name: "Their email address" }).fill(amal);
  await page.getByRole("checkbox", { name: COPY }).check();
  await page.getByRole("button", { name: "Send the question" }).click();
  await page.getByRole("link", { name: "Go to it" }).click();
  await expect(page).toHaveURL(new RegExp(`/data/people/${id}$`));
});

test("signed in, the person agrees after a fresh proof", async ({ page, context, browser, server, signIn }) => {
  const delegate = await browser.newContext({ baseURL: server.origin });
  await speak(delegate, "en");
  await signInByApi(delegate, server, newcomer);
  const other = await delegate.newPage();
  await askToAct(other, { email: maya, kinds: [COPY] });
  await server.moveClock(-600);
  await signIn(maya).finally(() => server.moveClock(600));
  await speak(context, "en");
  await page.goto("/data/people");
  await part(page, "Waiting for your answer").getByRole("link").first().click();
  await page.getByRole("button", { name: "Let them act for me" }).click();
  const sure = page.getByRole("dialog", { name: /act for you\?$/ });
  await expect(sure).toContainText("download copies");
  await prove(page, server, maya, () => sure.getByRole("button", { name: "Let them act for me" }).click());
  await expect(page.getByText(/may use the rights below in your name/)).toBeVisible();
  await expect(other.getByRole("link", { name: "Ask for something in their name" })).toBeVisible();
  await delegate.close();
});

test("what was entered is kept over a reload, for this customer alone, until it is sent", async ({ page, context, server, signIn }) => {
  await signIn(jonas);
  await speak(context, "en");
  await page.goto("/data/people/new");
  const address = page.getByRole("textbox", { name: "Their email address" });
  const guardian = page.getByRole("radio", { name: /^As parent or guardian/ });
  const why = page.getByRole("textbox", { name: /^Why/ });
  await guardian.check();
  await address.fill("grandmother@example.org");
  await page.getByRole("checkbox", { name: COPY }).check();
  await why.fill("She has no computer of her own.");
  await page.reload();
  await expect(address).toHaveValue("grandmother@example.org");
  await expect(guardian).toBeChecked();
  await expect(page.getByRole("checkbox", { name: COPY })).toBeChecked();
  await expect(why).toHaveValue("She has no computer of her own.");
  await page.getByRole("button", { name: "Send the question" }).click();
  await expect(page.getByText("If we know this address, we wrote there.")).toBeVisible();
  await page.goto("/data/people/new");
  await expect(address).toHaveValue("");
  await address.fill("somebody.else@example.org");
  await signInByApi(context, server, amal);
  await speak(context, "en");
  await page.goto("/data/people/new");
  await expect(address).toHaveValue("");
});

far("a link whose time is over says so, and nobody has agreed to anything", async ({ page, context, browser, server, signIn }) => {
  await signIn(maya);
  await speak(context, "en");
  const known = await knownLinks(server, keiko);
  await askToAct(page, { email: keiko, kinds: [COPY] });
  const link = await nextLink(server, keiko, known);
  await server.moveClock(31 * 24 * 3600);
  const stranger = await browser.newContext({ baseURL: server.origin });
  await speak(stranger, "en");
  const mailbox = await stranger.newPage();
  await openLink(mailbox, link);
  await expect(mailbox.getByRole("heading", { level: 1, name: "This link can no longer be used" })).toBeVisible();
  await expect(mailbox.getByRole("button", { name: "Let them act for me" })).toHaveCount(0);
  await stranger.close();
});
