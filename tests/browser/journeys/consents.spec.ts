// What data is used for: deciding, taking back, looking back, and the signal of the browser.
import { readFile } from "node:fs/promises";

import type { BrowserContext, Page } from "@playwright/test";

import { jonas, keiko, maya, newcomer } from "../support/customers";
import { tabTo } from "../support/keyboard";
import type { Server } from "../support/server";
import { expect, test } from "../support/test";

type Consent = { purpose_id: string; status: string; notice_version?: string };

const open = async (page: Page) => {
  // Whatever language the customer's record names.
  await page.addInitScript(() => localStorage.setItem("portal.locale", "en"));
  await page.goto("/preferences/consents");
  await expect(page.getByRole("heading", { level: 1, name: "What your data may be used for" })).toBeVisible();
  await expect(page.getByRole("heading", { level: 2 }).first()).toBeVisible();
};

const item = (page: Page, name: string) => page.getByRole("listitem").filter({ has: page.getByRole("heading", { level: 2, name, exact: true }) });

const statusOf = async (context: BrowserContext, server: Server, purpose: string) => {
  const answer = await context.request.get(`${server.origin}/v1/consents?limit=100`);
  const { items } = (await answer.json()) as { items: Consent[] };
  return items.find((one) => one.purpose_id === purpose)?.status;
};

const decideElsewhere = async (context: BrowserContext, server: Server, purpose: string, decision: string, notice_version: string) => {
  const headers = { "X-Portal-CSRF": "1", Origin: server.origin, "Idempotency-Key": crypto.randomUUID() };
  const answer = await context.request.post(`${server.origin}/v1/consents/${purpose}/decisions`, { headers, data: { decision, notice_version } });
  expect(answer.ok(), await answer.text()).toBe(true);
};

test("each purpose says what happens, on which ground, and what can be decided", async ({ page, signIn, axe, shot }) => {
  await signIn(maya);
  await open(page);
  await expect(item(page, "Supplying energy and broadband")).toContainText("Your contract needs it, so there is nothing to decide.");
  await expect(item(page, "Keeping books")).toContainText("The law demands it");
  await expect(item(page, "Learning from contacts")).toContainText("In use, you may object");
  await expect(item(page, "Offers made for you")).toContainText("Which of our mails you open is new.");
  const partners = item(page, "Advertising by partners");
  await expect(partners).toContainText("Off, because your browser asks");
  await partners.getByText(/^Data, recipients and how long/).click();
  await expect(partners).toContainText("Advertising networks");
  await expect(partners).toContainText("In United States, protected by: Standard contractual clauses");
  await expect(partners).toContainText("Six months, or until you withdraw.");
  await expect(page.getByText(/A browser of yours asked .* Advertising by partners and Measuring advertising/)).toBeVisible();
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await axe(page);
    await shot(page, `consents-${colorScheme}`);
  }
});

test("a consent is withdrawn at once, and given again by one press", async ({ page, server, signIn }) => {
  await signIn(maya);
  await open(page);
  const insights = item(page, "Insights from your smart meter");
  await insights.getByRole("button", { name: /^Withdraw/ }).click();
  await expect(insights).toContainText("You said no on");
  await expect(insights.getByRole("button", { name: /^Agree/ })).toBeFocused();
  await expect(page.getByText("You withdrew:").first()).toBeAttached();
  await expect.poll(() => statusOf(page.context(), server, "consumption_insights")).toBe("withdrawn");
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(insights).toContainText("Agreed on");
  await expect(page.getByText("You agreed:").first()).toBeAttached();
  await expect.poll(() => statusOf(page.context(), server, "consumption_insights")).toBe("granted");
});

test("by keyboard alone: objecting, taking it back, and looking at what was decided", async ({ page, server, signIn }) => {
  await signIn(keiko);
  await open(page);
  const learning = item(page, "Learning from contacts");
  await tabTo(page, learning.getByRole("button", { name: /^Object/ }));
  await page.keyboard.press("Enter");
  await expect(learning).toContainText("You objected on");
  await expect(page.getByText("You objected:").first()).toBeAttached();
  await expect(learning.getByRole("button", { name: /^Take the objection back/ })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(learning).toContainText("In use, you may object");
  await expect(page.getByText("Your objection is taken back:").first()).toBeAttached();
  await expect.poll(() => statusOf(page.context(), server, "better_service")).toBe("in_use");
  const history = learning.getByRole("button", { name: /^History/ });
  await tabTo(page, history);
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: /^What was decided/ });
  await expect(dialog.getByRole("heading", { level: 3 })).toHaveCount(2);
  await expect(dialog).toContainText("Notice: version 2025-09");
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(history).toBeFocused();
});

