// Where the company reaches the customer: adding, verifying, preferring, changing, replacing and removing.
import type { Locator, Page } from "@playwright/test";

import { addElsewhere, changeElsewhere, doesNotArrive, item, openPoints, otherThan, pointsOf, signInLongAgo, speak } from "../support/contact-points";
import { amal, edge, jonas, keiko, maya, newcomer } from "../support/customers";
import { mailTo, newestMail, nextCode } from "../support/outbox";
import { expect, test } from "../support/test";

const dialog = (page: Page, name: string | RegExp) => page.getByRole("dialog", { name });
const adding = (page: Page) => dialog(page, "Add an address or number");
const proof = (page: Page) => dialog(page, "Confirm that it is you");
const code = (within: Locator) => within.getByLabel("Code", { exact: true });

/** Fills the form of an email address and sends it. */
const addEmail = async (page: Page, address: string, label?: string) => {
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await adding(page).getByLabel("Email address", { exact: true }).and(page.getByRole("textbox")).fill(address);
  if (label) await adding(page).getByLabel(/^What do you call it/).fill(label);
  await adding(page).getByRole("button", { name: "Send me a code" }).click();
};

const confirm = async (within: Locator, value: string) => {
  await code(within).fill(value);
  await code(within).press("Enter");
};

// The people of the demonstration speak several languages; in a journey of its own each says which.
test.beforeEach(({ context }) => speak(context, "en"));

test("every contact point says how it stands, why, and what to do", async ({ page, signIn, axe, shot }) => {
  await signIn(maya);
  await openPoints(page);
  for (const name of ["Email", "Phone", "Post", "Devices", "Messengers", "Social networks"]) {
    await expect(page.getByRole("heading", { level: 2, name })).toBeVisible();
  }
  const studio = item(page, "maya@lindqvist-studio.example");
  await expect(studio).toContainText(/Has been coming back since \d/);
  await expect(studio).toContainText("The mailbox is full.");
  await expect(studio.getByRole("button", { name: /^Try again/ })).toBeVisible();
  await expect(item(page, "+46 8 465 004 17")).toContainText("belong to somebody else now");
  await expect(item(page, "lumenfold-app.02ab5e")).toContainText("no longer lets our app notify you");
  await expect(item(page, /Strandvägen 4/)).toContainText(/used from .* to /);
  await expect(item(page, /Strandvägen 4/)).toContainText("Sweden");
  await expect(item(page, maya)).toContainText("you sign in with it");
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await axe(page);
    await shot(page, `contact-points-${colorScheme}`);
  }
});

test("an address is added, proven and verified; what was entered goes on by itself", async ({ page, server, signIn, axe, shot }) => {
  await signInLongAgo(server, signIn, jonas);
  const keys: string[] = [];
  page.on("request", (request) => {
    if (request.method() === "POST" && request.url().endsWith("/v1/contact-points")) keys.push(request.headers()["idempotency-key"] ?? "none");
  });
  await openPoints(page);
  const [known, address] = [await newestMail(server, jonas), "jonas.private@example.net"];
  await addEmail(page, address, "Private");
  await expect(code(proof(page))).toBeFocused();
  await axe(page);
  await shot(page, "step-up");
  const sent = await nextCode(server, jonas, known);
  await confirm(proof(page), otherThan(sent));
  await expect(proof(page).getByRole("group", { name: /^There is a problem/ })).toContainText("You can try 4 more times.");
  await confirm(proof(page), sent);
  await expect(proof(page)).toBeHidden();
  const verifying = dialog(page, `Verify ${address}`);
  await expect(code(verifying)).toBeFocused();
  await expect(verifying).toContainText(`A code is on its way to`);
  await axe(page);
  expect(keys).toHaveLength(2);
  expect(new Set(keys).size, "both tries carry the same key").toBe(1);
  await confirm(verifying, await nextCode(server, address));
  await expect(verifying).toBeHidden();
  await expect(item(page, address)).toContainText("Verified");
  await expect(item(page, address)).toContainText("“Private”");
  await expect(page.getByText(`${address} is verified.`).first()).toBeAttached();
});

