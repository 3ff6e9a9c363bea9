// What axe finds, on a page or in the portal's frame on one.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

import { type Frame, type Page, expect } from "@playwright/test";

/** It as one reads it is twice as long, and takes half as long again to be brought. */
const SOURCE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What axe is asked. */
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** Those of its rules that look at colours: what they say can change where nothing else has, in another theme. */
const OF_COLOUR = ["color-contrast", "link-in-text-block"];

/** Fails on any violation in what stands there now; `where` says where that is. */
export const expectAccessible = async (page: Page | Frame, where = "what axe finds") => {
  // What takes the focus is read for that: an alert would be spoken a second time.
  const twice = page.locator("[role=alert]:focus, [role=alert] [tabindex='-1']:focus, [tabindex='-1']:focus [role=alert]");
  await expect(twice, "an alert that has the focus").toHaveCount(0);
  // axe's own driver brings it anew for each look, and takes as long again for what it does around it.
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(SOURCE);
  const told = await page.evaluate(
    async ([rules, ofColour]) => {
      // What is on its way from one colour to another has neither: whatever moves arrives. Where the page is not in front it would
      // never do so by itself.
      for (const animation of document.getAnimations()) {
        if (Number.isFinite(animation.effect?.getComputedTiming().endTime)) animation.finish();
      }
      const here = globalThis as unknown as { axe: typeof import("axe-core"); foundRight?: string };
      const state = [innerWidth, innerHeight, document.documentElement.outerHTML, document.body.innerText].join("\n");
      const runOnly = here.foundRight === state ? { type: "rule" as const, values: ofColour } : { type: "tag" as const, values: rules };
      // No script runs in the frame of a mail, and so not this one either. All is told of what is wrong, and nothing of what is right:
      // that took the larger part of its time.
      const { violations } = await here.axe.run({ exclude: [["iframe[sandbox]"]] }, { runOnly, resultTypes: ["violations"] });
      if (violations.length === 0) here.foundRight = state;
      return violations.map((one) => `${one.id}: ${one.help}\n${one.nodes.map((node) => `    ${node.html}`).join("\n")}`);
    },
    [RULES, OF_COLOUR] as const,
  );
  expect(told, where).toEqual([]);
};
