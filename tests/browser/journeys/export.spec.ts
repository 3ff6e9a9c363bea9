// An export opened in the portal: checked, read and searched on the device alone.
import { writeFile } from "node:fs/promises";
import { deflateRawSync } from "node:zlib";

import type { Request } from "@playwright/test";

import { amal, maya } from "../support/customers";
import { speak } from "../support/contact-points";
import { type Part, archive, choose, exported, few, manifest, many, openViewer, partsOf, result, zip } from "../support/export";
import { tabTo } from "../support/keyboard";
import { expect, test } from "../support/test";

const GOOD = "Everything is as it was made";

test("an export is opened, searched and read without a connection, and nothing of it is sent or kept", async ({ page, signIn, shot }) => {
  await signIn(maya);
  // What the first frame does not wait for is asked for when it stands, and the news last of all.
  const settled = page.waitForRequest("**/v1/events*");
  const coming = new Set<Request>();
  page.on("request", (request) => request.url().includes("/assets/") && coming.add(request));
  page.on("requestfinished", (request) => coming.delete(request));
  await openViewer(page);
  await settled;
  await expect.poll(() => coming.size, { message: "files of the portal that are still to come" }).toBe(0);
  await shot(page, "choosing");
  const kept = () => page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));
  const before = await kept();
  const databases = () => page.evaluate(async () => (await indexedDB.databases()).length + (await caches.keys()).length);
  // From here on nothing can be asked of anybody: every request that is made all the same fails, and is seen.
  const asked: string[] = [];
  page.on("request", (request) => {
    if (!request.url().includes("/v1/events")) asked.push(`${request.method()} ${request.url()}`);
  });
  await page.context().setOffline(true);
  await choose(page, exported(few));
  await expect(result(page)).toHaveText(GOOD);
  await expect(result(page)).toBeFocused();
  await expect(page.getByText("All 5 files in it are exactly as the list says.")).toBeVisible();
  await expect(page.getByText("DR-1001")).toBeVisible();
  await expect(page.getByRole("heading", { level: 3 })).toHaveText(["November 2026", "February 2026", "June 2025"]);
  await expect(page.getByRole("status").filter({ hasText: "3 conversations" })).toBeVisible();
  await shot(page, "open");

  await page.getByRole("searchbox", { name: "Search this export" }).fill("zebra money");
  await expect(page.getByRole("status").filter({ hasText: "1 of 3 conversations" })).toBeVisible();
  await page.getByRole("link", { name: /^Invoice 4411/ }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Invoice 4411 charged twice" })).toBeFocused();
  await expect(page.getByRole("article")).toHaveCount(2);
  await expect(page.getByText("the reference is ZEBRA-77")).toBeVisible();
  await expect(page.getByText("Not held any more")).toBeVisible();
  await shot(page, "conversation");
  const saving = page.waitForEvent("download");
  await page.getByRole("button", { name: "Save statement.txt" }).click();
  const saved = await saving;
  expect(saved.suggestedFilename()).toBe("statement.txt");
  const content = await saved.createReadStream();
  expect(Buffer.concat(await content.toArray()).toString()).toBe("two times 45.00");

  await page.goBack();
  await expect(page.getByRole("link", { name: /^Invoice 4411/ })).toBeFocused();
  await page.getByRole("searchbox").fill("nothing like it");
  await page.getByRole("button", { name: "Clear all filters" }).click();
  await page.getByRole("combobox", { name: "Year" }).selectOption({ label: "2025 (1)" });
  await expect(page.getByRole("status").filter({ hasText: "1 of 3 conversations" })).toBeVisible();
  // Markup in a subject is words.
  await expect(page.getByRole("link", { name: /^<b>No internet<\/b> \{since\} Monday/ })).toBeVisible();

  // The browser asks for its drawings whenever one is drawn, by an address that says nothing; an address of bytes in memory is none.
  const says = asked.filter((one) => !one.includes("blob:") && !/^GET http[^?]*\/(icons|favicon)\.svg$/.test(one));
  expect(says, "requests").toEqual([]);
  expect(await kept()).toBe(before);
  expect(await databases()).toBe(0);
  await page.context().setOffline(false);
  await page.reload();
  await expect(page.getByText("Put the ZIP file here, or choose it.")).toBeVisible();
});

