// The portal within a page on a phone: nothing is cut off, from right to left too.
import { AMAL, axeInside, denyStorage, embedded as test, inside, MAYA, openHost, portalFrame, withoutThirdPartyCookies } from "../support/host";
import { expect } from "../support/test";

test.use({ guarded: false, launchOptions: withoutThirdPartyCookies() });

test.beforeEach(async ({ host, server, context }) => {
  host.alter = (claims) => claims;
  await denyStorage(context, server);
});

for (const [locale, customer, scheme] of [
  ["en", MAYA, "light"],
  ["ar", AMAL, "dark"],
] as const) {
  test(`every place is reached and nothing is wider than the phone (${locale})`, async ({ page, host, server, shot }) => {
    host.customer = customer;
    for (const path of ["/", "/interactions", "/preferences", "/contact", "/feedback", "/data"]) {
      await openHost(page, host, { locale, path, theme: JSON.stringify({ scheme }) });
      await expect(inside(page).locator("html")).toHaveAttribute("lang", locale);
      await expect(inside(page).locator(".skeleton")).toHaveCount(0);
      const wider = () => portalFrame(page, server).evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      await expect.poll(wider, { message: path }).toBeLessThanOrEqual(0);
      await expect(inside(page).getByRole("navigation").first().getByRole("link").nth(5)).toBeAttached();
      await axeInside(page, server, path);
      await shot(page, `framed-phone-${locale}-${path.replace(/\W/g, "-")}`);
    }
  });
}
