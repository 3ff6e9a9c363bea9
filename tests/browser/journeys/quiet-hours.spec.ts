// When the customer wants to hear nothing: any number of quiet times by the week, in a chosen zone, with what the server says comes next.
import { maya } from "../support/customers";
import { nights, openQuietTimes, quietOf } from "../support/history";
import { tabTo } from "../support/keyboard";
import { openPreferences, preferencesOf, saved } from "../support/preferences";
import { expect, test } from "../support/test";

test.beforeEach(async ({ signIn, context, server }) => {
  await signIn(maya);
  await nights(context, server);
});

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(`in ${colorScheme}`, () => {
    test.use({ colorScheme });

    test("the screen and its section among the preferences are clean", async ({ page, axe, shot }) => {
      await openPreferences(page);
      await expect(page.getByRole("heading", { level: 2, name: "Quiet times" })).toBeVisible();
      await axe(page);
      await shot(page, `preferences-whole-${colorScheme}`);
      await page.getByRole("link", { name: "Change quiet times" }).click();
      await expect(page.getByRole("heading", { level: 1, name: "Quiet times" })).toBeFocused();
      await expect(page.locator(".week")).toBeVisible();
      await axe(page);
      await shot(page, `quiet-${colorScheme}`);
    });
  });
}

test("what is chosen is saved at once, and the week and the next message follow", async ({ page, context, server }) => {
  await openQuietTimes(page);
  await page.getByRole("checkbox", { name: "Sunday" }).click();
  await saved(page);
  expect((await quietOf(context, server)).windows[0].days).toEqual(["mon", "tue", "wed", "thu", "fri", "sat"]);

  await page.getByLabel("From").fill("21:30");
  await page.getByLabel("To").fill("06:15");
  await page.getByLabel("To").press("Tab");
  await expect.poll(async () => (await quietOf(context, server)).windows[0]).toMatchObject({ start: "21:30", end: "06:15" });
  await expect(page.getByText("Until the next day: 8h 45m.").or(page.getByText(/^Until the next day: 8 hours 45 minutes\.$/))).toBeVisible();
  const monday = page.locator(".week li").filter({ has: page.getByTitle("Monday") });
  await expect(monday).toContainText("from 21:30");

  await page.getByRole("button", { name: "Add a quiet time" }).click();
  await expect(page.locator("#quiet-from-1")).toBeFocused();
  await page.locator("#quiet-from-1").fill("12:00");
  await page.locator("#quiet-to-1").fill("13:00");
  await page.locator("#quiet-to-1").blur();
  await expect.poll(async () => (await quietOf(context, server)).windows[1]).toMatchObject({ start: "12:00", end: "13:00" });
  await expect(monday).toContainText("12:00 to 13:00");
  await page.getByRole("button", { name: "Remove quiet time 2" }).click();
  await expect(page.getByRole("button", { name: "Add a quiet time" })).toBeFocused();
  await expect.poll(async () => (await quietOf(context, server)).windows.length).toBe(1);

  await page.getByRole("radio", { name: "It is not sent" }).check();
  await expect.poll(async () => (await quietOf(context, server)).outside).toBe("drop");
  await expect(page.locator(".banner [role=status]")).toContainText(/no message is sent|is not sent/);
  await expect(page.getByText(/^What is urgent comes all the same: /)).toBeVisible();
});

test("taken back, they stand exactly as before", async ({ page, context, server }) => {
  await openQuietTimes(page);
  const { next: _, ...before } = await quietOf(context, server);
  await page.getByRole("radio", { name: "It is not sent" }).check();
  await saved(page);
  await page.locator(".toast").getByRole("button", { name: "Undo" }).click();
  await expect(page.getByRole("radio", { name: "It waits" })).toBeChecked();
  await expect
    .poll(async () => {
      const { next: _, ...now } = await quietOf(context, server);
      return now;
    })
    .toEqual(before);
});

