// Acting for another, with a thumb, on 360 by 740 pixels.
import { fits } from "../support/contact";
import { speak } from "../support/contact-points";
import { maya } from "../support/customers";
import { delegationsOf } from "../support/people";
import { expect, test } from "../support/test";

for (const { locale, title, asking, acting } of [
  { locale: "en", title: "Acting for others", asking: "Ask to act for somebody", acting: /^You act for / },
  { locale: "ar", title: "التصرف نيابة عن آخرين", asking: "اطلب التصرف نيابة عن شخص", acting: /^تتصرف نيابة عن / },
]) {
  test(`for whom one acts, asking for it and acting fit on a phone in ${locale}`, async ({ page, context, server, signIn, axe, shot }) => {
    await signIn(maya);
    await speak(context, locale);
    const active = (await delegationsOf(context, server)).find((one) => one.side === "delegate" && one.state === "active");
    if (!active) throw new Error("the demonstration has none that is active");
    const screens: [string, string | RegExp][] = [
      ["/data/people", title],
      ["/data/people/new", asking],
      [`/data/people/${active.id}`, active.name ?? ""],
    ];
    for (const [path, heading] of screens) {
      await page.goto(path);
      await expect(page.getByRole("heading", { level: 1, name: heading })).toBeVisible();
      await fits(page);
      for (const colorScheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme });
        await axe(page);
        await shot(page, `people-${path.split("/").at(-1)}-${locale}-${colorScheme}`);
      }
    }
    await page.goto(`/data/requests?for=${active.id}`);
    await expect(page.getByText(acting)).toBeVisible();
    await fits(page);
    await axe(page);
    await shot(page, `requests-for-${locale}`);
  });
}
