// The viewer of exports, and what it is given to open.
import { type Page, expect } from "@playwright/test";

export * from "./archive";

/** Opens the viewer. */
export const openViewer = async (page: Page, query = "", title = "Open an export") => {
  await page.goto(`/data/export${query}`);
  await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
};

/** Chooses a file there. */
export const choose = (page: Page, file: { name: string; mimeType: string; buffer: Buffer }) => page.locator("#export-file").setInputFiles(file);

/** What the viewer says of the file; it has the focus. */
export const result = (page: Page) => page.locator("#export-result");
