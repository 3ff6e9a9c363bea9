// What reaches the customer: topic by topic, and everything at once; saved by itself, never an opt-out lost.
import { amal, maya } from "../support/customers";
import { hold } from "../support/held";
import { nights } from "../support/history";
import { tabTo } from "../support/keyboard";
import { cell, change, changesOf, chosen, openPreferences, preferencesOf, saved } from "../support/preferences";
import { expect, test } from "../support/test";

test.beforeEach(async ({ signIn, context, server }) => {
  await signIn(maya);
  await change(context, server, {
    global_opt_out: false,
    paused_until: null,
    topics: { new_bill: { email: { enabled: true }, sms: { enabled: false } }, meter_reading: { email: { enabled: true }, sms: { enabled: false } } },
  });
});

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(`in ${colorScheme}`, () => {
    test.use({ colorScheme });

    test("the screen says what reaches the customer, and axe finds nothing", async ({ page, axe, shot }) => {
      await openPreferences(page);
      await expect(page.getByRole("heading", { level: 1, name: "What reaches you" })).toBeVisible();
      await expect(page.getByText(/^You get \d+ kinds of messages by email/)).toBeVisible();
      await expect(page.getByRole("table", { name: "What we write about, and where" })).toBeVisible();
      await axe(page);
      await shot(page, `preferences-${colorScheme}`);
      await page.getByRole("button", { name: /^A new bill:/ }).click();
      await expect(page.getByRole("button", { name: "All of this topic off" })).toBeVisible();
      await axe(page);
      await shot(page, `preferences-open-${colorScheme}`);
    });
  });
}

test("a switch saves at once, says so, and can be taken back exactly", async ({ page, context, server }) => {
  await openPreferences(page);
  const before = chosen(await preferencesOf(context, server));
  await expect(cell(page, "A new bill by text message")).not.toBeChecked();
  await cell(page, "A new bill by text message").click();
  await expect(cell(page, "A new bill by text message")).toBeChecked();
  await expect(page.locator(".toast")).toContainText("is on.");
  await saved(page);
  expect((await preferencesOf(context, server)).topics.new_bill.sms.enabled).toBe(true);
  await page.locator(".toast").getByRole("button", { name: "Undo" }).click();
  await expect(cell(page, "A new bill by text message")).not.toBeChecked();
  await expect.poll(async () => chosen(await preferencesOf(context, server))).toEqual(before);
  await expect(page.getByRole("button", { name: "Undo" })).toHaveCount(0);
});

test("what is offered to be taken back outlives no signing out", async ({ page }) => {
  await openPreferences(page);
  await cell(page, "A new bill by text message").click();
  const undo = page.locator(".toast").getByRole("button", { name: "Undo" });
  await expect(undo).toBeVisible();
  await page.getByRole("button", { name: "You", exact: true }).click();
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Sign in" })).toBeVisible();
  if (await undo.isVisible()) await undo.click();
  await expect(page.locator("#way-out")).toBeHidden();
});

test("what is changed during a save goes with the next one, in order", async ({ page, context, server }) => {
  await openPreferences(page);
  const first = await hold(page, "PATCH", "/v1/preferences");
  const sms = cell(page, "A new bill by text message");
  await sms.click();
  await first.reached;
  await sms.click();
  await sms.click();
  await cell(page, "Meter readings by text message").click();
  await expect(sms).toBeChecked();
  first.letGo();
  const stand = async () => {
    const { topics } = await preferencesOf(context, server);
    return [topics.new_bill.sms.enabled, topics.meter_reading.sms.enabled];
  };
  await expect.poll(stand).toEqual([true, true]);
  await saved(page);
});

test("everything off in one act, and back exactly", async ({ page, context, server }) => {
  await openPreferences(page);
  const before = chosen(await preferencesOf(context, server));
  await page.getByRole("button", { name: /^Turn everything off/ }).click();
  await expect(page.locator(".lead")).toHaveText("Everything is off. Only what we must send you still comes.");
  await saved(page);
  expect((await preferencesOf(context, server)).global_opt_out).toBe(true);
  await page.getByRole("button", { name: /^Turn everything back on/ }).click();
  await expect(page.getByRole("button", { name: /^Turn everything off/ })).toBeVisible();
  await expect.poll(async () => chosen(await preferencesOf(context, server))).toEqual(before);
});

