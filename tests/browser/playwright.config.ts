import { defineConfig, devices } from "@playwright/test";

import { chromium, firefox } from "./support/browsers";
import type { Options } from "./support/test";

// `cargo xtask test` sets REFERENCE_API_BIN, PORTAL_DIST and CHROME_PATH; support/ finds them by itself otherwise.
const chrome = { channel: undefined, launchOptions: chromium() };
const foxPath = firefox();

// Nothing moves: what is on its way to its place is pressed beside it, or scrolled to once more, when the machine is slow. What moves
// for those who did not ask for stillness is looked at where that is the matter (habits, keyboard).
const still = { contextOptions: { reducedMotion: "reduce" as const } };

export default defineConfig<Options>({
  testDir: "journeys",
  outputDir: "test-results",
  // A test that passes only when repeated is a bug, of the portal or of the test.
  retries: 0,
  workers: 2,
  fullyParallel: false,
  forbidOnly: true,
  timeout: 60_000,
  // Two cores that also build are slow now and then; nothing here waits for a time to pass.
  expect: { timeout: 15_000 },
  reporter: [["list"]],
  use: {
    locale: "en-GB",
    timezoneId: "Europe/Lisbon",
    // A trace of every test took a fifth of the whole run, and is thrown away with every test that passes: whoever looks for a cause
    // asks for one with `--trace on`.
    trace: "off",
    screenshot: "only-on-failure",
  },
  projects: [
    {
      name: "desktop",
      use: { ...devices["Desktop Chrome"], ...chrome, ...still, viewport: { width: 1280, height: 800 } },
      // Journeys of the phone alone say so in their file name, and so do those of another engine.
      testIgnore: ["**/*.phone.spec.ts"],
    },
    {
      name: "phone",
      use: {
        ...devices["Desktop Chrome"],
        ...chrome,
        ...still,
        viewport: { width: 360, height: 740 },
        hasTouch: true,
        isMobile: true,
      },
      testMatch: ["**/*.phone.spec.ts", "**/*.every.spec.ts"],
    },
    // Only where there is a Firefox: it runs what is marked for every browser.
    ...(foxPath === undefined
      ? []
      : [
          {
            name: "firefox",
            use: {
              browserName: "firefox" as const,
              channel: "moz-firefox",
              launchOptions: { executablePath: foxPath },
              viewport: { width: 1280, height: 800 },
              // Emulations that its protocol does not know.
              colorScheme: null,
              reducedMotion: null,
              forcedColors: null,
              contrast: null,
            },
            testMatch: ["**/*.every.spec.ts"],
          },
        ]),
  ],
});
