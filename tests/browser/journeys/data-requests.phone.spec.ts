// Rights over one's data on a phone: nothing is wider than the screen, and everything is reached.
import { fits } from "../support/contact";
import { speak } from "../support/contact-points";
import { keiko, maya } from "../support/customers";
import { openForm, requestsOf } from "../support/data-requests";
import { expect, test } from "../support/test";

test("the list, a form and a request fit on a phone", async ({ page, context, server, signIn, axe, shot }) => {
  await signIn(maya);
  await page.goto("/data/requests");
  await expect(page.getByRole("link", { name: /^Delete my data/ })).toBeVisible();
  await fits(page);
  await axe(page);
  await shot(page, "list");
  const [request] = await requestsOf(context, server);
  await page.goto(`/data/requests/${request?.id}`);
  await expect(page.getByText("We received it")).toBeVisible();
  await fits(page);
  await axe(page);
  await shot(page, "request");
});

test("what a deletion takes is read on a phone in Arabic", async ({ page, context, signIn, axe, shot }) => {
  await signIn(keiko);
  await speak(context, "ar");
  await openForm(page, "kind=erasure", "حذف بياناتي");
  await expect(page.getByRole("heading", { name: "ما سيُحذف" })).toBeVisible();
  await fits(page);
  await axe(page);
  await shot(page, "erasure");
});
