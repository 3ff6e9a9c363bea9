// What becomes of a data request afterwards: its copy opened on the device, made again when it has run out, talked about from two
// sides at once, and printed.
import { readFile } from "node:fs/promises";

import { speak } from "../support/contact-points";
import { amal, maya } from "../support/customers";
import { openForm, openRequest, operator, part, requestsOf, running } from "../support/data-requests";
import { openViewer, result } from "../support/export";
import { eagerForNews } from "../support/held";
import { withOwnServer } from "../support/own-server";
import { expect } from "../support/test";

// Copies are made again and requests written to, which other journeys count.
const test = withOwnServer();

test("the very file that was downloaded is opened, found whole and read on the device", async ({ page, context, signIn, axe }) => {
  await signIn(amal);
  await speak(context, "en");
  await eagerForNews(page);
  await openForm(page, "kind=portability", "Take my data elsewhere");
  await page.getByRole("button", { name: "Take my data elsewhere" }).click();
  const button = part(page, "Your files").getByRole("button", { name: /^Download/ });
  // It is made in the background, of everything that is held.
  await expect(button).toBeVisible({ timeout: 60_000 });
  const [saved] = await Promise.all([page.waitForEvent("download"), button.click()]);
  const buffer = await readFile(await saved.path());

  await openViewer(page);
  await page.locator("#export-file").setInputFiles({ name: saved.suggestedFilename(), mimeType: "application/zip", buffer });
  await expect(result(page)).toHaveText("Everything is as it was made");
  const conversation = page.getByRole("main").getByRole("link", { name: /فاتورة الشهر الماضي أعلى من المعتاد/ });
  await expect(conversation).toBeVisible();
  await axe(page);
  await conversation.click();
  await expect(page.getByRole("heading", { level: 1, name: "فاتورة الشهر الماضي أعلى من المعتاد" })).toBeFocused();
  await expect(page.getByRole("article").first()).toBeVisible();
});

test("a copy that has run out is made again by one press", async ({ page, context, server, signIn }) => {
  await signIn(maya);
  await eagerForNews(page);
  const copied = (await requestsOf(context, server)).find((one) => one.artifacts.some((artifact) => artifact.state === "expired"));
  if (!copied) throw new Error("the demonstration has no copy that ran out");
  await openRequest(page, copied, "Get a copy of my data");
  const files = part(page, "Your files");
  await expect(files.getByText(/no longer there since/)).toBeVisible();
  await files.getByRole("button", { name: "Make the files again" }).dblclick();
  await expect(files.getByRole("button", { name: /^Download/ })).toBeVisible({ timeout: 60_000 });
  await expect(files.getByRole("button", { name: "Make the files again" })).toHaveCount(0);
  const now = (await requestsOf(context, server)).find((one) => one.id === copied.id);
  expect(now?.artifacts.filter((artifact) => artifact.state === "ready")).toHaveLength(1);
});

test("what the company and another tab say meanwhile is shown, and nothing that is being written is lost", async ({ page, context, server, signIn }) => {
  await signIn(maya);
  const [request] = await running(context, server, "rectification");
  if (!request) throw new Error("the demonstration has no correction under way");
  const messages = (of: typeof page) => part(of, "Messages about this request");
  const words = (of: typeof page) => of.getByRole("textbox", { name: "Write to us about it" });
  const other = await context.newPage();
  for (const tab of [page, other]) {
    await eagerForNews(tab);
    await openRequest(tab, request, "Correct something");
  }
  await words(page).fill("The form is in my drawer.");
  await operator(server, "answer", request.id, "We have found the form.");
  await expect(messages(page).getByText("We have found the form.")).toBeVisible();
  await expect(words(page)).toHaveValue("The form is in my drawer.");
  await words(other).fill("From another tab.");
  await other.getByRole("button", { name: "Send message" }).click();
  await expect(messages(other).getByText("From another tab.")).toBeVisible();
  await expect(messages(page).getByText("From another tab.")).toBeVisible();
  await page.getByRole("button", { name: "Send message" }).dblclick();
  await expect(messages(page).getByText("The form is in my drawer.")).toBeVisible();
  await expect(words(page)).toHaveValue("");
  await page.reload();
  for (const said of ["We have found the form.", "From another tab.", "The form is in my drawer."]) {
    await expect(messages(page).getByText(said)).toHaveCount(1);
  }
});

test("on paper there is the request and nothing to press", async ({ page, context, server, signIn }) => {
  await signIn(maya);
  const [request] = await running(context, server, "rectification");
  if (!request) throw new Error("the demonstration has no correction under way");
  await openRequest(page, request, "Correct something");
  await expect(part(page, "What happened so far").getByText("The request came in.")).toBeVisible();
  await page.emulateMedia({ media: "print" });
  await expect(page.getByRole("heading", { level: 1, name: "Correct something" })).toBeVisible();
  await expect(part(page, "What happened so far").getByText("The request came in.")).toBeVisible();
  await expect(page.getByText(request.reference).first()).toBeVisible();
  for (const pressed of [page.getByRole("navigation"), page.getByRole("banner"), page.getByRole("button"), page.getByRole("textbox")]) {
    await expect(pressed.filter({ visible: true })).toHaveCount(0);
  }
});
