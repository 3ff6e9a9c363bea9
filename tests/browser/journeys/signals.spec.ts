// What the company concluded about a customer, and the customer's word against it; what contact cost.
import { amal, conversation, maya, openConversation } from "../support/customers";
import { tabTo } from "../support/keyboard";
import { withOwnServer } from "../support/own-server";
import { expect } from "../support/test";

// Whether a conclusion is in use also follows from rights that hold, which other journeys ask for.
const test = withOwnServer();

type Inferred = { value: string; in_use: boolean; contest_words: string | null };

const MATTER = "Broadband drops every evening";

test("what was concluded stands with its basis, and is contested with words of one's own", async ({ page, server, signIn, axe, shot }) => {
  await signIn(maya);
  const id = await openConversation(page, server, MATTER);
  const signals = page.getByRole("region", { name: "What we concluded about you" });
  const mood = signals.getByRole("listitem").filter({ hasText: "Annoyed" });
  await expect(mood).toContainText(/From: \W?Your words “third evening in a row”/);
  await expect(mood).toContainText("A program that reads messages");
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await axe(page);
    await shot(page, `signals-${colorScheme}`);
  }
  await mood.getByRole("button", { name: "That’s not right: Annoyed" }).click();
  const words = mood.getByRole("textbox", { name: "What is right instead?" });
  await expect(words).toBeFocused();
  await words.fill("Tired, not annoyed.");
  await axe(page);
  await mood.getByRole("button", { name: "Do not use it" }).click();
  await expect(mood).toContainText("You said on");
  await expect(mood).toContainText("We no longer use it.");
  await expect(mood).toContainText(/Your words: “\W?Tired, not annoyed\.\W?”/);
  await expect(signals.getByRole("heading", { level: 2 })).toBeFocused();
  const read = async () => {
    const answer = await page.context().request.get(`${server.origin}/v1/interactions/${id}`);
    const { signals } = (await answer.json()) as { signals: Inferred[] };
    return signals.find((one) => one.value === "Annoyed")!;
  };
  expect(await read()).toMatchObject({ in_use: false, contest_words: "Tired, not annoyed." });
  // It is entered where the customer looks back, and taken back where it stands.
  await page.goto("/preferences/history");
  const entry = page.getByRole("listitem").filter({ hasText: "Mood: Annoyed" }).first();
  await expect(entry).toContainText("What we concluded about you");
  await expect(entry).toContainText("contested, not used");
  await axe(page);
  await openConversation(page, server, MATTER);
  await mood.getByRole("button", { name: "It is right after all: Annoyed" }).click();
  await expect(mood.getByRole("button", { name: /^That’s not right/ })).toBeVisible();
  expect(await read()).toMatchObject({ in_use: true, contest_words: null });
});

test("by keyboard alone, without a word, and lost on the way", async ({ page, server, faults, signIn }) => {
  await signIn(maya);
  await openConversation(page, server, "Invoice says two people, I live alone");
  const intent = page.getByRole("region", { name: "What we concluded about you" }).getByRole("listitem").filter({ hasText: "another supplier" });
  await tabTo(page, intent.getByRole("button", { name: /^That’s not right/ }));
  await page.keyboard.press("Enter");
  await expect(intent.getByRole("textbox")).toBeFocused();
  await faults.dropResponse({ method: "POST", path_prefix: "/v1/interactions" });
  await tabTo(page, intent.getByRole("button", { name: "Do not use it" }), 6);
  await page.keyboard.press("Enter");
  await expect(intent).toContainText("We no longer use it.");
  const history = await page.context().request.get(`${server.origin}/v1/preferences/history?limit=100`);
  const { items } = (await history.json()) as { items: { subject: string; changes: { after: { label?: string } }[] }[] };
  const entered = items.filter((one) => one.subject === "signal" && one.changes[0]?.after.label === "Intent");
  expect(entered).toHaveLength(1);
});

test("what is refused says so, and what was typed stays", async ({ page, server, faults, signIn }) => {
  await signIn(amal);
  await page.addInitScript(() => localStorage.setItem("portal.locale", "en"));
  const { id } = await conversation(page.context(), server, "فاتورة الشهر الماضي أعلى من المعتاد");
  await page.goto(`/interactions/${id}`);
  const mood = page.getByRole("region", { name: "What we concluded about you" }).getByRole("listitem");
  await mood.getByRole("button", { name: /^That’s not right/ }).click();
  await mood.getByRole("textbox").fill("Only curious.");
  await faults.fail({ method: "POST", path_prefix: "/v1/interactions" }, 500);
  await mood.getByRole("button", { name: "Do not use it" }).click();
  await expect(mood.getByRole("alert")).not.toBeEmpty();
  await expect(mood.getByRole("textbox")).toHaveValue("Only curious.");
});

test("a conversation says how often it had to be explained, and when", async ({ page, server, signIn }) => {
  await signIn(maya);
  await openConversation(page, server, "Charged twice for the same month");
  const facts = page.getByRole("complementary", { name: "Details" });
  await expect(facts).toContainText("You explained it");
  await expect(facts).toContainText("3 times");
  await expect(facts).toContainText("to other people of ours");
  await expect(facts).toContainText("Hand-offs");
});
