// The first journeys of a customer in WebKit, Safari's engine: what an engine does otherwise is met there and nowhere else.
import { maya } from "../support/customers";
import { newestMail, nextCode } from "../support/outbox";
import { expect, test as base } from "../support/test";
import { WebKit, missing } from "../support/webkit";

const ENTER = "\ue007";

/** A window in which Maya has signed in, by the code that a mail brings. */
const test = base.extend<{ webkit: WebKit }>({
  webkit: async ({ server }, use) => {
    const webkit = await WebKit.start();
    try {
      await webkit.open(server.origin);
      const known = await newestMail(server, maya);
      await webkit.type("Email address", maya + ENTER);
      await webkit.see("a code is on its way");
      await webkit.type("Code", (await nextCode(server, maya, known)) + ENTER);
      await webkit.see("Hello, Maya");
      await use(webkit);
    } finally {
      await webkit.stop();
    }
  },
});

test.skip(missing() !== undefined, missing());

test("a customer of WebKit signs in, finds a conversation, answers it and closes it", async ({ webkit }) => {
  await webkit.press("Interactions");
  await webkit.press("Channel", "button");
  await webkit.press("Chat");
  await expect.poll(() => webkit.run("return location.search")).toContain("channel=chat");
  await webkit.press("Broadband drops every evening");
  await webkit.type("Your answer", "A word from another engine.");
  await webkit.press("Send answer");
  await webkit.see("Your answer is sent.");
  await webkit.see("A word from another engine.");
  await webkit.press("Close this conversation");
  await webkit.see("The conversation is closed.");
});

test("a customer of WebKit switches a topic, opens a dialog and its way out, and signs out by the menu", async ({ webkit }) => {
  await webkit.press("Preferences");
  await webkit.press("Security alerts", ".matrix input[role=switch]");
  await webkit.see(/Saved at \d/);
  await webkit.press("Pause until");
  await webkit.see("For one week");
  await webkit.press("Leave it as it is");
  await expect.poll(() => webkit.run("return document.querySelectorAll('dialog[open]').length")).toBe(0);
  await webkit.press("You", "header button");
  await webkit.press("Sign out");
  await webkit.see("We send a code to your email address.");
});
