// Files that a customer adds in a frame: as outside of one they show how far they are, can be taken out, and are refused in a sentence.
import { writeFile } from "node:fs/promises";

import type { Page } from "@playwright/test";

import { hold } from "../support/held";
import { denyStorage, embedded as test, type Host, inside, MAYA, openHost, portalFrame, withoutThirdPartyCookies } from "../support/host";
import { expect } from "../support/test";

test.use({ guarded: false, launchOptions: withoutThirdPartyCookies() });

const SUBJECT = "Invoice by email again, please";

const pdf = (name: string, size = 2_000) => ({ name, mimeType: "application/pdf", buffer: Buffer.concat([Buffer.from("%PDF-1.4\n"), Buffer.alloc(size, "x")]) });
const composer = (page: Page) => inside(page).getByRole("form", { name: "Your answer" });
const answer = (page: Page) => inside(page).getByRole("textbox", { name: "Your answer" });
const addFiles = (page: Page, files: ReturnType<typeof pdf> | string) => inside(page).getByLabel("Add a file").setInputFiles(files);

const openThread = async (page: Page, host: Host) => {
  await openHost(page, host, { path: "/interactions?q=Invoice%20by%20email%20again", locale: "en" });
  await inside(page).getByRole("link", { name: new RegExp(SUBJECT) }).first().click();
  await expect(inside(page).getByRole("heading", { level: 1, name: SUBJECT })).toBeVisible();
  await expect(answer(page)).toBeVisible();
};

test.beforeEach(async ({ host, server, context }) => {
  host.customer = MAYA;
  host.alter = (claims) => claims;
  await denyStorage(context, server);
});

test("a file shows how far it is while it goes, and arrives", async ({ page, host, server }, info) => {
  await openThread(page, host);
  // What the bar says at any time is written down: how long each is shown is the machine's own matter.
  await portalFrame(page, server).evaluate(() => {
    const its = window as unknown as { steps: number[] };
    its.steps = [];
    const look = () => document.querySelectorAll("progress").forEach(({ value }) => its.steps.push(value));
    new MutationObserver(look).observe(document.body, { subtree: true, childList: true, attributes: true });
  });
  const path = info.outputPath("large.pdf");
  const size = 20_000_000;
  await writeFile(path, pdf("large.pdf", size).buffer);
  await addFiles(page, path);
  await expect(composer(page).getByText("large.pdf")).toBeVisible();
  const steps = () => portalFrame(page, server).evaluate(() => (window as unknown as { steps: number[] }).steps);
  await expect.poll(async () => Math.max(...(await steps()))).toBeGreaterThanOrEqual(size);
  await expect(composer(page).getByRole("progressbar")).toHaveCount(0);
  await answer(page).fill("With something large.");
  await inside(page).getByRole("button", { name: "Send answer" }).click();
  await expect(inside(page).getByRole("article").last().getByRole("link", { name: /large\.pdf/ })).toBeVisible();
});

const held = (page: Page) => composer(page).getByRole("status").filter({ hasText: /^Your message is sent as soon as its files have arrived\./ });

test("an answer waits for its file, and is sent with it by one press", async ({ page, host }) => {
  await openThread(page, host);
  const upload = await hold(page, "POST", "/v1/interactions");
  await addFiles(page, pdf("awaited.pdf"));
  await answer(page).fill("Sent when it is there.");
  await inside(page).getByRole("button", { name: "Send answer" }).click();
  await expect(held(page)).toBeVisible();
  upload.letGo();
  const sent = inside(page).getByRole("article").last();
  await expect(sent).toContainText("Sent when it is there.");
  await expect(sent.getByRole("link", { name: /awaited\.pdf/ })).toBeVisible();
});

test("a file on its way can be taken out, and nothing is sent for that", async ({ page, host }) => {
  await openThread(page, host);
  await hold(page, "POST", "/v1/interactions");
  await addFiles(page, pdf("slow.pdf"));
  await expect(inside(page).getByRole("progressbar", { name: "Upload of slow.pdf" })).toBeVisible();
  await answer(page).fill("Not without my file");
  await inside(page).getByRole("button", { name: "Send answer" }).click();
  await expect(held(page)).toBeVisible();
  const given = page.waitForEvent("requestfailed", (request) => request.method() === "POST" && request.url().includes("/attachments"));
  await inside(page).getByRole("button", { name: "Remove slow.pdf" }).click();
  await given;
  await expect(composer(page).getByText("slow.pdf")).toHaveCount(0);
  await expect(held(page)).toHaveCount(0);
  await expect(answer(page)).toHaveValue("Not without my file");
});

test("files that are too large or of a kind that is not taken are told in a sentence, and nothing is lost", async ({ page, host }, info) => {
  await openThread(page, host);
  await answer(page).fill("My words stay.");
  const huge = info.outputPath("huge.pdf");
  await writeFile(huge, pdf("huge.pdf", 26_000_000).buffer);
  await addFiles(page, huge);
  await expect(composer(page).getByRole("alert").filter({ hasText: /huge\.pdf is too large\. A file can be at most/ })).toBeVisible();
  await addFiles(page, { ...pdf("trick.pdf"), buffer: Buffer.from("MZ\x90\x00 this is a program") });
  await expect(composer(page).getByRole("alert").filter({ hasText: /We cannot take files of this kind: trick\.pdf/ })).toBeVisible();
  await expect(answer(page)).toHaveValue("My words stay.");
});

test("a file whose bearer holds no more on its way goes in the name of a new one, once", async ({ page, host, server }) => {
  let bearer = "";
  const files: string[] = [];
  page.on("request", (request) => {
    const { authorization = "", cookie } = request.headers();
    bearer = authorization || bearer;
    if (request.url().endsWith("/attachments")) files.push(`${authorization === "" ? "nobody" : "somebody"}${cookie === undefined ? "" : ", and a cookie"}`);
  });
  await openThread(page, host);
  const vouched = host.vouched;
  const ended = await fetch(`${server.origin}/v1/session`, { method: "DELETE", headers: { Authorization: bearer, "X-Portal-CSRF": "1" } });
  expect(ended.ok).toBe(true);
  await addFiles(page, pdf("late.pdf"));
  await expect(composer(page).getByText("late.pdf")).toBeVisible();
  await expect(composer(page).getByRole("progressbar")).toHaveCount(0);
  await expect(composer(page).getByRole("alert").filter({ hasText: /\S/ })).toHaveCount(0);
  expect(host.vouched).toBeGreaterThan(vouched);
  expect(new Set(files)).toEqual(new Set(["somebody"]));
  await inside(page).getByRole("button", { name: "Remove late.pdf" }).click();
});
