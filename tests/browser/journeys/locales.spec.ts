// The languages as data: what the build checks by its own table, held against the browser's; and the pseudo-locales.
import { readFileSync, readdirSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

import { expect, test } from "@playwright/test";

import { accented, attacking, mirrored, pseudoLocales } from "../support/pseudo-locales.mjs";

type Message = string | Record<string, string>;
type Locale = { meta: { name: string; dir: string }; messages: Record<string, Message> };

const repository = resolve(dirname(fileURLToPath(import.meta.url)), "../../..");
const folder = join(repository, "public/locales");
const locale = (tag: string): Locale => JSON.parse(readFileSync(join(folder, `${tag}.json`), "utf8"));
const shipped = readdirSync(folder).map((file) => file.replace(".json", ""));

const categoriesInBrowser = (page: import("@playwright/test").Page, tag: string) =>
  page.evaluate((tag) => new Intl.PluralRules(tag).resolvedOptions().pluralCategories.toSorted(), tag);

test("the build's plural categories are the browser's", async ({ page }) => {
  const table = readFileSync(join(repository, "src/i18n/build/check.rs"), "utf8");
  const rows = [...table.matchAll(/language: "([a-z]+)",\s+needed: &\[([^\]]*)\]/g)];
  expect(rows.length).toBeGreaterThan(5);
  for (const [, language, needed] of rows) {
    const categories = [...needed.matchAll(/"(\w+)"/g)].map(([, category]) => category).toSorted();
    expect(categories, language).toEqual(await categoriesInBrowser(page, language));
  }
});

test("every counted sentence has the forms that its language uses", async ({ page }) => {
  for (const tag of shipped) {
    const needed = await categoriesInBrowser(page, tag);
    for (const [key, message] of Object.entries(locale(tag).messages)) {
      if (typeof message !== "string") expect(Object.keys(message), `${tag}: ${key}`).toEqual(expect.arrayContaining(needed));
    }
  }
});

test("pseudo-locales keep every key and placeholder", () => {
  const english = locale("en");
  const names = (message: Message) =>
    new Set((typeof message === "string" ? message : message.other).match(/\{[a-z_]+\}/g) ?? []);
  for (const [tag, made] of Object.entries(pseudoLocales(english)) as [string, Locale][]) {
    expect(Object.keys(made.messages), tag).toEqual(Object.keys(english.messages));
    for (const [key, message] of Object.entries(english.messages)) {
      const kept = names(made.messages[key]);
      for (const name of names(message)) expect(kept, `${tag}: ${key}`).toContain(name);
    }
  }
});

test("a pseudo-sentence is what it is for", () => {
  expect(accented("Show {count} messages")).toMatch(/^\[Šhöw \{count\} méššágéš .+\]$/);
  expect([...accented("a".repeat(100))].length).toBeGreaterThanOrEqual(138);
  expect(mirrored("Go to {name} now")).toBe("\u202eGo\u202c \u202eto\u202c {name} \u202enow\u202c");
  expect(attacking("Hello, {name}")).toContain("onerror");
  expect(attacking("Hello, {name}")).toContain("Hello, {name}");
});
