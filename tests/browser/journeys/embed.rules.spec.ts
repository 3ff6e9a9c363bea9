// What the frame takes of a page, and what not: its rules by themselves, without a browser.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { brotliCompressSync } from "node:zlib";

import { Allowance } from "../../../src/embed/height.mjs";
import { highestOfBoth, isPath, isTopLevel, read } from "../../../src/embed/messages.mjs";
import { areListed } from "../../../src/embed/meeting.mjs";
import { done, pathOf } from "../../../src/embed/sending.mjs";
import { contrast, readTheme } from "../../../src/embed/theme.mjs";
import { expect, test } from "@playwright/test";
import ts from "typescript";

test("of two sides that may each be one version ahead the highest is used that both speak", () => {
  expect(highestOfBoth([1], [1])).toBe(1);
  expect(highestOfBoth([1], [2, 1])).toBe(1);
  expect(highestOfBoth([2, 1], [1])).toBe(1);
  expect(highestOfBoth([2, 1], [3, 2])).toBe(2);
  expect(highestOfBoth([1], [3, 2])).toBeUndefined();
});

test("a message is a small plain object, and everything else is nothing", () => {
  expect(read({ type: "view", top: 1 })).toEqual({ type: "view", top: 1 });
  const around: { self?: unknown } = {};
  around.self = around;
  for (const wrong of [null, undefined, 7, "text", around, { text: "x".repeat(20_000) }, { big: 1n }]) expect(read(wrong)).toEqual({});
});

test("every page around is to be listed, of those that the browser names", () => {
  const listed = ["https://www.company.example", "https://shop.company.example"];
  const [www = "", shop = ""] = listed;
  expect(areListed(www, listed, [])).toBe(true);
  expect(areListed(www, listed, [www, shop])).toBe(true);
  // Of a frame that sends no Referer Firefox does not say whose page is around it.
  expect(areListed(www, listed, ["null"])).toBe(true);
  expect(areListed("null", listed, ["null"])).toBe(false);
  expect(areListed(www, listed, [www, "https://evil.test"])).toBe(false);
  expect(areListed("https://evil.test", listed, ["null"])).toBe(false);
  expect(areListed(www, [], [])).toBe(false);
});

test("a path stays within the portal", () => {
  for (const good of ["/", "/preferences", "/interactions?q=a%20b", "/interactions?q=/../b", "/interactions/int_1.~x", "/..a"]) expect(isPath(good), good).toBe(true);
  for (const bad of ["", "preferences", "//evil.test", "/\\evil.test", "/a b", "/a/../b", "/a//b", "/a#t=1", "https://evil.test", "/\n", "/%2e%2e/a", "/a/%2E", "/a/.%2e?b", 7, `/${"a".repeat(3000)}`]) {
    expect(isPath(bad), String(bad)).toBe(false);
  }
  for (const alone of ["/sign-in", "/sign-in/", "/sign-in?next=/", "//sign-in//", "/p", "/track", "/people", "/data/export?q=a"]) expect(isTopLevel(alone), alone).toBe(true);
  for (const framed of ["/", "/data", "/data/people", "/preferences"]) expect(isTopLevel(framed), framed).toBe(false);
});

test("a theme is a short list of values, and nothing of it can be a rule of style", () => {
  const good = readTheme({ scheme: "dark", accent: "#0a5", paper: "oklch(0.98 0.01 90)", radius: "12px", font: "rounded" });
  expect(good.scheme).toBe("dark");
  expect(Object.keys(good.taken)).toEqual(["accent", "paper", "radius", "font"]);
  expect(good.refused).toEqual([]);
  const bad: Record<string, unknown> = {
    accent: "red; background: url(https://evil.test/pixel)",
    paper: "var(--ink)",
    radius: "9rem",
    font: "Comic Sans",
    scheme: "sepia",
    "--ink": "#fff",
    constructor: "#fff",
    toString: "1px",
  };
  const { taken, refused } = readTheme(bad);
  expect(taken).toEqual({});
  expect(refused.sort()).toEqual(Object.keys(bad).sort());
  for (const value of ["#12", "#12345", "rgb(1,2,3);", "rgb(1 2 3 / url(x))", "hsl(1 2 3)}", "#fff/*", "expression(1)", "rgb(1,2)"]) {
    expect(readTheme({ accent: value }).refused, value).toEqual(["accent"]);
  }
});

test("contrast is that of WCAG 2.2", () => {
  expect(contrast([0, 0, 0], [255, 255, 255])).toBeCloseTo(21);
  expect(contrast([255, 255, 255], [255, 255, 255])).toBeCloseTo(1);
  expect(contrast([118, 118, 118], [255, 255, 255])).toBeCloseTo(4.54, 1);
});

test("heights that answer each other come to rest, and what a person does is not held back", () => {
  const allowance = new Allowance(0);
  let told = 0;
  for (let frame = 0; frame < 600; frame += 1) if (allowance.take(frame * 16)) told += 1;
  expect(told).toBeLessThan(60);
  allowance.refill();
  expect(allowance.take(9601)).toBe(true);
});

test("what was done is one word, and never who or what it was about", () => {
  expect(done("POST", "/v1/interactions/int_1/messages")).toBe("message");
  expect(done("PATCH", "/v1/preferences")).toBe("preferences");
  expect(done("GET", "/v1/preferences")).toBeUndefined();
  expect(done("POST", "/v1/session/email")).toBeUndefined();
});

test("the loader is small enough for any page", () => {
  const loader = readFileSync(new URL("../../../public/embed.js", import.meta.url));
  expect(brotliCompressSync(loader).length).toBeLessThan(5_000);
});

test("a page in TypeScript is checked against what the element really has", () => {
  const page = fileURLToPath(new URL("../../fixtures/embed/page.ts", import.meta.url));
  const program = ts.createProgram([page], { noEmit: true, strict: true, target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ES2022, lib: ["lib.es2022.d.ts", "lib.dom.d.ts"], types: [] });
  const told = ts.getPreEmitDiagnostics(program).map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
  expect(told).toEqual([]);
  const loader = readFileSync(new URL("../../../public/embed.js", import.meta.url), "utf8");
  for (const name of ["ready", "navigated", "submitted", "warning", "height"]) expect(loader, name).toContain(`#tell("${name}"`);
  for (const attribute of ["src", "path", "locale", "theme", "label", "history"]) expect(loader, attribute).toContain(`"${attribute}"`);
});

test("a bearer goes to the API alone, wherever that stands", () => {
  Object.assign(globalThis, { location: { origin: "https://portal.example" } });
  expect(pathOf("https://portal.example/v1/overview?a=b", [""])).toBe("/v1/overview");
  expect(pathOf("https://api.example/gateway/v1/me", ["https://api.example/gateway/", ""])).toBe("/v1/me");
  for (const other of ["https://portal.example/config.json", "https://portal.example.evil.test/v1/me", "https://api.example/v1/me", "https://evil.test/?https://portal.example/v1/me"]) {
    expect(pathOf(other, ["https://api.example/gateway", ""]), other).toBeUndefined();
  }
});