test("a pause until a day, and its end", async ({ page, context, server, axe }) => {
  await openPreferences(page);
  await page.getByRole("button", { name: /^Pause until/ }).click();
  const dialog = page.getByRole("dialog", { name: "Pause messages" });
  await expect(dialog).toBeVisible();
  await dialog.getByRole("radio", { name: "Until a day that I choose" }).check();
  await axe(page);
  await dialog.getByRole("button", { name: "Pause", exact: true }).click();
  const day = dialog.getByLabel("First day with messages again");
  await expect(day).toBeFocused();
  await expect(day).toHaveAccessibleDescription("Choose a day from tomorrow on");
  await axe(page);
  await day.fill("2030-03-01");
  await dialog.getByRole("button", { name: "Pause until 1 March 2030" }).click();
  await expect(dialog).toBeHidden();
  const paused = page.locator(".banner", { hasText: "Paused until 1 March 2030." });
  await expect(paused).toBeVisible();
  await saved(page);
  // The first moment of that day where the customer lives.
  expect((await preferencesOf(context, server)).paused_until).toMatch(/^2030-0(2-28T2|3-01T0)/);
  await axe(page);
  await page.getByRole("button", { name: "Resume now" }).click();
  await expect(paused).toHaveCount(0);
  await expect.poll(async () => (await preferencesOf(context, server)).paused_until).toBeFalsy();
});

test("all of a topic, all of a channel, how often and where to", async ({ page, context, server }) => {
  await openPreferences(page);
  const topics = async () => (await preferencesOf(context, server)).topics;
  await page.getByRole("button", { name: /^Planned works:/ }).click();
  const row = page.locator("#more-planned_works");
  await row.getByLabel("How often").first().selectOption("weekly");
  await expect.poll(async () => (await topics()).planned_works.email.frequency).toBe("weekly");
  await expect(page.getByRole("button", { name: /^Planned works:.*Once a week/ })).toBeVisible();
  await row.getByLabel("Where to").first().selectOption({ label: "maya@lindqvist-studio.example" });
  await expect.poll(async () => (await topics()).planned_works.email.contact_point_id).toBeTruthy();
  const usable = (choices: Awaited<ReturnType<typeof topics>>[string]) => Object.values(choices).filter((choice) => !choice.locked);
  await row.getByRole("button", { name: "All of this topic on" }).click();
  await expect.poll(async () => usable((await topics()).planned_works).every((choice) => choice.enabled)).toBe(true);
  await page.locator(".toast").getByRole("button", { name: "Undo" }).click();
  await row.getByRole("button", { name: "All of this topic off" }).click();
  await expect.poll(async () => Object.values((await topics()).planned_works).some((choice) => choice.enabled)).toBe(false);
  await page.locator(".toast").getByRole("button", { name: "Undo" }).click();
  await expect.poll(async () => (await topics()).planned_works.email.enabled).toBe(true);

  const before = chosen(await preferencesOf(context, server));
  await page.getByRole("columnheader", { name: "Text message" }).getByRole("button", { name: "Text message" }).click();
  await page.getByRole("button", { name: "Turn all off" }).click();
  await expect.poll(async () => Object.values(await topics()).some((channels) => channels.sms?.enabled)).toBe(false);
  await page.locator(".toast").getByRole("button", { name: "Undo" }).click();
  await expect.poll(async () => chosen(await preferencesOf(context, server))).toEqual(before);
});

test("a required topic says why it is always on; what lacks an address leads to contact points", async ({ page }) => {
  await openPreferences(page);
  await page.getByRole("button", { name: "Security alerts by email: Always on. Why?" }).click();
  await expect(page.getByText("You have to hear of a sign-in or a change that was not yours.")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByText("You have to hear of a sign-in or a change that was not yours.")).toBeHidden();
  const missing = page.getByRole("link", { name: /^A new bill by messaging: / });
  await expect(missing).toHaveAttribute("href", /^\/preferences\/contact-points/);
});

test("would this reach me: yes, later or no, for any moment, with the reasons", async ({ page, context, server, axe, shot }) => {
  await nights(context, server);
  await openPreferences(page);
  await page.getByRole("button", { name: "Would “A new bill” by email reach me?" }).click();
  const dialog = page.getByRole("dialog", { name: /^Would .*A new bill.* reach you by email\?$/ });
  await expect(dialog.getByRole("status")).toBeVisible();
  await expect(dialog.getByText("You want this.")).toBeVisible();
  await axe(page);
  // Half past midnight lies in her quiet times.
  const year = new Date().getUTCFullYear() + 1;
  await dialog.getByLabel("If it were sent on").fill(`${year}-01-13T00:30`);
  await dialog.getByLabel("If it were sent on").press("Tab");
  await expect(dialog.getByRole("status")).toContainText(`Later: 13 January ${year} at 07:00`);
  await expect(dialog.getByText(/falls into your quiet times and waits until/)).toBeVisible();
  await axe(page);
  await shot(page, "reach");
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(page.getByRole("button", { name: "Would “A new bill” by email reach me?" })).toBeFocused();
  await page.getByRole("button", { name: "Would “A new bill” by text message reach me?" }).click();
  await expect(page.getByRole("dialog").getByText("You turned this off.")).toBeVisible();
});

