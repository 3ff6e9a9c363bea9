// Another company's portal from the same build: its name, words, colours and features are files beside the program.
import { expect } from "@playwright/test";

import { brand, branded, byHost } from "../support/brands";
import { amal, maya } from "../support/customers";
import { Server } from "../support/server";
import { test as base } from "../support/test";

const NAME = "Alderquay & Søn";

const test = base.extend<object, { server: Server }>({
  server: [
    async ({}, use) => {
      const { folder, remove } = await branded("alderquay");
      const server = await Server.start({ portal: folder });
      await use(server);
      await server.stop();
      await remove();
    },
    { scope: "worker", timeout: 90_000 },
  ],
});

test("name, words, corners and colours are the company's, and what it does not want is nowhere", async ({ page, signIn, axe, shot }) => {
  await signIn(maya);
  await page.goto("/");
  await expect(page.getByRole("heading", { level: 1, name: "Good to see you, Maya" })).toBeVisible();
  await expect(page).toHaveTitle(`Overview – ${NAME}`);
  await expect(page.getByRole("banner").getByRole("link", { name: NAME })).toBeVisible();
  const button = page.getByRole("main").getByRole("link", { name: "Get in touch" });
  await expect(button).toHaveCSS("border-radius", "0px");
  await expect(page.locator("body")).toHaveCSS("font-family", /^Georgia/);
  await axe(page);
  await shot(page, "light");

  await page.goto("/feedback");
  await expect(page.getByRole("heading", { level: 1, name: "Feedback" })).toBeVisible();
  await expect(page.getByRole("link", { name: "You said, we did" })).toHaveCount(0);
  await page.goto("/data/people");
  await expect(page.getByRole("heading", { level: 1, name: "This page does not exist" })).toBeVisible();
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`it can be read in ${colorScheme}, on a phone, and from right to left`, async ({ page, signIn, axe, shot }) => {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width: 360, height: 740 });
    await signIn(amal);
    await page.goto("/");
    await expect(page.getByRole("heading", { level: 1, name: /سعداء برؤيتك/ })).toBeVisible();
    await expect(page.locator("html")).toHaveAttribute("dir", "rtl");
    await expect(page.locator(".skeleton")).toHaveCount(0);
    await axe(page);
    await shot(page, `phone-${colorScheme}`);
    await page.goto("/preferences");
    await expect(page.locator("main h1")).toBeVisible();
    await expect(page.locator(".skeleton")).toHaveCount(0);
    await axe(page);
    await shot(page, `phone-preferences-${colorScheme}`);
  });
}

test("settings that cannot be used lead to a page that says how to reach the company, and the console names the key", async ({ browser, server }) => {
  const page = await browser.newPage();
  const said: string[] = [];
  page.on("console", (message) => said.push(message.text()));
  await page.route("**/config.json", async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, json: { ...(await answer.json()), frame_parents: ["https://*.alderquay.example"] } });
  });
  await page.goto(server.origin);
  await expect(page.getByText("The settings of this page could not be read.")).toBeVisible();
  await expect(page.getByRole("link", { name: "help@alderquay.example" })).toBeVisible();
  await expect.poll(() => said.join("\n")).toContain('config.json: "frame_parents.0" should be an origin alone');
  await page.close();
});

test("two brands from one installation, by host, know nothing of each other", async ({ page, guard, server }) => {
  const both = await byHost(server.origin, { "alderquay.localhost": brand("alderquay"), "tideway.localhost": brand("tideway") });
  try {
    for (const host of ["alderquay.localhost", "tideway.localhost"]) guard.allow(both.at(host));
    await page.goto(both.at("alderquay.localhost"));
    await expect(page.getByRole("link", { name: NAME })).toBeVisible();
    await expect(page).toHaveTitle(`Sign in – ${NAME}`);
    await page.evaluate(() => localStorage.setItem("portal.theme", "dark"));
    await page.goto(both.at("tideway.localhost"));
    await expect(page).toHaveTitle("Anmelden – Tideway");
    await expect(page.locator("html")).not.toHaveAttribute("data-theme", "dark");
    await expect(page.getByRole("link", { name: NAME })).toHaveCount(0);
  } finally {
    both.stop();
  }
});
