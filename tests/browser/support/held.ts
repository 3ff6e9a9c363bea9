// An answer that is held back until a journey has seen what stands meanwhile. How long that takes is the machine's own matter, and so
// no time is named: neither one that the answer is late, nor one in which everything has to be seen.
import type { Page, Request } from "@playwright/test";

/** Requests that are held back. */
export type Held = {
  /** The first of them is on its way. */
  reached: Promise<void>;
  /** Lets them go, and everything that comes after them. */
  letGo: () => void;
};

/** Holds back what the page asks with this method below this path. */
export const hold = async (page: Page, method: string, path: string): Promise<Held> => {
  let reach = () => {};
  let open = () => {};
  const reached = new Promise<void>((done) => (reach = done));
  const opened = new Promise<void>((done) => (open = done));
  const isMeant = (request: Request) => request.method() === method && new URL(request.url()).pathname.startsWith(path);
  const places = (url: URL) => url.pathname.startsWith(path);
  await page.route(places, async (route) => {
    if (!isMeant(route.request())) return route.fallback();
    reach();
    await opened;
    // Whoever asked may have given up meanwhile.
    await route.continue().catch(() => {});
  });
  return { reached, letGo: () => open() };
};

/** The page hears of no change that is made elsewhere, as when the news of it is slower than the customer. */
export const withoutNews = (page: Page) => page.route("**/v1/events*", () => {});

/**
 * The page asks for news again and again, and is never kept waiting for it: what the server hears of by looking (a command of its
 * operator, in a process of its own) it then tells at once, and not at the end of a wait.
 */
export const eagerForNews = (page: Page) =>
  page.route("**/v1/events*", async (route) => {
    const asked = new URL(route.request().url());
    asked.searchParams.set("wait", "1");
    await route.continue({ url: asked.href }).catch(() => {});
  });