test("fewer, later, elsewhere or nothing: one calm screen", async ({ page, context, server, axe, shot }) => {
  await openPreferences(page);
  const before = chosen(await preferencesOf(context, server));
  await page.getByRole("link", { name: /^Send me fewer/ }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Fewer, later, elsewhere, or nothing" })).toBeFocused();
  await axe(page);
  await shot(page, "less");
  await page.getByRole("button", { name: /^Elsewhere/ }).click();
  await expect(page.getByText("What can come by email comes by email alone.")).toBeVisible();
  await saved(page);
  const { topics } = await preferencesOf(context, server);
  expect(topics.appointments).toMatchObject({ email: { enabled: true }, sms: { enabled: false } });
  await page.locator(".toast").getByRole("button", { name: "Undo" }).click();
  await expect.poll(async () => chosen(await preferencesOf(context, server))).toEqual(before);
  await page.getByRole("button", { name: /^Nothing/ }).click();
  await expect.poll(async () => (await preferencesOf(context, server)).global_opt_out).toBe(true);
  await page.getByRole("link", { name: "Leave everything as it is" }).click();
  await expect(page.getByRole("button", { name: /^Turn everything back on/ })).toBeVisible();
});

test("the calm screen needs no mouse, and takes no for an answer", async ({ page, context, server }) => {
  await openPreferences(page, "/preferences/less");
  const before = chosen(await preferencesOf(context, server));
  await tabTo(page, page.getByRole("button", { name: /^Nothing/ }));
  await page.keyboard.press("Enter");
  await expect.poll(async () => (await preferencesOf(context, server)).global_opt_out).toBe(true);
  await tabTo(page, page.getByRole("button", { name: "Undo" }), 90);
  await page.keyboard.press("Enter");
  await expect.poll(async () => chosen(await preferencesOf(context, server))).toEqual(before);
  await tabTo(page, page.getByRole("link", { name: "Leave everything as it is" }), 90);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "What reaches you" })).toBeFocused();
});

test("a change on another device appears in place", async ({ page, context, server }) => {
  await openPreferences(page);
  await cell(page, "Meter readings by text message").focus();
  await expect(cell(page, "A new bill by email")).toBeChecked();
  await change(context, server, { topics: { new_bill: { email: { enabled: false } } } });
  await expect(cell(page, "A new bill by email")).not.toBeChecked();
  await expect(page.getByText("Your choices were changed elsewhere.")).toBeVisible();
  await expect(cell(page, "Meter readings by text message")).toBeFocused();
});

test("opted out here and in there at once: the opt-out holds, and the opt-in is asked about", async ({ page, context, server, axe }) => {
  await change(context, server, { topics: { new_bill: { sms: { enabled: false } } } });
  await openPreferences(page);
  const save = await hold(page, "PATCH", "/v1/preferences");
  await cell(page, "A new bill by text message").click();
  await save.reached;
  // Elsewhere it is switched on and off again while the save is under way.
  await change(context, server, { topics: { new_bill: { sms: { enabled: true } } } });
  await change(context, server, { topics: { new_bill: { sms: { enabled: false } } } });
  save.letGo();
  await expect(page.getByText("Meanwhile it was turned off elsewhere.")).toBeVisible();
  await expect(cell(page, "A new bill by text message")).not.toBeChecked();
  expect((await preferencesOf(context, server)).topics.new_bill.sms.enabled).toBe(false);
  await axe(page);
  await page.getByRole("button", { name: "Do as I said here" }).click();
  await expect.poll(async () => (await preferencesOf(context, server)).topics.new_bill.sms.enabled).toBe(true);
});

test("two tabs change different cells at once, and both hold", async ({ page, context, server }) => {
  await openPreferences(page);
  const other = await context.newPage();
  await openPreferences(other);
  await Promise.all([cell(page, "A new bill by email").click(), cell(other, "Meter readings by email").click()]);
  await expect
    .poll(async () => {
      const { topics } = await preferencesOf(context, server);
      return [topics.new_bill.email.enabled, topics.meter_reading.email.enabled];
    })
    .toEqual([false, false]);
  for (const tab of [page, other]) {
    await expect(cell(tab, "A new bill by email")).not.toBeChecked();
    await expect(cell(tab, "Meter readings by email")).not.toBeChecked();
  }
});