test("a receipt is kept as a file, the same each time", async ({ page, signIn, axe }) => {
  await signIn(jonas);
  await open(page);
  // His record is German; the page that he reads is not.
  const offers = item(page, "Our own offers");
  const saved = page.waitForEvent("download");
  await offers.getByRole("link", { name: /^Receipt/ }).click();
  const file = await (await saved).path();
  const receipt = JSON.parse(await readFile(file, "utf8")) as { schema_version: string; events: { event_type: string; route: string }[] };
  expect(receipt.schema_version).toBe("ISO/IEC TS 27560:2023");
  expect(receipt.events.at(-1)).toMatchObject({ event_type: "object", route: "agent" });
  await offers.getByRole("button", { name: /^History/ }).click();
  const dialog = page.getByRole("dialog", { name: /^What was decided/ });
  await expect(dialog).toContainText(/Katrin Vogel/);
  await axe(page);
});

test("a decision that is refused is taken back and says why", async ({ page, server, faults, signIn }) => {
  await signIn(keiko);
  await open(page);
  await faults.fail({ method: "POST", path_prefix: "/v1/consents/consumption_insights" }, 404, 1);
  const insights = item(page, "Insights from your smart meter");
  await insights.getByRole("button", { name: /^Agree/ }).click();
  await expect(insights.getByRole("alert")).toContainText("It stays as it was.");
  await expect(insights).toContainText("Not agreed");
  await expect.poll(() => statusOf(page.context(), server, "consumption_insights")).toBe("not_asked");
});

test("what another tab decides is shown here without a reload", async ({ page, server, signIn }) => {
  await signIn(newcomer);
  if ((await statusOf(page.context(), server, "better_service")) !== "in_use") {
    await decideElsewhere(page.context(), server, "better_service", "end_objection", "2025-09");
  }
  await open(page);
  const learning = item(page, "Learning from contacts");
  await expect(learning).toContainText("In use, you may object");
  await decideElsewhere(page.context(), server, "better_service", "object", "2025-09");
  await expect(learning).toContainText("You objected on");
});

test.describe("a browser that asks for privacy", () => {
  test("by its header or by its word alone is heard, and shown what that did", async ({ page, server, signIn, axe, shot }) => {
    await page.context().addInitScript(() => Object.defineProperty(navigator, "globalPrivacyControl", { value: true }));
    await signIn(newcomer);
    await open(page);
    await expect(page.getByText(/Your browser asks .* We do as it asks\. Off because of it: .*Advertising by partners and Measuring advertising/)).toBeVisible();
    await expect(item(page, "Measuring advertising")).toContainText("Off, because your browser asks");
    await expect.poll(() => statusOf(page.context(), server, "reach_measurement")).toBe("objected");
    await axe(page);
    await shot(page, "signal");
    // What is allowed by hand, knowing of the signal, stands.
    await item(page, "Measuring advertising").getByRole("button", { name: /^Take the objection back/ }).click();
    await expect(page.getByText("Your objection is taken back:").first()).toBeAttached();
    await page.reload();
    await expect(item(page, "Measuring advertising")).toContainText("In use, you may object");
  });

  test("is heard while the page is still being read as well", async ({ page, server, faults, signIn }) => {
    await page.context().addInitScript(() => Object.defineProperty(navigator, "globalPrivacyControl", { value: true }));
    await signIn(keiko);
    // What stands with them was read before the signal was told; what they are called comes after.
    await faults.delay({ method: "GET", path_prefix: "/v1/purposes" }, 1_500);
    await open(page);
    await expect(item(page, "Measuring advertising")).toContainText("Off, because your browser asks");
    await expect.poll(() => statusOf(page.context(), server, "reach_measurement")).toBe("objected");
  });
});
