// The same portal in other languages and directions, on a phone and on a wide screen.
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { Page } from "@playwright/test";

import { amal, conversation, jonas, maya } from "../support/customers";
import { newestMail, nextCode } from "../support/outbox";
import { offerPseudoLocales } from "../support/pseudo-locales.mjs";
import { Server, dist } from "../support/server";
import { expect, signInByApi, test } from "../support/test";

const settled = async (page: Page) => {
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(page.locator(".skeleton")).toHaveCount(0);
};

/** Nothing reaches over the edge of the page, and says what does. */
const assertFits = async (page: Page) => {
  const over = () => page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    const wide = [...document.body.querySelectorAll("*")].filter((element) => {
      const box = element.getBoundingClientRect();
      return box.width > 0 && (box.right > width + 1 || box.left < -1);
    });
    return [`${document.documentElement.scrollWidth} of ${width}`, ...wide.slice(0, 5).map((element) => element.outerHTML.slice(0, 120))];
  });
  await expect.poll(over, { message: "what reaches over the edge" }).toEqual([]);
};

test("who is known to read Arabic finds the page in Arabic, turned around", async ({ page, context, server, signIn, axe }) => {
  await signIn(amal);
  const { id } = await conversation(context, server, "فاتورة الشهر الماضي أعلى من المعتاد");
  for (const path of ["/", "/interactions", `/interactions/${id}`, "/help"]) {
    await page.goto(path);
    await settled(page);
    await expect(page.locator("html")).toHaveAttribute("dir", "rtl");
    await expect(page.locator("html")).toHaveAttribute("lang", "ar");
    await assertFits(page);
    await axe(page);
  }
  expect(await page.evaluate(() => localStorage.getItem("portal.locale")), "a record is no choice made here").toBe(null);
});

test("a language chosen in the menu turns the page, stays on this device, and leaves the record as it is", async ({ page, context, server, signIn }) => {
  await signIn(amal);
  await page.goto("/");
  await expect(page.locator("html")).toHaveAttribute("lang", "ar");
  await page.locator("[popovertarget=you]").click();
  await page.getByRole("button", { name: "English" }).click();
  await expect(page.locator("html")).toHaveAttribute("dir", "ltr");
  await page.reload();
  await expect(page.getByRole("heading", { level: 1, name: /^Hello/ })).toBeVisible();
  const me = (await (await context.request.get(`${server.origin}/v1/me`)).json()) as { locale: string };
  expect(me.locale).toBe("ar");
});

test("signing in turns to the language of whoever signed in, and speaks of nothing else on the way", async ({ page, server }) => {
  const known = await newestMail(server, amal);
  await page.goto("/");
  await page.getByLabel("Email address").fill(amal);
  await page.getByRole("button", { name: "Send me a code" }).click();
  await page.getByLabel("Code", { exact: true }).fill(await nextCode(server, amal, known));
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("أمل");
  await expect(page.locator("html")).toHaveAttribute("lang", "ar");
});

test("in Arabic a conversation is found, opened and answered", async ({ page, signIn }) => {
  await signIn(amal);
  await page.goto("/");
  await page.getByRole("navigation").first().getByRole("link", { name: "وسائل الاتصال بك" }).or(page.locator("nav a[href='/interactions']")).first().click();
  await expect(page.getByRole("main").getByRole("listitem").first()).toBeVisible();
  await page.getByRole("main").getByRole("searchbox").fill("الفنّي");
  await expect(page.getByRole("main").locator("mark").first()).toBeVisible();
  await page.getByRole("main").getByRole("searchbox").fill("");
  await page.getByRole("link", { name: /فاتورة الشهر الماضي/ }).click();
  await expect(page.getByRole("heading", { level: 1, name: "فاتورة الشهر الماضي أعلى من المعتاد" })).toBeFocused();
  await page.getByRole("main").getByRole("textbox").fill("شكرًا جزيلًا");
  await page.getByRole("main").locator("form").getByRole("button").last().click();
  await expect(page.getByRole("article").last()).toContainText("شكرًا جزيلًا");
});

test.describe("a German browser", () => {
  test.use({ locale: "de-DE" });

  test("is answered in German, from the sign-in on", async ({ page, context, server, signIn, axe }) => {
    await page.goto("/");
    await expect(page.locator("html")).toHaveAttribute("lang", "de");
    await expect(page.getByRole("heading", { level: 1, name: "Anmelden" })).toBeVisible();
    await assertFits(page);
    await signIn(jonas);
    const answer = await context.request.get(`${server.origin}/v1/interactions?limit=1`);
    const { items } = (await answer.json()) as { items: { id: string }[] };
    for (const path of ["/", "/interactions", `/interactions/${items[0]?.id}`]) {
      await page.goto(path);
      await settled(page);
      await assertFits(page);
      await axe(page);
    }
  });
});

test("at 320 pixels nothing reaches over the edge", async ({ page, context, server, signIn }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await page.goto("/");
  await settled(page);
  await assertFits(page);
  await signIn(maya);
  const { id } = await conversation(context, server, "Charged twice for the same month");
  for (const path of ["/", "/interactions?q=the&channel=email", `/interactions/${id}`, "/help", "/no-such-page"]) {
    await page.goto(path);
    await settled(page);
    await assertFits(page);
  }
});

test("words 40% longer, words from right to left and words that attack leave the page whole", async ({ browser }, info) => {
  test.slow();
  const copy = await mkdtemp(join(tmpdir(), "portal-pseudo-"));
  await cp(dist(), copy, { recursive: true });
  for (const twin of [".br", ".gz"]) await rm(join(copy, `config.json${twin}`), { force: true });
  await offerPseudoLocales(copy);
  const server = await Server.start({ portal: copy });
  try {
    for (const tag of ["en-XA", "ar-XB", "en-XC"]) {
      const { viewport, isMobile, hasTouch } = info.project.use;
      const context = await browser.newContext({ baseURL: server.origin, viewport, isMobile, hasTouch });
      await context.addInitScript((chosen) => localStorage.setItem("portal.locale", chosen), tag);
      const page = await context.newPage();
      await signInByApi(context, server, maya);
      for (const path of ["/", "/interactions", "/help"]) {
        await page.goto(path);
        await settled(page);
        // Markup is no word: nothing has to break it.
        if (tag !== "en-XC") await assertFits(page);
      }
      expect(await page.evaluate(() => "portalInjected" in globalThis), tag).toBe(false);
      await expect(page.locator("img[src=x]")).toHaveCount(0);
      await context.close();
    }
  } finally {
    await server.stop();
    await rm(copy, { recursive: true, force: true });
  }
});
