// The company's own sign-in beside the code by email: in, a fresh proof, out, and everything that can go wrong between two sites.
import type { Page } from "@playwright/test";

import { type CompanySignIn, JONAS, KEIKO, MAYA, STRANGER, iAm, withCompanySignIn } from "../support/company-sign-in";
import { conversation, messagesOf } from "../support/customers";
import { openForm, part, proof, requestsOf, running } from "../support/data-requests";
import { Server } from "../support/server";
import { expect } from "../support/test";

const test = withCompanySignIn("redirect,email_code");

const way = (page: Page) => page.getByRole("link", { name: "Sign in with Lumenfold" });
const heading = (page: Page, name: string | RegExp) => page.getByRole("heading", { level: 1, name });
const theirs = (page: Page) => heading(page, "Sign in at the company");
const told = (page: Page) => page.getByRole("main").getByRole("alert").filter({ hasText: /./ });

/** In by the company's sign-in, to this screen. */
const signInAs = async (page: Page, who: string, path = "/") => {
  await page.goto(path);
  await way(page).click();
  await iAm(page, who);
};

/** Signed in so long ago that a fresh proof is wanted. */
const signedInLongAgo = async (page: Page, server: Server, who: string) => {
  await signInAs(page, who);
  await expect(heading(page, /^Hello/)).toBeVisible();
  await server.moveClock(600);
};

/** The address that the company's sign-in would lead back to, without going there. */
const caught = async (page: Page, company: CompanySignIn, who: string) => {
  await page.goto("/");
  await way(page).click();
  await expect(theirs(page)).toBeVisible();
  const held = company.holdNext();
  await iAm(page, who);
  await expect(page.getByText("Held.")).toBeVisible();
  return held;
};

test("a customer signs in at the company and comes to the screen that was asked for", async ({ page, context, axe }) => {
  await page.goto("/interactions?q=refund");
  await expect(way(page)).toBeVisible();
  await expect(page.getByLabel("Email address")).toBeVisible();
  await axe(page);
  await way(page).click();
  await expect(theirs(page)).toBeVisible();
  await expect(page.getByText("en", { exact: true })).toBeVisible();
  await iAm(page, MAYA);
  await expect(heading(page, "Interactions")).toBeVisible();
  await expect(page).toHaveURL(/\/interactions\?q=refund$/);
  await page.reload();
  await expect(heading(page, "Interactions")).toBeVisible();
  // The cookie is no other than that of a code: of this site alone.
  const cookie = (await context.cookies()).find((one) => one.name === "dev-session");
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: "Strict", path: "/" });
  expect((await context.cookies()).filter((one) => one.name.includes("sign-in-"))).toEqual([]);
});

test("whoever is signed in at the company already is asked nothing", async ({ page, context }) => {
  await signInAs(page, MAYA);
  await expect(heading(page, /^Hello/)).toBeVisible();
  await context.clearCookies({ name: "dev-session" });
  await page.goto("/interactions");
  await way(page).click();
  await expect(heading(page, "Interactions")).toBeVisible();
});

test("whoever is no customer is told so, and uses another account", async ({ page, axe }) => {
  await signInAs(page, STRANGER, "/interactions");
  await expect(told(page)).toContainText("You are signed in at Lumenfold, but we find no customer for that account.");
  await axe(page);
  await page.getByRole("link", { name: "Use another account" }).click();
  await iAm(page, MAYA);
  await expect(heading(page, "Interactions")).toBeVisible();
});

test("whoever changes their mind comes back, and in by another way", async ({ page }) => {
  await page.goto("/interactions");
  await way(page).click();
  await page.getByRole("button", { name: "Cancel" }).click();
  await expect(told(page)).toHaveText("You did not finish signing in. Nothing was changed.");
  await expect(page.getByLabel("Email address")).toBeVisible();
  await way(page).click();
  await iAm(page, MAYA);
  await expect(heading(page, "Interactions")).toBeVisible();
});