test("a proof that is put off leaves the half-filled form", async ({ page, server, signIn }) => {
  await signInLongAgo(server, signIn, keiko);
  await openPoints(page);
  await addEmail(page, "keiko.later@example.net", "Later");
  await expect(code(proof(page))).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(proof(page)).toBeHidden();
  await expect(adding(page).getByRole("alert")).toContainText("Confirm with a new code.");
  await expect(adding(page).getByRole("textbox", { name: "Email address" })).toHaveValue("keiko.later@example.net");
  await expect(adding(page).getByLabel(/^What do you call it/)).toHaveValue("Later");
  expect((await pointsOf(page.context(), server)).map((one) => one.value)).not.toContain("keiko.later@example.net");
});

test("a wrong code keeps the dialog, a pasted one is taken, another can be had after a wait", async ({ page, context, server, signIn }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await signIn(newcomer);
  await openPoints(page);
  const address = "newcomer.second@example.net";
  await addEmail(page, address);
  const verifying = dialog(page, `Verify ${address}`);
  await expect(verifying).toContainText(/You can have a new code in \d+ seconds?\./);
  const first = await nextCode(server, address);
  await confirm(verifying, otherThan(first));
  await expect(verifying.getByRole("group", { name: /^There is a problem/ })).toContainText("You can try 4 more times.");
  await expect(code(verifying)).toHaveValue(otherThan(first));
  await code(verifying).fill("");
  await page.evaluate((text) => navigator.clipboard.writeText(text), ` ${first.slice(0, 3)} ${first.slice(3)} `);
  await code(verifying).focus();
  await page.keyboard.press("Control+V");
  await page.keyboard.press("Enter");
  await expect(verifying).toBeHidden();
  await expect(item(page, address)).toContainText("Verified");
});

test("another code can be had once the wait is over, and tries run out", async ({ page, server, signIn }) => {
  await signIn(newcomer);
  const point = await addElsewhere(page.context(), server, "email", "newcomer.third@example.net");
  await openPoints(page);
  // The code was asked for a minute ago, by the server's clock.
  await server.moveClock(-60);
  await item(page, point.value).getByRole("button", { name: /^Verify/ }).click();
  const verifying = dialog(page, `Verify ${point.value}`);
  await expect(code(verifying)).toBeVisible().finally(() => server.moveClock(60));
  await nextCode(server, point.value);
  const first = await newestMail(server, point.value);
  await verifying.getByRole("button", { name: "Send a new code" }).click();
  const second = await nextCode(server, point.value, first);
  await expect(verifying).toContainText(/You can have a new code in/);
  for (const left of ["4 more times", "3 more times", "2 more times", "one more time"]) {
    await confirm(verifying, otherThan(second));
    await expect(verifying.getByRole("group", { name: /^There is a problem/ })).toContainText(left);
  }
  await confirm(verifying, otherThan(second));
  await expect(verifying.locator(".banner").filter({ hasText: "That code can no longer be used." })).toBeFocused();
  const spent = await newestMail(server, point.value);
  await verifying.getByRole("button", { name: "Send me a code" }).click();
  await confirm(verifying, await nextCode(server, point.value, spent));
  await expect(item(page, point.value)).toContainText("Verified");
});

test("a number is taken however it is typed, and what is none is told at its field", async ({ page, server, signIn, axe }) => {
  await signIn(jonas);
  await openPoints(page);
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await adding(page).getByRole("radio", { name: "Phone number" }).check();
  const number = adding(page).getByRole("textbox", { name: "Phone number" });
  await number.fill("0151 12");
  await adding(page).getByRole("button", { name: "Send me a code" }).click();
  const problem = adding(page).getByRole("group", { name: /^There is a problem/ });
  await expect(problem).toContainText("Enter a number that can be called");
  await expect(problem).toBeFocused();
  await axe(page);
  await problem.getByRole("link").click();
  await expect(number).toBeFocused();
  await number.fill("0049 (0)1512 / 345-6789");
  await number.press("Enter");
  const verifying = dialog(page, /^Verify .*1512 3456789/);
  await expect(verifying).toContainText("A text message with a code is on its way");
  await expect(verifying.getByRole("button", { name: "Tell me the code in a call" })).toBeVisible();
  await confirm(verifying, await nextCode(server, "+4915123456789"));
  await expect(item(page, "+49 1512 3456789")).toContainText("Verified");
});