test("a lost answer is one act", async ({ page, context, server, faults }) => {
  await openPreferences(page);
  const before = await changesOf(context, server);
  await faults.dropResponse({ method: "PATCH", path_prefix: "/v1/preferences" });
  await cell(page, "A new bill by email").click();
  await saved(page);
  expect((await preferencesOf(context, server)).topics.new_bill.email.enabled).toBe(false);
  expect(await changesOf(context, server)).toBe(before + 1);
});

test("an opt-out that was said offline is sent as soon as there is a network", async ({ page, context, server }) => {
  await openPreferences(page);
  await context.setOffline(true);
  await cell(page, "A new bill by email").click();
  await expect(cell(page, "A new bill by email")).not.toBeChecked();
  await context.setOffline(false);
  await saved(page);
  expect((await preferencesOf(context, server)).topics.new_bill.email.enabled).toBe(false);
});

test("what is refused is taken back with a sentence", async ({ page, context, server, faults, axe }) => {
  await openPreferences(page);
  await faults.fail({ method: "PATCH", path_prefix: "/v1/preferences" }, 403, 1);
  await cell(page, "A new bill by text message").click();
  await expect(page.getByRole("alert").filter({ hasText: "stays as it was." })).toBeVisible();
  await expect(cell(page, "A new bill by text message")).not.toBeChecked();
  await axe(page);
  expect((await preferencesOf(context, server)).topics.new_bill.sms.enabled).toBe(false);
});

test("all of it by keyboard alone", async ({ page, context, server }) => {
  test.slow();
  await openPreferences(page);
  await tabTo(page, page.getByRole("button", { name: /^Pause until/ }));
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Pause messages" });
  await tabTo(page, dialog.getByRole("radio", { name: /^For one week/ }));
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(dialog).toBeHidden();
  await expect.poll(async () => (await preferencesOf(context, server)).paused_until).toBeTruthy();
  // It stands just before the act that was pressed, where the focus came back to.
  await expect(page.getByRole("button", { name: /^Paused/ })).toBeFocused();
  await page.keyboard.press("Shift+Tab");
  await expect(page.getByRole("button", { name: "Resume now" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "What reaches you" })).toBeFocused();
  await expect.poll(async () => (await preferencesOf(context, server)).paused_until).toBeFalsy();

  await tabTo(page, cell(page, "A new bill by email"), 100);
  await page.keyboard.press("Space");
  await expect(cell(page, "A new bill by email")).not.toBeChecked();
  await expect(cell(page, "A new bill by email")).toBeFocused();
  await saved(page);
  // The way back stands on the screen for as long as one needs.
  await tabTo(page, page.locator(".page__head").getByRole("button", { name: "Undo" }), 150);
  await page.keyboard.press("Enter");
  await expect(cell(page, "A new bill by email")).toBeChecked();
  await expect(page.getByRole("heading", { level: 1, name: "What reaches you" })).toBeFocused();

  const ask = page.getByRole("button", { name: "Would “A new bill” by email reach me?" });
  await tabTo(page, ask, 100);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog").getByText("You want this.")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(ask).toBeFocused();

  const more = page.getByRole("button", { name: /^Planned works:/ });
  await tabTo(page, more, 100);
  await page.keyboard.press("Enter");
  await tabTo(page, page.locator("#more-planned_works").getByLabel("How often").first());
  await page.keyboard.press("End");
  await expect.poll(async () => (await preferencesOf(context, server)).topics.planned_works.email.frequency).toBe("weekly");
  await page.keyboard.press("Home");
  await expect.poll(async () => (await preferencesOf(context, server)).topics.planned_works.email.frequency).toBe("at_once");
});

test("in Arabic it is read from right to left, and works the same", async ({ page, context, server, signIn, axe, shot }) => {
  await signIn(amal);
  await change(context, server, { topics: { new_bill: { email: { enabled: true } } } });
  await openPreferences(page);
  await expect(page.locator("html")).toHaveAttribute("dir", "rtl");
  await expect(page.getByRole("heading", { level: 1, name: "ما يصل إليك" })).toBeVisible();
  await axe(page);
  await shot(page, "preferences-ar");
  await cell(page, "فاتورة جديدة عبر البريد الإلكتروني").click();
  await expect.poll(async () => (await preferencesOf(context, server)).topics.new_bill.email.enabled).toBe(false);
  await page.locator(".toast").getByRole("button", { name: "تراجع" }).click();
  await expect.poll(async () => (await preferencesOf(context, server)).topics.new_bill.email.enabled).toBe(true);
  await openPreferences(page, "/preferences/less");
  await axe(page);
  await shot(page, "less-ar");
});
