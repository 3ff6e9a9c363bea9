// Answering: what was written is never lost and never sent twice, and files come with it.
import { readFile, writeFile } from "node:fs/promises";

import type { Page, Route } from "@playwright/test";

import { expireAtNextWrite, maya, messagesOf, newcomer, openConversation } from "../support/customers";
import { hold } from "../support/held";
import { newestMail, nextCode } from "../support/outbox";
import { expect, test } from "../support/test";

const answer = (page: Page) => page.getByRole("textbox", { name: "Your answer" });
const send = (page: Page) => page.getByRole("button", { name: "Send answer" });
const addFiles = (page: Page, files: Parameters<ReturnType<Page["locator"]>["setInputFiles"]>[0]) => page.getByLabel("Add a file").setInputFiles(files);
const composer = (page: Page) => page.getByRole("form", { name: "Your answer" });

/** Four bytes that say PDF, and more. */
const pdf = (name: string, size = 2_000) => ({
  name,
  mimeType: "application/pdf",
  buffer: Buffer.concat([Buffer.from("%PDF-1.4\n"), Buffer.alloc(size, "x"), Buffer.from("\n%%EOF")]),
});

const SUBJECT = "Invoice by email again, please";

/** Refuses every answer for this error of a field, until what is given back is called. */
const refuseAnswers = async (page: Page, error: { pointer: string; code: string; limit?: number }) => {
  const body = JSON.stringify({ type: "urn:customer-portal:problem:validation", title: "Invalid", status: 422, errors: [error] });
  const refuse = (route: Route) =>
    route.request().method() === "POST" ? route.fulfill({ status: 422, contentType: "application/problem+json", body }) : route.fallback();
  await page.route("**/messages", refuse);
  return () => page.unroute("**/messages", refuse);
};

test.beforeEach(async ({ signIn }) => signIn(maya));

test("an answer stands in the thread at once, and once at the server", async ({ page, context, server, axe }) => {
  const id = await openConversation(page, server, SUBJECT);
  await answer(page).fill("Any news on this?");
  await axe(page);
  await send(page).click();
  await expect(page.getByRole("article").last()).toContainText("Any news on this?");
  await expect(page.getByRole("status").filter({ hasText: "Your answer is sent." })).toBeVisible();
  await expect(answer(page)).toHaveValue("");
  const texts = (await messagesOf(context, server, id)).map((message) => message.text);
  expect(texts.filter((text) => text === "Any news on this?")).toHaveLength(1);
});

test("a double click sends one message", async ({ page, context, server }) => {
  const id = await openConversation(page, server, SUBJECT);
  await answer(page).fill("Clicked twice.");
  await send(page).dblclick();
  await expect(page.getByRole("article").filter({ hasText: "Clicked twice." })).toHaveCount(1);
  await expect(answer(page)).toHaveValue("");
  const texts = (await messagesOf(context, server, id)).map((message) => message.text);
  expect(texts.filter((text) => text === "Clicked twice.")).toHaveLength(1);
});

test("an empty answer is not sent, and it is said why and where", async ({ page, server, axe }) => {
  await openConversation(page, server, SUBJECT);
  await send(page).click();
  const summary = composer(page).getByRole("group", { name: "There is a problem Write a message or add a file" });
  await expect(summary).toBeFocused();
  await expect(page).toHaveTitle(/^Problem: /);
  await expect(answer(page)).toHaveAttribute("aria-invalid", "true");
  await expect(answer(page)).toHaveAccessibleDescription("Write a message or add a file");
  await axe(page);
  await summary.getByRole("link").click();
  await expect(answer(page)).toBeFocused();
});

test("what the server refuses of the words stays said until they are others", async ({ page, server }) => {
  await openConversation(page, server, SUBJECT);
  await refuseAnswers(page, { pointer: "/text", code: "too_long", limit: 5 });
  await answer(page).fill("Rather long");
  await send(page).click();
  const summary = composer(page).getByRole("group", { name: /^There is a problem/ });
  await expect(summary).toBeFocused();
  await expect(answer(page)).toHaveAttribute("aria-invalid", "true");
  await answer(page).fill("Short");
  await answer(page).blur();
  await expect(summary).toHaveCount(0);
  await answer(page).fill("");
});