test("a fresh proof leads back to the form as it was, and the request is one", async ({ page, context, server, axe, shot }) => {
  await signedInLongAgo(page, server, KEIKO);
  await openForm(page, "kind=access", "Get a copy of my data");
  await page.getByRole("radio", { name: "Only some of it" }).check();
  await page.getByRole("checkbox", { name: /^Messages/ }).check();
  await page.getByRole("checkbox", { name: "CSV, for spreadsheets" }).uncheck();
  const keys: string[] = [];
  page.on("request", (request) => {
    const key = request.method() === "POST" && request.url().endsWith("/v1/data-requests") && request.headers()["idempotency-key"];
    if (key) keys.push(key);
  });
  const send = page.getByRole("button", { name: "Get a copy of my data" });
  await send.click();
  await expect(proof(page)).toBeVisible();
  await axe(page);
  await shot(page, "proof");
  await proof(page).getByRole("link", { name: "Confirm at Lumenfold" }).click();
  // Whoever is signed in there proves it all the same.
  await expect(theirs(page)).toBeVisible();
  await iAm(page, KEIKO);
  await expect(page.getByText("It is confirmed that it is you. Press once more to go on.")).toBeVisible();
  await expect(page).toHaveURL(/\/data\/requests\/new\?kind=access$/);
  await expect(page.getByRole("radio", { name: "Only some of it" })).toBeChecked();
  await expect(page.getByRole("checkbox", { name: /^Messages/ })).toBeChecked();
  await expect(page.getByRole("checkbox", { name: "CSV, for spreadsheets" })).not.toBeChecked();
  expect(await running(context, server, "access")).toEqual([]);
  await send.click();
  await expect(page).toHaveURL(/\/data\/requests\/[^/?]+$/);
  await expect(part(page, "About this request").getByText("Messages")).toBeVisible();
  expect((await requestsOf(context, server)).filter((one) => one.kind === "access")).toHaveLength(1);
  expect(new Set(keys).size, "one intent, one key").toBe(1);
});

test("a fresh proof by somebody else changes nothing", async ({ page, server, company, axe }) => {
  // Another's sign-in there ends the one before; a portal that is not told of it has a session still.
  company.tells = false;
  await signedInLongAgo(page, server, MAYA);
  await openForm(page, "kind=access", "Get a copy of my data");
  await page.getByRole("radio", { name: "Only some of it" }).check();
  await page.getByRole("checkbox", { name: /^Messages/ }).check();
  await page.getByRole("button", { name: "Get a copy of my data" }).click();
  await proof(page).getByRole("link", { name: "Confirm at Lumenfold" }).click();
  await iAm(page, JONAS);
  await expect(told(page)).toHaveText("You confirmed with another account than the one that you are signed in with here. Nothing was changed.");
  await axe(page);
  await page.getByRole("link", { name: "Back to where you were" }).click();
  await expect(page.getByRole("radio", { name: "Only some of it" })).toBeChecked();
  await expect(page.getByText("It is confirmed that it is you.", { exact: false })).toHaveCount(0);
  await page.goto("/");
  await expect(heading(page, /^Hello.*Maya/)).toBeVisible();
  company.tells = true;
});

test("a file is downloaded after a fresh proof", async ({ page, context, server }) => {
  await signInAs(page, KEIKO);
  await expect(heading(page, /^Hello/)).toBeVisible();
  await openForm(page, "kind=portability", "Take my data elsewhere");
  await page.getByRole("button", { name: "Take my data elsewhere" }).click();
  const button = part(page, "Your files").getByRole("button", { name: /^Download/ });
  await expect(button).toBeVisible({ timeout: 60_000 });
  await server.moveClock(600);
  await button.click();
  await proof(page).getByRole("link", { name: "Confirm at Lumenfold" }).click();
  await iAm(page, KEIKO);
  await expect(page.getByText("It is confirmed that it is you.", { exact: false })).toBeVisible();
  const [saved] = await Promise.all([page.waitForEvent("download"), button.click()]);
  expect(saved.suggestedFilename()).toMatch(/\.zip$/);
  expect((await requestsOf(context, server)).filter((one) => one.kind === "portability")).toHaveLength(1);
});

test("the proof may be a code as well", async ({ page, server }) => {
  await signedInLongAgo(page, server, MAYA);
  await openForm(page, "kind=access", "Get a copy of my data");
  await page.getByRole("button", { name: "Get a copy of my data" }).click();
  await proof(page).getByRole("button", { name: "Send me a code by email instead" }).click();
  await expect(page.locator("#proof-code")).toBeVisible();
});

test("signing out at the company signs out every tab", async ({ page, context, company }) => {
  await signInAs(page, MAYA);
  await expect(heading(page, /^Hello/)).toBeVisible();
  const other = await context.newPage();
  await other.goto("/interactions");
  await expect(other.getByRole("link", { name: /Charged twice/ })).toBeVisible();
  const there = await context.newPage();
  await there.goto(`${company.issuer}/session/end`);
  await there.getByRole("button", { name: "Leave the company" }).click();
  await expect(there.getByRole("heading", { name: "You have left the company" })).toBeVisible();
  for (const tab of [page, other]) await expect(tab.getByRole("dialog", { name: "Sign in again" })).toBeVisible();
  const session = await context.request.get("/v1/session");
  expect(await session.json()).toMatchObject({ state: "anonymous" });
});