test("a postal address has the shape of its country, and its code comes by letter", async ({ page, server, signIn, axe, shot }) => {
  await signIn(keiko);
  await openPoints(page);
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await adding(page).getByRole("radio", { name: "Postal address" }).check();
  await adding(page).getByRole("combobox", { name: "Country" }).selectOption({ label: "Ireland" });
  await adding(page).getByRole("textbox", { name: "Address", exact: true }).fill("Tigh na Mara\nAn Spidéal\nCo. na Gaillimhe");
  await axe(page);
  await shot(page, "adding-postal");
  await adding(page).getByRole("button", { name: "Send me a code" }).click();
  await expect(dialog(page, /^Verify Tigh na Mara/)).toContainText("A letter with a code is on its way");
  await page.keyboard.press("Escape");
  await expect(item(page, /Tigh na Mara/)).toContainText("Ireland");
  await expect(item(page, /Tigh na Mara/)).toContainText("Waits for its code");
  // The letter takes days: whoever comes back with it goes on.
  const letter = await nextCode(server, "Tigh na Mara\nAn Spidéal\nCo. na Gaillimhe");
  await page.reload();
  await item(page, /Tigh na Mara/).getByRole("button", { name: /^Verify/ }).click();
  await expect(dialog(page, /^Verify Tigh na Mara/)).toContainText("You can have a new code from");
  await confirm(dialog(page, /^Verify Tigh na Mara/), letter);
  await expect(item(page, /Tigh na Mara/)).toContainText("Verified");
});

test("an account with a messenger is added with its service", async ({ page, signIn }) => {
  await signIn(amal);
  await openPoints(page);
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await adding(page).getByRole("radio", { name: "Messenger" }).check();
  await adding(page).getByRole("textbox", { name: "Service" }).fill("Signal");
  await adding(page).getByRole("textbox", { name: "Your name or number there" }).fill("amal.42");
  await adding(page).getByRole("button", { name: "Send me a code" }).click();
  await expect(dialog(page, /amal\.42/)).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(item(page, "amal.42")).toContainText("Signal");
});

test("the same address twice is told at its field", async ({ page, signIn }) => {
  await signIn(maya);
  await openPoints(page);
  await addEmail(page, " Maya.Lindqvist@Example.com ");
  await expect(adding(page).getByRole("group", { name: /^There is a problem/ })).toContainText("You have this one already");
});

test("another one is preferred with one press", async ({ page, server, signIn }) => {
  await signIn(amal);
  const second = await addElsewhere(page.context(), server, "email", "amal.second@example.net", "amal.second@example.net");
  await openPoints(page);
  await item(page, second.value).getByRole("button", { name: /^Prefer/ }).click();
  await expect(item(page, second.value)).toContainText("preferred");
  await expect(item(page, second.value).getByRole("button", { name: /^Prefer/ })).toHaveCount(0);
  await expect(page.getByText(`${second.value} is used first now.`).first()).toBeAttached();
});

test("preferring goes on over another change made elsewhere; removing shows how it stands first", async ({ page, context, server, signIn, axe }) => {
  await signIn(keiko);
  const second = await addElsewhere(context, server, "email", "keiko.second@example.net", "keiko.second@example.net");
  // What changes is not told here in time.
  await page.route("**/v1/events*", () => {});
  await openPoints(page);
  await changeElsewhere(context, server, second.value, { label: "Studio" });
  await item(page, second.value).getByRole("button", { name: /^Prefer/ }).click();
  await expect(item(page, second.value)).toContainText("“Studio” · preferred");
  await changeElsewhere(context, server, second.value, { label: "Atelier" });
  await item(page, second.value).getByRole("button", { name: /^Remove/ }).click();
  const question = dialog(page, `Remove ${second.value}?`);
  await question.getByRole("button", { name: "Remove", exact: true }).click();
  await expect(question).toContainText("This was changed elsewhere meanwhile, and nothing was done.");
  await expect(question).toContainText("“Atelier”");
  await axe(page);
  expect((await pointsOf(context, server)).some((one) => one.value === second.value)).toBe(true);
  // Whoever has seen that may remove it all the same.
  await question.getByRole("button", { name: "Remove", exact: true }).click();
  await expect(item(page, second.value)).toHaveCount(0);
});

