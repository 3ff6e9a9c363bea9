// The system's browsers: the tests drive what customers use, and nothing is downloaded for them.
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

/** The first of these programs that is on the PATH. */
export const found = (names: string[]): string | undefined => {
  const folders = (process.env.PATH ?? "").split(delimiter);
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find((path) => existsSync(path));
};

/** How to start Chromium: no sandbox, because it cannot have one as root; no calls of its own to anywhere. */
export const chromium = () => {
  const executablePath =
    process.env.CHROME_PATH ??
    found(["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]) ??
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";
  return {
    executablePath,
    args: [
      "--no-sandbox",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      // Sites of their own on one machine: an embedding host, an attacker.
      "--host-resolver-rules=MAP *.test 127.0.0.1",
    ],
  };
};

/** Firefox, where there is one. */
export const firefox = (): string | undefined => process.env.FIREFOX_PATH ?? found(["firefox-esr", "firefox"]);
