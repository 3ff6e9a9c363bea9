// After a deletion nobody can sign in: the link that was kept still tells how it stands.
import { signInLongAgo, speak } from "../support/contact-points";
import { keiko } from "../support/customers";
import { openForm, prove, running } from "../support/data-requests";
import { Server } from "../support/server";
import { expect, signInByApi, test } from "../support/test";

test("a deletion runs, and its link tells so without signing in; its secret stays nowhere", async ({ browser, axe, shot }) => {
  test.setTimeout(180_000);
  const server = await Server.start();
  try {
    const context = await browser.newContext({ baseURL: server.origin });
    const page = await context.newPage();
    await speak(context, "en");
    await signInLongAgo(server, (email) => signInByApi(context, server, email), keiko);
    await openForm(page, "kind=erasure", "Delete my data");
    await page.getByRole("textbox", { name: /^Type DELETE/ }).fill("DELETE");
    await prove(page, server, keiko, () => page.getByRole("button", { name: "Delete my data" }).click());
    await expect(page.getByText(/left to change your mind/)).toBeVisible();
    const [request] = await running(context, server, "erasure");
    const token = request?.tracking_token ?? "";
    expect(token).not.toBe("");
    await server.moveClock(20 * 86_400);

    const stranger = await browser.newContext({ baseURL: server.origin });
    await speak(stranger, "en");
    const link = await stranger.newPage();
    const asked: string[] = [];
    link.on("request", (one) => asked.push(one.url()));
    const done = async () => {
      await link.goto("about:blank");
      await link.goto(`/track#t=${token}`);
      await expect(link.getByRole("heading", { level: 1, name: "Delete my data" })).toBeVisible();
      return (await link.getByText(/your data was deleted/).count()) > 0;
    };
    await expect.poll(done, { timeout: 60_000, message: "the deletion runs" }).toBe(true);
    await expect(link).toHaveURL(`${server.origin}/track`);
    await axe(link);
    await shot(link, "track");
    expect(asked.filter((one) => one.includes(token) || one.endsWith("/v1/session"))).toEqual([]);
    const kept = await link.evaluate(() => [document.title, JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage }), document.cookie].join());
    expect(kept).not.toContain(token);
    expect(server.log()).not.toContain(token);
    await link.reload();
    await expect(link.getByRole("heading", { level: 1, name: "Open your link once more" })).toBeVisible();
    await link.goto("about:blank");
    await link.goto("/track#t=nothing-of-the-kind");
    await expect(link.getByRole("heading", { level: 1, name: "This link leads to nothing" })).toBeVisible();
    await stranger.close();
    await context.close();
  } finally {
    await server.stop();
  }
});