test("a half-filled form survives a reload, and cancelling forgets it", async ({ page, context, server, signIn }) => {
  await signIn(newcomer);
  await openPoints(page);
  await page.getByRole("button", { name: "Add", exact: true }).click();
  const form = dialog(page, "Add an address or number");
  await form.getByRole("radio", { name: "Phone number" }).check();
  await form.getByRole("textbox", { name: "Phone number" }).fill("+351 912 000 111");
  await form.getByLabel(/^What do you call it/).fill("Half-way");
  await page.reload();
  await expect(form.getByRole("radio", { name: "Phone number" })).toBeChecked();
  await expect(form.getByRole("textbox", { name: "Phone number" })).toHaveValue("+351 912 000 111");
  await expect(form.getByLabel(/^What do you call it/)).toHaveValue("Half-way");
  await form.getByRole("button", { name: "Cancel" }).click();
  await page.reload();
  await expect(page.getByRole("heading", { level: 3 }).first()).toBeVisible();
  await expect(form).toHaveCount(0);
  // Sent in the old session, it goes on after the proof and adds one.
  const { length } = await pointsOf(context, server);
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await form.getByRole("textbox", { name: "Email address" }).fill("half.way@example.net");
  await page.reload();
  await form.getByRole("button", { name: "Send me a code" }).click();
  await expect(dialog(page, "Verify half.way@example.net")).toBeVisible();
  await page.reload();
  await expect(item(page, "half.way@example.net")).toBeVisible();
  await expect(form).toHaveCount(0);
  expect(await pointsOf(context, server)).toHaveLength(length + 1);
});

test("an account with a network has a name and no page; a device says where it is added", async ({ page, signIn, axe, shot }) => {
  await signIn(jonas);
  await openPoints(page);
  await page.getByRole("button", { name: "Add", exact: true }).click();
  const form = dialog(page, "Add an address or number");
  await form.getByRole("radio", { name: "Device" }).check();
  await expect(form).toContainText("A device is added on itself");
  await expect(form.getByRole("textbox")).toHaveCount(0);
  await expect(form.getByRole("button", { name: "Send me a code" })).toHaveCount(0);
  await axe(page);
  await shot(page, "device");
  await form.getByRole("radio", { name: "Social network" }).check();
  await form.getByRole("button", { name: "Send me a code" }).click();
  await expect(form.getByRole("group", { name: /^There are 2 problems/ })).toContainText("Enter your name there");
  await form.getByLabel("Network", { exact: true }).fill("Mastodon");
  await form.getByRole("textbox", { name: "Your name there" }).fill("https://social.example/@jonas");
  await form.getByRole("button", { name: "Send me a code" }).click();
  await expect(form.getByRole("group", { name: /^There is a problem/ })).toContainText("Enter the name alone");
  await axe(page);
  await form.getByRole("textbox", { name: "Your name there" }).fill("@jonas");
  await form.getByRole("button", { name: "Send me a code" }).click();
  await expect(dialog(page, /^Verify @jonas/)).toBeVisible();
});