const changed = (): Part[] => {
  const parts = partsOf(few);
  const said = manifest(parts);
  const [interactions, messages, ...rest] = parts;
  if (!interactions || !messages) throw new Error("there are both");
  const content = Buffer.from(messages.content);
  // One byte of what somebody wrote: money becomes honey. The archive's own checksum was mended.
  content[content.indexOf("money")] = "h".charCodeAt(0);
  const left = rest.filter((part) => part.path !== "index.html");
  return [interactions, { ...messages, content }, ...left, { path: "data/notes.json", content: Buffer.from("[]") }, said];
};

test("a changed byte, a missing file and one too many are each told by name, and what was changed is not shown", async ({ page, signIn, axe, shot }) => {
  await signIn(maya);
  await openViewer(page);
  await choose(page, archive(changed()));
  await expect(result(page)).toHaveText("3 files are not as they were made");
  await expect(page.getByText("Download the export again from your request.")).toBeVisible();
  const group = (title: RegExp) => page.locator("div").filter({ has: page.getByRole("heading", { level: 3, name: title }) }).last();
  await expect(group(/^Changed/).getByRole("listitem")).toHaveText(["data/messages.json"]);
  await expect(group(/^Missing/).getByRole("listitem")).toHaveText(["index.html"]);
  await expect(group(/^Added/).getByRole("listitem")).toHaveText(["data/notes.json"]);
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await axe(page);
    await shot(page, `changed-${colorScheme}`);
  }
  await page.getByRole("link", { name: /^Invoice 4411/ }).click();
  await expect(page.getByText("The messages are not shown")).toBeVisible();
  await expect(page.getByText("honey")).toHaveCount(0);
});

test("whatever byte of an export is changed, it is not said to be whole", async ({ page, signIn }) => {
  test.setTimeout(120_000);
  await signIn(maya);
  await openViewer(page);
  const whole = exported(few);
  const size = whole.buffer.length;
  for (let step = 0; step < 24; step += 1) {
    const buffer = Buffer.from(whole.buffer);
    const at = Math.floor((size * step) / 24) + 5;
    buffer[at] = (buffer[at] ?? 0) ^ 0x55;
    await choose(page, { ...whole, name: `changed-at-${at}.zip`, buffer });
    // What is said of the one before stands until this one is decided; where a file is refused, it is named.
    await expect(result(page)).toHaveText(new RegExp(`${GOOD}|not as|changed-at-${at}\\.zip`));
    const said = (await result(page).textContent()) ?? "";
    // Times and version numbers of the archive itself say nothing of its content, and no digest covers them.
    if (said === GOOD) {
      const names = page.getByRole("link", { name: /^(Invoice 4411|Moving house|<b>No internet)/ });
      await expect(names, `byte ${at} changed unseen`).toHaveCount(3);
    }
    if (said === GOOD || said.includes("not as")) await page.getByRole("button", { name: "Open another file" }).click();
  }
});