// The demonstration's customer lives in Lisbon: what the server says is shown on the clock of the zone, and on hers beside it.
for (const [zone, name, clock] of [
  ["America/St_Johns", "America/St Johns", /Newfoundland/],
  ["Australia/Lord_Howe", "Australia/Lord Howe", /Lord Howe/],
  ["Pacific/Kiritimati", "Pacific/Kiritimati", /Line Islands/],
] as const) {
  test(`in the time of ${zone} the next message comes when its clock says so`, async ({ page, context, server, shot }) => {
    await openQuietTimes(page);
    const select = page.getByLabel("In the time of");
    await expect(select.locator("optgroup").first()).toHaveAttribute("label", "Your device and your account");
    await expect(select.locator("option").first()).toHaveAttribute("value", "Europe/Lisbon");
    await select.selectOption(zone);
    await expect(page.locator("#quiet-zone-now")).toHaveText(clock);
    await expect.poll(async () => (await quietOf(context, server)).time_zone).toBe(zone);
    await expect.poll(async () => (await quietOf(context, server)).next).toBeTruthy();
    const { next } = await quietOf(context, server);
    // By the browser's own formatter, whose commas differ between versions.
    const written = (at: string, timeZone: string) =>
      page.evaluate(([at, timeZone]) => new Intl.DateTimeFormat("en-GB", { dateStyle: "full", timeStyle: "short", timeZone }).format(new Date(at)), [at, timeZone]);
    const end = next?.ends_at ?? "";
    const told = page.locator(".banner [role=status]");
    await expect(told).toContainText(name);
    // Every night ends at seven on the wall of that zone, half hours of distance and all.
    expect(await written(end, zone)).toMatch(/07:00$/);
    await expect(told).toContainText(await written(end, zone));
    await expect(told).toContainText(await written(end, "Europe/Lisbon"));
    await shot(page, `quiet-${zone.split("/")[1]}`);
  });
}

test("what cannot stand so is told, and what stood before stays", async ({ page, context, server, axe }) => {
  await openQuietTimes(page);
  for (const day of ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]) {
    await page.getByRole("checkbox", { name: day }).click();
  }
  await expect.poll(async () => (await quietOf(context, server)).windows[0].days).toEqual(["sun"]);
  await page.getByRole("checkbox", { name: "Sunday" }).click();
  await expect(page.getByText("Choose at least one day. Until then the change is not saved.")).toBeVisible();
  await axe(page);
  await page.getByRole("checkbox", { name: "Monday" }).click();
  await expect.poll(async () => (await quietOf(context, server)).windows[0].days).toEqual(["mon"]);

  await page.getByLabel("From").fill("");
  await expect(page.getByText("Enter a time. Until then the one before holds.")).toBeVisible();
  await expect(page.getByLabel("From")).toHaveAttribute("aria-invalid", "true");
  expect((await quietOf(context, server)).windows[0].start).toBe("22:00");
  await page.getByLabel("From").fill("20:00");
  await page.getByLabel("From").blur();
  await expect.poll(async () => (await quietOf(context, server)).windows[0].start).toBe("20:00");

  const channels = page.getByRole("group", { name: "For" }).getByRole("checkbox");
  await channels.first().click();
  await expect.poll(async () => (await quietOf(context, server)).channels).not.toContain("email");
  const count = await channels.count();
  for (let at = 1; at < count; at += 1) await channels.nth(at).click();
  await expect(page.getByText(/^Choose at least one, or turn quiet times off above/)).toBeVisible();
  await channels.first().click();
  await expect.poll(async () => (await quietOf(context, server)).channels).toEqual(["email"]);
});

test("switched off is off, also where a window without a day could not stand", async ({ page, context, server }) => {
  await openQuietTimes(page);
  const days = page.getByRole("group", { name: "Days on which quiet time 1 begins" });
  for (const day of await days.getByRole("checkbox").all()) if (await day.isChecked()) await day.click();
  await expect(page.getByText("Choose at least one day. Until then the change is not saved.")).toBeVisible();
  await page.getByRole("switch", { name: "Keep quiet times" }).click();
  await expect.poll(async () => (await quietOf(context, server)).enabled).toBe(false);
});

test("switched off and on again, the windows are kept", async ({ page, context, server }) => {
  await openQuietTimes(page);
  const keep = page.getByRole("switch", { name: "Keep quiet times" });
  await keep.click();
  await expect(page.getByText("Quiet times are off: a message comes at any hour.")).toBeVisible();
  await expect.poll(async () => (await quietOf(context, server)).enabled).toBe(false);
  await keep.click();
  await expect.poll(async () => (await quietOf(context, server)).enabled).toBe(true);
  expect((await quietOf(context, server)).windows).toHaveLength(1);
});