test("a draft survives a reload, and a visit elsewhere", async ({ page, server }) => {
  const id = await openConversation(page, server, SUBJECT);
  await answer(page).fill("Half an answ");
  await expect(page.getByText("Draft kept in this tab.")).toBeVisible();
  await page.reload();
  await expect(answer(page)).toHaveValue("Half an answ");
  await page.getByRole("navigation", { name: "Places" }).getByRole("link", { name: "Overview" }).click();
  await expect(page.getByRole("heading", { level: 1, name: /^Hello/ })).toBeVisible();
  await page.goBack();
  await expect(answer(page)).toHaveValue("Half an answ");
  expect(page.url()).toContain(id);
  await answer(page).fill("");
});

test("the session ends in mid-reply: sign in over it, same words, one message", async ({ page, context, server, axe }) => {
  const id = await openConversation(page, server, SUBJECT);
  await answer(page).fill("Written before the session ran out.");
  const known = await newestMail(server, maya);
  await expireAtNextWrite(page, server);
  await send(page).click();
  const dialog = page.getByRole("dialog", { name: "Sign in again" });
  await expect(dialog).toBeVisible();
  // The dialog takes the focus and says it: the line below says it to the eye alone.
  await expect(page.getByText("You are signed out. Sign in again to go on")).toBeVisible();
  await expect(page.locator("[role=alert]").filter({ hasText: "You are signed out" })).toHaveCount(0);
  await axe(page);
  await dialog.getByLabel("Email address").fill(maya);
  await dialog.getByRole("button", { name: "Send me a code" }).click();
  await dialog.getByLabel("Code", { exact: true }).fill(await nextCode(server, maya, known));
  await dialog.getByRole("button", { name: "Sign in" }).click();
  await expect(dialog).toBeHidden();
  await expect(answer(page)).toHaveValue("Written before the session ran out.");
  await send(page).click();
  await expect(page.getByRole("article").last()).toContainText("Written before the session ran out.");
  await expect(answer(page)).toHaveValue("");
  const texts = (await messagesOf(context, server, id)).map((message) => message.text);
  expect(texts.filter((text) => text === "Written before the session ran out.")).toHaveLength(1);
});