test("what is no export, or was built to do harm, is refused with what to do", async ({ page, signIn, axe, shot }) => {
  await signIn(maya);
  await openViewer(page);
  const parts = partsOf(few);
  const said = manifest(parts);
  const whole = zip([...parts, said]);
  const refused = async (file: Buffer | Part[], words: RegExp) => {
    const buffer = Buffer.isBuffer(file) ? file : zip(file);
    await choose(page, { name: "some.zip", mimeType: "application/zip", buffer });
    await expect(page.getByText(words)).toBeVisible();
    await expect(result(page)).toHaveText(/some\.zip.* was not opened/);
    await expect(result(page)).toBeFocused();
  };
  await refused(Buffer.from("no ZIP at all"), /not a whole ZIP file/);
  await refused(Buffer.alloc(0), /not a whole ZIP file/);
  await refused(whole.subarray(0, whole.length - 30), /not a whole ZIP file/);
  await refused(Buffer.concat([Buffer.from("MZ"), whole]), /list of contents is damaged/);
  await refused([{ path: "holiday.jpg", content: Buffer.from("x") }], /not a copy of your data/);
  await refused([manifest(parts, { format: "other" })], /not a copy of your data/);
  await refused([manifest(parts, { version: 9 })], /newer way/);
  await refused([manifest(parts, { files: [{ path: "a" }] })], /list of contents is damaged/);
  const deep = Buffer.from(`{"format":"urn:customer-portal:export","a":${"[".repeat(200_000)}`);
  await refused([{ path: "manifest.json", content: deep }], /list of contents is damaged/);
  await refused([...parts, { path: "../../.profile", content: Buffer.from("x") }, said], /Do not unpack it/);
  await refused([...parts, said, said], /Do not unpack it/);
  await axe(page);
  await shot(page, "refused");
});

test("a bomb is told as a changed file, and the page goes on", async ({ page, signIn }) => {
  await signIn(maya);
  await openViewer(page);
  const parts = partsOf(few);
  // It says a hundred bytes and unfolds to two hundred million.
  const bomb: Part = { path: "attachments/0009-small.txt", content: Buffer.alloc(100), packed: deflateRawSync(Buffer.alloc(200_000_000)) };
  await choose(page, archive([...parts, bomb, manifest([...parts, bomb])]));
  await expect(result(page)).toHaveText("One file is not as it was made");
  await expect(page.getByText("attachments/0009-small.txt").first()).toBeVisible();
  await expect(page.getByRole("link", { name: /^Invoice 4411/ })).toBeVisible();
});

test("who comes from a request hears whether it is that request's file", async ({ page, signIn }) => {
  const file = exported(few);
  const digest = Buffer.from(await crypto.subtle.digest("SHA-256", file.buffer)).toString("hex");
  await signIn(maya);
  await openViewer(page, `?sha256=${digest}`);
  await choose(page, file);
  await expect(page.getByText("byte for byte, the file that was prepared")).toBeVisible();
  await page.getByRole("button", { name: "Open another file" }).click();
  await choose(page, exported(few.slice(1)));
  await expect(page.getByText("not the file of the request that you came from")).toBeVisible();
  await expect(result(page)).toHaveText(GOOD);
});

test("it is opened by keyboard alone, and without an account", async ({ page, axe }) => {
  // The browser is told to hand its chooser over from here on; told right before the press, it opens its own now and then.
  const choosing = page.waitForEvent("filechooser");
  // What fails before it is waited for is told by what failed.
  choosing.catch(() => {});
  await openViewer(page);
  await tabTo(page, page.locator("#export-file"));
  await page.keyboard.press("Enter");
  await (await choosing).setFiles(exported(few));
  await expect(result(page)).toBeFocused();
  await tabTo(page, page.getByRole("searchbox"));
  await page.keyboard.type("moving");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("status").filter({ hasText: "1 of 3" })).toBeVisible();
  await tabTo(page, page.getByRole("link", { name: /^Moving house/ }));
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "Moving house in March" })).toBeFocused();
  await axe(page);
  await tabTo(page, page.getByRole("link", { name: "Sign in" }));
});

test("a file is dropped on it", async ({ page, signIn }) => {
  await signIn(maya);
  await openViewer(page);
  const { name, buffer } = exported(few);
  const bytes = buffer.toString("base64");
  const transfer = await page.evaluateHandle(
    ([name, bytes]) => {
      const transfer = new DataTransfer();
      const content = Uint8Array.from(atob(bytes), (letter) => letter.charCodeAt(0));
      transfer.items.add(new File([content], name, { type: "application/zip" }));
      return transfer;
    },
    [name, bytes] as const,
  );
  const place = page.locator(".drop");
  await place.dispatchEvent("dragover", { dataTransfer: transfer });
  await expect(place).toHaveAttribute("data-drop", "");
  await place.dispatchEvent("drop", { dataTransfer: transfer });
  await expect(result(page)).toHaveText(GOOD);
});