test("a label and the days of use are changed; who was first with the same is shown", async ({ page, context, server, signIn, axe }) => {
  await signIn(jonas);
  await openPoints(page);
  const phone = "+49 171 3920012";
  const change = item(page, phone).getByRole("button", { name: /^Change/ });
  await change.click();
  const form = dialog(page, `Change ${phone}`);
  await form.getByLabel(/^What do you call it/).fill("On the road");
  await form.getByLabel(/^Used until/).fill("2030-05-01");
  await form.getByLabel(/^Used from/).fill("2030-06-01");
  await form.getByRole("button", { name: "Save" }).click();
  await expect(form.getByRole("group", { name: /^There is a problem/ })).toContainText("The last day is before the first");
  await form.getByLabel(/^Used until/).fill("");
  await form.getByLabel(/^Used from/).fill("2020-01-01");
  await changeElsewhere(context, server, phone, { label: "At work" });
  await form.getByRole("button", { name: "Save" }).click();
  await expect(form).toContainText("Somebody changed the same elsewhere");
  await expect(form).toContainText("“At work”");
  await expect(form.getByLabel(/^What do you call it/)).toHaveValue("On the road");
  await axe(page);
  await form.getByRole("button", { name: "Save mine all the same" }).click();
  await expect(form).toBeHidden();
  await expect(item(page, phone)).toContainText("“On the road”");
  await expect(item(page, phone)).toContainText("used from 1 January 2020 on");
});

test("a change of something else meanwhile is in nobody's way", async ({ page, context, server, signIn }) => {
  await signIn(keiko);
  await openPoints(page);
  const home = item(page, /コーポ鴨川/);
  await home.getByRole("button", { name: /^Change/ }).click();
  const form = dialog(page, /^Change /);
  await form.getByLabel(/^What do you call it/).fill("Kyoto");
  const { value } = (await pointsOf(context, server)).find((one) => one.value.includes("コーポ鴨川")) ?? { value: "" };
  await changeElsewhere(context, server, value, { valid_from: "2021-02-03" });
  await form.getByRole("button", { name: "Save" }).click();
  await expect(form).toBeHidden();
  await expect(home).toContainText("“Kyoto”");
  await expect(home).toContainText("used from 3 February 2021");
});

test("another one takes the place of the old, which is told", async ({ page, context, server, signIn, shot }) => {
  await signIn(edge);
  const old = await addElsewhere(context, server, "email", "old.place@example.net", "old.place@example.net");
  await changeElsewhere(context, server, old.value, { label: "Office", preferred: true });
  await openPoints(page);
  const told = (await mailTo(server, old.value)).length;
  await item(page, old.value).getByRole("button", { name: /^Replace/ }).click();
  const form = dialog(page, `Replace ${old.value}`);
  await expect(form).toContainText("everywhere, and the old one is removed");
  await shot(page, "replacing");
  await form.getByRole("textbox", { name: "Email address" }).fill("new.place@example.net");
  await form.getByRole("button", { name: "Send me a code" }).click();
  const verifying = dialog(page, "Verify new.place@example.net");
  await confirm(verifying, await nextCode(server, "new.place@example.net"));
  await expect(verifying).toBeHidden();
  await expect(item(page, "new.place@example.net")).toContainText("preferred");
  await expect(item(page, "new.place@example.net")).toContainText("“Office”");
  await expect(item(page, old.value)).toHaveCount(0);
  await expect.poll(async () => (await mailTo(server, old.value)).length).toBeGreaterThan(told);
});

test("one is removed after a question; one that is needed says for what", async ({ page, context, server, signIn, axe }) => {
  await signIn(newcomer);
  await openPoints(page);
  // The last address by which one signs in.
  for (const point of await pointsOf(context, server)) {
    if (point.value === newcomer || point.kind !== "email") continue;
    await item(page, point.value).getByRole("button", { name: /^Remove/ }).click();
    await dialog(page, `Remove ${point.value}?`).getByRole("button", { name: "Remove", exact: true }).click();
    await expect(item(page, point.value)).toHaveCount(0);
    await expect(page.getByRole("button", { name: "Add", exact: true })).toBeFocused();
  }
  await item(page, newcomer).getByRole("button", { name: /^Remove/ }).click();
  await expect(item(page, newcomer)).toContainText("the last address with which you can sign in");
  const second = await addElsewhere(context, server, "email", "needed.second@example.net", "needed.second@example.net");
  await doesNotArrive(server, second, "blocked", "no_such_address");
  await page.reload();
  await item(page, newcomer).getByRole("button", { name: /^Remove/ }).click();
  await expect(item(page, newcomer)).toContainText(/we must be able to reach you there for .*Security alerts/);
  await expect(dialog(page, /^Remove/)).toHaveCount(0);
  await axe(page);
});