test("language, accommodations and being asked for an opinion", async ({ page, context, server, axe }) => {
  await openPreferences(page);
  await page.getByLabel("We write in").selectOption("de");
  await expect.poll(async () => (await preferencesOf(context, server)) as { language?: string }).toMatchObject({ language: "de" });
  await page.getByLabel("We write in").selectOption("");
  await expect.poll(async () => ((await preferencesOf(context, server)) as { language?: string | null }).language ?? "").not.toBe("de");

  const me = async () => (await (await context.request.get(`${server.origin}/v1/me`)).json()) as { accommodations: { kind: string; language?: string }[] };
  const kinds = async () => (await me()).accommodations.map((one) => one.kind).sort();
  const known = await kinds();
  for (const name of ["Letters in large print", "Easy language", "An interpreter"]) {
    await page.getByRole("checkbox", { name }).setChecked(true);
  }
  await expect.poll(kinds).toEqual([...new Set([...known, "large_print", "easy_language", "interpreter"])].sort());
  await page.getByLabel("Interpreter for").selectOption("bfi");
  await expect.poll(async () => (await me()).accommodations.find((one) => one.kind === "interpreter")?.language).toBe("bfi");
  await axe(page);
  for (const name of ["Letters in large print", "Easy language", "An interpreter"]) {
    await page.getByRole("checkbox", { name }).setChecked(false);
  }
  await expect.poll(kinds).toEqual(known.filter((kind) => !["large_print", "easy_language", "interpreter"].includes(kind)));

  await page.getByLabel("Asking for your opinion").selectOption({ label: "Not for 90 days" });
  const snoozed = async () => ((await preferencesOf(context, server)) as { survey_snooze_until?: string }).survey_snooze_until;
  await expect.poll(snoozed).toBeTruthy();
  await expect(page.getByLabel("Asking for your opinion").locator("option:checked")).toHaveText(/^Not before /);
  await page.getByLabel("Asking for your opinion").selectOption({ label: "You may ask me" });
  await expect.poll(snoozed).toBeNull();
});

test("all of it by keyboard alone", async ({ page, context, server }) => {
  test.slow();
  await openQuietTimes(page);
  await tabTo(page, page.getByRole("checkbox", { name: "Wednesday" }), 100);
  await page.keyboard.press("Space");
  await expect(page.getByRole("checkbox", { name: "Wednesday" })).toBeFocused();
  await expect.poll(async () => (await quietOf(context, server)).windows[0].days).not.toContain("wed");
  await tabTo(page, page.getByLabel("From"));
  // By the arrow: whether the clock of the field has twelve hours or twenty-four is the browser's own matter.
  await page.keyboard.press("ArrowUp");
  await expect.poll(async () => (await quietOf(context, server)).windows[0].start).toBe("23:00");
  await tabTo(page, page.getByRole("button", { name: "Remove quiet time 1" }));
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "Add a quiet time" })).toBeFocused();
  await expect(page.getByText("There is no quiet time yet: a message comes at any hour.")).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(page.locator("#quiet-from-0")).toBeFocused();
  await tabTo(page, page.getByLabel("In the time of"));
  await page.keyboard.type("St Jo");
  await expect.poll(async () => (await quietOf(context, server)).time_zone).toBe("America/St_Johns");
  await expect(page.getByLabel("In the time of")).toBeFocused();
  await tabTo(page, page.getByRole("radio", { name: "It waits" }));
  await page.keyboard.press("ArrowDown");
  await expect.poll(async () => (await quietOf(context, server)).outside).toBe("drop");
});

test("in Arabic the week begins where it begins there, and runs from right to left", async ({ page, context, server, axe, shot }) => {
  await page.addInitScript(() => localStorage.setItem("portal.locale", "ar"));
  await openQuietTimes(page);
  await expect(page.locator("html")).toHaveAttribute("dir", "rtl");
  await expect(page.getByRole("heading", { level: 1, name: "أوقات الهدوء" })).toBeVisible();
  await axe(page);
  await shot(page, "quiet-ar");
  await page.getByRole("checkbox", { name: "الأحد" }).click();
  await expect.poll(async () => (await quietOf(context, server)).windows[0].days).not.toContain("sun");
});