test("ten thousand conversations are opened and searched in many short turns, and the page answers in between", async ({ page, context, signIn }, info) => {
  test.setTimeout(180_000);
  const path = info.outputPath("many.zip");
  await writeFile(path, exported(many(10_000)).buffer);
  await signIn(maya);
  await openViewer(page);
  // How long a turn takes is the machine's matter and stands in the bench. Here it is counted how often something else has its turn
  // while the work goes on: were it done in one go, never.
  await page.evaluate(() => {
    const { port1, port2 } = new MessageChannel();
    const seen = { turns: 0, longest: 0, began: 0, last: 0 };
    port1.onmessage = () => {
      const now = performance.now();
      seen.longest = Math.max(seen.longest, now - seen.last);
      seen.last = now;
      seen.turns += 1;
      port2.postMessage(0);
    };
    port2.postMessage(0);
    const begin = () => Object.assign(seen, { turns: 0, longest: 0, began: performance.now(), last: performance.now() });
    document.querySelector("#export-file")?.addEventListener("change", begin);
    // The search begins with the address that names it.
    (globalThis as unknown as { navigation: EventTarget }).navigation.addEventListener("currententrychange", begin);
    Object.assign(globalThis, { seen: () => ({ ...seen, took: performance.now() - seen.began }) });
  });
  /** What was seen of the work, in the very turn in which its last words stood there. */
  const until = (words: string) =>
    page.evaluate(
      (words) =>
        new Promise<{ turns: number; longest: number; took: number }>((done) => {
          const { seen } = globalThis as unknown as { seen: () => { turns: number; longest: number; took: number } };
          new MutationObserver((_, look) => {
            if (!document.querySelector("main")?.textContent?.includes(words)) return;
            look.disconnect();
            done(seen());
          }).observe(document.body, { childList: true, subtree: true, characterData: true });
        }),
      words,
    );
  const opening = until("10,000 conversations");
  await page.locator("#export-file").setInputFiles(path);
  const opened = await opening;
  await expect(result(page)).toHaveText(GOOD);
  expect(opened.longest * 3, "no turn takes a third of the opening").toBeLessThan(opened.took);

  // A device that is far slower than any that the tests run on: the search of a fast one is over in a few turns.
  const slowly = await context.newCDPSession(page);
  await slowly.send("Emulation.setCPUThrottlingRate", { rate: 20 });
  // Who else is at work on the machine takes turns too: a search is looked at again before it is said to leave none.
  let turns = 0;
  for (const matter of [7654, 4321, 2345, 6543]) {
    const searching = until("1 of 10,000 conversations");
    await page.getByRole("searchbox").fill(`matter ${matter}: electricity invoice month same`);
    turns = Math.max(turns, (await searching).turns);
    if (turns >= 4) break;
    await page.getByRole("searchbox").fill("");
    await expect(page.getByRole("status").filter({ hasText: /^10,000 conversations/ })).toBeVisible();
  }
  expect(turns, "turns of others during a search").toBeGreaterThanOrEqual(4);
  await slowly.send("Emulation.setCPUThrottlingRate", { rate: 1 });
  console.log(`10,000 conversations: opened in ${opened.turns} turns, the longest ${(opened.longest / opened.took).toFixed(2)} of it; searched in ${turns}`);
  await page.getByRole("searchbox").fill("");
  await expect(page.getByRole("status").filter({ hasText: "10,000 conversations" })).toBeVisible();
  await page.getByRole("button", { name: "Show more" }).click();
  await expect(page.getByText("120 of 10,000 shown")).toBeVisible();
});

test("in Arabic it stands from right to left", async ({ page, signIn, context, axe, shot }) => {
  await speak(context, "ar");
  await signIn(amal);
  await openViewer(page, "", "فتح نسخة من بياناتي");
  await choose(page, archive(changed()));
  await expect(result(page)).toHaveText(/ليست كما أُعدّت/);
  await axe(page);
  await shot(page, "arabic");
});