test("signing out here signs out at the company too", async ({ page }) => {
  await signInAs(page, MAYA);
  await expect(heading(page, /^Hello/)).toBeVisible();
  await page.getByRole("button", { name: "You", exact: true }).click();
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.getByRole("button", { name: "Leave the company" }).click();
  await expect(heading(page, "Sign in")).toBeVisible();
  await expect(page).toHaveURL(/\/sign-in$/);
  // It is not remembered there who it was.
  await way(page).click();
  await expect(theirs(page)).toBeVisible();
});

test("a sign-in that cannot be reached is told, and tried again", async ({ page, company }) => {
  await page.goto("/interactions");
  await way(page).click();
  await expect(theirs(page)).toBeVisible();
  company.down = /^\/token/;
  await iAm(page, MAYA);
  await expect(told(page)).toHaveText("The sign-in of Lumenfold does not answer at the moment. Try again in a few minutes.");
  company.down = /^$/;
  await way(page).click();
  await expect(heading(page, "Interactions")).toBeVisible();
});

test("a sign-in that is not there from the start is told, and the code is another way", async ({ page, guard, company }) => {
  const env = { ...company.env("redirect,email_code"), PORTAL_API_SIGN_IN_OPENID_CONNECT_ISSUER: `${company.issuer}/nobody` };
  const server = await Server.start({ env });
  guard.allow(server.origin);
  await page.goto(`${server.origin}/interactions`);
  await way(page).click();
  await expect(told(page)).toContainText("does not answer at the moment");
  await expect(page.getByLabel("Email address")).toBeVisible();
  await server.stop();
});

test("an answer that was used already signs nobody in a second time", async ({ page, context, company }) => {
  const address = await caught(page, company, MAYA);
  await page.goto(address);
  await expect(heading(page, /^Hello/)).toBeVisible();
  const refused = "That sign-in was begun elsewhere, was used already, or took too long. Begin it again here.";
  // Whoever is in stays in.
  await page.goto(address);
  await expect(told(page)).toHaveText(refused);
  await page.getByRole("link", { name: "Back to where you were" }).click();
  await expect(heading(page, /^Hello/)).toBeVisible();
  await context.clearCookies({ name: "dev-session" });
  await page.goto(address);
  await expect(told(page)).toHaveText(refused);
  await expect(way(page)).toBeVisible();
});

test("an answer to another browser signs nobody in", async ({ page, browser, server, company }) => {
  const address = await caught(page, company, MAYA);
  const elsewhere = await browser.newContext({ baseURL: server.origin });
  const victim = await elsewhere.newPage();
  await victim.goto(address);
  await expect(told(victim)).toContainText("was begun elsewhere");
  const session = await elsewhere.request.get("/v1/session");
  expect(await session.json()).toMatchObject({ state: "anonymous" });
  await elsewhere.close();
  // It was not used up by that.
  await page.goto(address);
  await expect(heading(page, /^Hello/)).toBeVisible();
});

test("a session that ran out over half an answer goes on where it was", async ({ page, context, server, axe }) => {
  await signInAs(page, MAYA);
  await expect(heading(page, /^Hello/)).toBeVisible();
  const { id } = await conversation(context, server, "Charged twice for the same month");
  await page.goto(`/interactions/${id}`);
  const words = page.getByRole("textbox", { name: "Your answer" });
  await words.fill("Half of it was written before.");
  await expect(page.getByText("Draft kept in this tab.")).toBeVisible();
  await server.moveClock(2 * 60 * 60);
  await page.getByRole("button", { name: "Send answer" }).click();
  const dialog = page.getByRole("dialog", { name: "Sign in again" });
  await expect(dialog).toBeVisible();
  await axe(page);
  await dialog.getByRole("link", { name: "Sign in with Lumenfold" }).click();
  await expect(words).toHaveValue("Half of it was written before.");
  await page.getByRole("button", { name: "Send answer" }).click();
  await expect(words).toHaveValue("");
  await expect.poll(async () => (await messagesOf(context, server, id)).filter((one) => one.text.startsWith("Half of it"))).toHaveLength(1);
});