test("what another device adds or loses is shown without a reload", async ({ page, context, server, signIn }) => {
  await signIn(jonas);
  await openPoints(page);
  const added = await addElsewhere(context, server, "email", "from.elsewhere@example.net");
  await expect(item(page, added.value)).toContainText("Not verified yet");
  await doesNotArrive(server, added, "bouncing", "provider_unreachable");
  await expect(item(page, added.value)).toContainText("did not answer for days");
});

test("a link to add one kind opens the form for it", async ({ page, signIn }) => {
  await signIn(jonas);
  await page.goto("/preferences/contact-points?add=postal");
  await expect(adding(page).getByRole("radio", { name: "Postal address" })).toBeChecked();
});

test("an answer that is lost adds one address and not two", async ({ page, context, server, signIn, faults }) => {
  await signIn(amal);
  await openPoints(page);
  await faults.dropResponse({ method: "POST", path_prefix: "/v1/contact-points" });
  await addEmail(page, "amal.once@example.net");
  await expect(dialog(page, "Verify amal.once@example.net")).toBeVisible();
  const values = (await pointsOf(context, server)).map((one) => one.value);
  expect(values.filter((value) => value === "amal.once@example.net")).toHaveLength(1);
});

test("all of it needs no mouse", async ({ page, server, signIn }) => {
  await signInLongAgo(server, signIn, keiko);
  await openPoints(page);
  const known = await newestMail(server, keiko);
  const reach = async (target: Locator) => {
    for (let step = 0; step < 80; step += 1) {
      if (await target.first().evaluate((element) => element === document.activeElement)) return;
      await page.keyboard.press("Tab");
    }
    throw new Error(`not reached by Tab: ${target}`);
  };
  await reach(page.getByRole("button", { name: "Add", exact: true }));
  await page.keyboard.press("Enter");
  await reach(adding(page).getByRole("radio", { name: "Email address" }));
  await page.keyboard.press("ArrowDown");
  await expect(adding(page).getByRole("radio", { name: "Phone number" })).toBeChecked();
  await page.keyboard.press("ArrowUp");
  await reach(adding(page).getByRole("textbox", { name: "Email address" }));
  await page.keyboard.type("keiko.keys@example.net");
  await page.keyboard.press("Enter");
  await expect(code(proof(page))).toBeFocused();
  await page.keyboard.type(await nextCode(server, keiko, known));
  await page.keyboard.press("Enter");
  const verifying = dialog(page, "Verify keiko.keys@example.net");
  await expect(code(verifying)).toBeFocused();
  await page.keyboard.type(await nextCode(server, "keiko.keys@example.net"));
  await page.keyboard.press("Enter");
  await expect(verifying).toBeHidden();
  const added = item(page, "keiko.keys@example.net");
  await expect(added).toContainText("Verified");
  await reach(added.getByRole("button", { name: /^Change/ }));
  await page.keyboard.press("Enter");
  await reach(dialog(page, /^Change/).getByLabel(/^What do you call it/));
  await page.keyboard.type("Keys");
  await page.keyboard.press("Enter");
  await expect(added).toContainText("“Keys”");
  await expect(added.getByRole("button", { name: /^Change/ })).toBeFocused();
  await reach(added.getByRole("button", { name: /^Remove/ }));
  await page.keyboard.press("Enter");
  await reach(dialog(page, /^Remove/).getByRole("button", { name: "Remove", exact: true }));
  await page.keyboard.press("Enter");
  await expect(added).toHaveCount(0);
});

test("in Arabic it reads from right to left, and numbers do not", async ({ page, signIn, axe, shot }) => {
  await signIn(maya);
  await speak(page.context(), "ar");
  await openPoints(page, "أين نصل إليك");
  await expect(page.locator("html")).toHaveAttribute("dir", "rtl");
  await expect(page.getByRole("heading", { level: 3, name: "+46 70 174 06 12" }).locator("bdi").first()).toHaveAttribute("dir", "ltr");
  await axe(page);
  await shot(page, "contact-points-ar");
});
