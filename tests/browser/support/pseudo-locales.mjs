// Languages that nobody speaks, made from English to find what a translation would break:
//   en-XA  accented and 40% longer: words that are cut off, sentences that never went through the catalogue
//   ar-XB  mirrored: every sentence runs from right to left, its direction wrong for its letters
//   en-XC  every sentence is an attempt to become markup
// They are added to a copy of the built portal as a company adds a language: a file, and its name in config.json.
//
// By hand: node tests/browser/support/pseudo-locales.mjs public/locales/en.json dist/locales
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const ACCENTED = Object.fromEntries(
  ["aá", "cç", "dď", "eé", "iî", "lł", "nñ", "oö", "rř", "sš", "tţ", "uû", "yý", "zž", "AÅ", "CÇ", "DĎ", "EÉ", "IÎ", "NÑ", "OÖ", "SŠ", "TŢ", "UÛ", "YÝ"].map(
    ([plain, accented]) => [plain, accented],
  ),
);

/** The sentence with `change` applied to everything but its placeholders. */
const outsidePlaceholders = (sentence, change) =>
  sentence
    .split(/(\{[a-z_]+\})/)
    .map((piece, at) => (at % 2 ? piece : change(piece)))
    .join("");

/** Accents on every letter that has one, and 40% more of them, in brackets that show where a sentence is cut. */
export const accented = (sentence) => {
  const words = outsidePlaceholders(sentence, (piece) => [...piece].map((letter) => ACCENTED[letter] ?? letter).join(""));
  const more = Math.ceil([...sentence].length * 0.4);
  return `[${words} ${"öñé ţŵö ".repeat(Math.ceil(more / 8)).slice(0, more).trim()}]`;
};

/** The letters from right to left (RLE … PDF around each word, so that a placeholder's own text is left alone). */
export const mirrored = (sentence) => outsidePlaceholders(sentence, (piece) => piece.replace(/[^\s]+/gu, "\u202e$&\u202c"));

/** Markup, a handler, both quotation marks and loose braces around the sentence. */
export const attacking = (sentence) => `<img src=x onerror="portalInjected=1">"'>{{${sentence}}}</script><b>`;

const eachForm = (message, change) =>
  typeof message === "string"
    ? change(message)
    : Object.fromEntries(Object.entries(message).map(([category, sentence]) => [category, change(sentence)]));

// Arabic has six categories where English has two; the ones that English lacks say what "other" says.
const ARABIC = ["zero", "one", "two", "few", "many", "other"];
const inArabicCategories = (message) =>
  typeof message === "string" ? message : Object.fromEntries(ARABIC.map((category) => [category, message.other]));

const made = (english, meta, change) => ({
  meta,
  messages: Object.fromEntries(Object.entries(english.messages).map(([key, message]) => [key, change(message)])),
});

/** The three languages, by tag. */
export const pseudoLocales = (english) => ({
  "en-XA": made(english, { name: "Accented", dir: "ltr" }, (message) => eachForm(message, accented)),
  "ar-XB": made(english, { name: "Mirrored", dir: "rtl" }, (message) => eachForm(inArabicCategories(message), mirrored)),
  "en-XC": made(english, { name: "Attacking", dir: "ltr" }, (message) => eachForm(message, attacking)),
});

/** Writes the three files into `folder`. */
export const writePseudoLocales = async (english, folder) => {
  await mkdir(folder, { recursive: true });
  for (const [tag, locale] of Object.entries(pseudoLocales(english))) {
    await writeFile(join(folder, `${tag}.json`), JSON.stringify(locale, null, 2));
  }
};

/** Makes a built portal (a copy of it) offer them: as a company would, without a build. */
export const offerPseudoLocales = async (portal) => {
  const read = async (path) => JSON.parse(await readFile(join(portal, path), "utf8"));
  const english = new URL("../../../public/locales/en.json", import.meta.url);
  await writePseudoLocales(JSON.parse(await readFile(english, "utf8")), join(portal, "locales"));
  const config = await read("config.json");
  config.locales = [...new Set([...config.locales, "en-XA", "ar-XB", "en-XC"])];
  await writeFile(join(portal, "config.json"), JSON.stringify(config, null, 2));
};

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [, , source, folder] = process.argv;
  if (!source || !folder) {
    console.error("usage: node pseudo-locales.mjs en.json FOLDER");
    process.exit(2);
  }
  await writePseudoLocales(JSON.parse(await readFile(source, "utf8")), folder);
}