test("somebody else who signs in over it finds neither the screen nor the draft", async ({ page, context, server }) => {
  await openConversation(page, server, SUBJECT);
  await answer(page).fill("For nobody else's eyes.");
  const known = await newestMail(server, newcomer);
  await expireAtNextWrite(page, server);
  await send(page).click();
  const dialog = page.getByRole("dialog", { name: "Sign in again" });
  await dialog.getByLabel("Email address").fill(newcomer);
  await dialog.getByRole("button", { name: "Send me a code" }).click();
  await dialog.getByLabel("Code", { exact: true }).fill(await nextCode(server, newcomer, known));
  await dialog.getByRole("button", { name: "Sign in" }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText(/Invoice by email again|For nobody else's eyes/)).toHaveCount(0);
  await expect.poll(() => page.evaluate(() => JSON.stringify({ ...sessionStorage }))).not.toContain("nobody else");
  await expect(page.locator("body")).not.toContainText("For nobody else's eyes");
});

test("a file goes with an answer and comes back byte for byte", async ({ page, context, server, axe }) => {
  const id = await openConversation(page, server, SUBJECT);
  const file = pdf("proof.pdf", 300_000);
  await addFiles(page, file);
  await expect(composer(page).getByText("proof.pdf")).toBeVisible();
  await expect(composer(page).getByRole("progressbar")).toHaveCount(0);
  await axe(page);
  await answer(page).fill("The proof is attached.");
  await send(page).click();
  const sent = page.getByRole("article").last();
  await expect(sent).toContainText("The proof is attached.");
  const downloading = page.waitForEvent("download");
  await sent.getByRole("link", { name: /proof\.pdf/ }).click();
  const download = await downloading;
  expect(Buffer.compare(await readFile(await download.path()), file.buffer)).toBe(0);
  await expect(composer(page).getByText("proof.pdf")).toHaveCount(0);
  expect((await messagesOf(context, server, id)).filter((message) => message.attachments.some((one) => one.file_name === "proof.pdf"))).toHaveLength(1);
});

test("a file let go over the answer is added to it, and the page stays", async ({ page, context, server }, info) => {
  await openConversation(page, server, SUBJECT);
  const path = info.outputPath("dropped.pdf");
  await writeFile(path, pdf("dropped.pdf").buffer);
  await answer(page).scrollIntoViewIfNeeded();
  const box = await answer(page).boundingBox();
  const at = { x: (box?.x ?? 0) + 20, y: (box?.y ?? 0) + 20 };
  // The browser's own drag of files, as from a folder beside it.
  const browser = await context.newCDPSession(page);
  const drag = (type: "dragEnter" | "dragOver" | "drop") =>
    browser.send("Input.dispatchDragEvent", { type, ...at, data: { items: [], files: [path], dragOperationsMask: 1 } });
  await drag("dragEnter");
  await drag("dragOver");
  await expect(composer(page)).toHaveAttribute("data-drop", "");
  await drag("drop");
  await expect(composer(page)).not.toHaveAttribute("data-drop");
  await expect(composer(page).getByText("dropped.pdf")).toBeVisible();
  await expect(composer(page).getByRole("progressbar")).toHaveCount(0);
  expect(page.url()).toContain(server.origin);
  await page.getByRole("button", { name: "Remove dropped.pdf" }).click();
});

test("a picture from the clipboard is added, and pasted words stay words", async ({ page, context, server }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await openConversation(page, server, SUBJECT);
  await page.evaluate(async () => {
    const canvas = Object.assign(document.createElement("canvas"), { width: 40, height: 40 });
    canvas.getContext("2d")?.fillRect(0, 0, 20, 20);
    const picture = new Promise<Blob>((done) => canvas.toBlob((blob) => blob && done(blob), "image/png"));
    await navigator.clipboard.write([new ClipboardItem({ "image/png": picture })]);
  });
  await answer(page).focus();
  await page.keyboard.press("Control+V");
  await expect(composer(page).getByText(/\.png$/)).toBeVisible();
  await expect(composer(page).getByRole("progressbar")).toHaveCount(0);
  await page.evaluate(() => navigator.clipboard.writeText("from elsewhere"));
  await answer(page).focus();
  await page.keyboard.press("Control+V");
  await expect(answer(page)).toHaveValue("from elsewhere");
  await expect(composer(page).getByRole("listitem")).toHaveCount(1);
  await page.getByRole("button", { name: /^Remove .*\.png$/ }).click();
  await answer(page).fill("");
});

const held = (page: Page) => composer(page).getByRole("status").filter({ hasText: /^Your message is sent as soon as its files have arrived\./ });

test("an answer is sent as soon as its file has arrived, by one press", async ({ page, context, server, axe }) => {
  const id = await openConversation(page, server, SUBJECT);
  const upload = await hold(page, "POST", "/v1/interactions");
  await addFiles(page, pdf("slow.pdf"));
  await expect(page.getByRole("progressbar", { name: "Upload of slow.pdf" })).toBeVisible();
  await answer(page).fill("With my file, whenever it comes");
  await send(page).click();
  await expect(held(page)).toBeVisible();
  await expect(composer(page).getByRole("button", { name: "Sending…" })).toBeVisible();
  await expect(composer(page).getByRole("group", { name: /There is a problem/ })).toHaveCount(0);
  await axe(page);
  upload.letGo();
  const sent = page.getByRole("article").last();
  await expect(sent).toContainText("With my file, whenever it comes");
  await expect(sent.getByRole("link", { name: /slow\.pdf/ })).toBeVisible();
  await expect(answer(page)).toHaveValue("");
  const texts = (await messagesOf(context, server, id)).map((message) => message.text);
  expect(texts.filter((text) => text === "With my file, whenever it comes")).toHaveLength(1);
});

test("a file on its way can be taken out, and then its message is not sent before the next press", async ({ page, server }) => {
  await openConversation(page, server, SUBJECT);
  await hold(page, "POST", "/v1/interactions");
  await addFiles(page, pdf("slow.pdf"));
  await answer(page).fill("Not without my file");
  await send(page).click();
  await expect(held(page)).toBeVisible();
  await page.getByRole("button", { name: "Remove slow.pdf" }).click();
  await expect(composer(page).getByText("slow.pdf")).toHaveCount(0);
  await expect(held(page)).toHaveCount(0);
  await expect(send(page)).toBeVisible();
  await expect(answer(page)).toHaveValue("Not without my file");
  await answer(page).fill("");
});

test("a message whose file does not arrive is not sent, and that is said", async ({ page, server, axe }) => {
  await openConversation(page, server, SUBJECT);
  const upload = await hold(page, "POST", "/v1/interactions");
  await addFiles(page, { ...pdf("trick.pdf"), buffer: Buffer.from("MZ\x90\x00 this is a program") });
  await answer(page).fill("See the file.");
  await send(page).click();
  await expect(held(page)).toBeVisible();
  upload.letGo();
  const summary = composer(page).getByRole("group", { name: /^There is a problem Your message was not sent, because a file did not arrive\./ });
  await expect(summary).toBeFocused();
  await expect(composer(page).getByRole("alert").filter({ hasText: /We cannot take files of this kind: trick\.pdf/ })).toBeVisible();
  await expect(answer(page)).toHaveValue("See the file.");
  await axe(page);
  await page.getByRole("button", { name: "Remove trick.pdf" }).click();
  await answer(page).fill("");
});

test("a file of a draft that the server no longer has is named, and the words stay", async ({ page, server }) => {
  await openConversation(page, server, SUBJECT);
  await addFiles(page, pdf("old.pdf"));
  await expect(page.getByText("Draft kept in this tab.")).toBeVisible();
  const takeAgain = await refuseAnswers(page, { pointer: "/attachment_ids/0", code: "unknown" });
  await answer(page).fill("As in the file.");
  await send(page).click();
  await expect(composer(page).getByRole("group", { name: /^There is a problem Your message was not sent, because a file did not arrive\./ })).toBeFocused();
  await expect(composer(page).getByRole("alert").filter({ hasText: "old.pdf is no longer with us." })).toBeVisible();
  await takeAgain();
  await page.getByRole("button", { name: "Remove old.pdf" }).click();
  await send(page).click();
  await expect(page.getByRole("article").last()).toContainText("As in the file.");
});

test("files that are too large or of a kind that is not taken are told in a sentence, and nothing is lost", async ({ page, server, axe }, info) => {
  await openConversation(page, server, SUBJECT);
  await answer(page).fill("My words stay.");
  // From the disk: as bytes in memory it would go through the browser's remote control first.
  const huge = info.outputPath("huge.pdf");
  await writeFile(huge, pdf("huge.pdf", 26_000_000).buffer);
  await addFiles(page, huge);
  await expect(composer(page).getByRole("alert").filter({ hasText: /huge\.pdf is too large\. A file can be at most/ })).toBeVisible();
  await addFiles(page, { name: "trick.pdf", mimeType: "application/pdf", buffer: Buffer.from("MZ\x90\x00 this is a program") });
  await expect(composer(page).getByRole("alert").filter({ hasText: /We cannot take files of this kind: trick\.pdf/ })).toBeVisible();
  await send(page).click();
  const summary = composer(page).getByRole("group", { name: /^There is a problem Your message was not sent, because a file did not arrive\./ });
  await expect(summary).toBeFocused();
  await expect(answer(page)).toHaveValue("My words stay.");
  await axe(page);
  await page.getByRole("button", { name: "Remove huge.pdf" }).click();
  await page.getByRole("button", { name: "Remove trick.pdf" }).click();
  await answer(page).fill("");
});

test("an uploaded file is still there after a reload", async ({ page, server }) => {
  await openConversation(page, server, SUBJECT);
  await addFiles(page, pdf("kept.pdf"));
  await expect(page.getByText("Draft kept in this tab.")).toBeVisible();
  await page.reload();
  await expect(composer(page).getByText("kept.pdf")).toBeVisible();
  await page.getByRole("button", { name: "Remove kept.pdf" }).click();
});

test("a conversation that was closed meanwhile keeps the words", async ({ page, context, server }) => {
  const id = await openConversation(page, server, "Invoice says two people, I live alone");
  await answer(page).fill("Too late?");
  await expect(page.getByText("Draft kept in this tab.")).toBeVisible();
  const headers = { "X-Portal-CSRF": "1", Origin: server.origin, "Idempotency-Key": crypto.randomUUID() };
  const closed = await context.request.post(`${server.origin}/v1/interactions/${id}/close`, { headers });
  expect(closed.ok(), await closed.text()).toBe(true);
  await page.getByRole("button", { name: "Open it again" }).click();
  await expect(answer(page)).toHaveValue("Too late?");
});
