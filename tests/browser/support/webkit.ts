// The WebKit that Debian has, which is Safari's engine. Playwright drives a build of its own alone, so this one is asked as the W3C's
// WebDriver says.
import { type ChildProcess, spawn } from "node:child_process";
import type { Readable } from "node:stream";

import { expect } from "@playwright/test";

import { found } from "./browsers";
import { freePort } from "./web-server";

/** Why its journeys are skipped, where the machine does not have it. */
export const missing = (): string | undefined =>
  found(["WebKitWebDriver"]) && found(["Xvfb"]) ? undefined : "WebKit is not there: `cargo xtask setup` installs Debian's where there is apt";

/** So long a driver may take for one answer, in milliseconds: one that hangs does not answer at all. */
const PATIENCE = 30_000;

/** How an element stands in what WebDriver sends and is sent. */
type Element = Record<"element-6066-11e4-a52e-4f735466cecf", string>;

/** The element that somebody would find by a name and a kind: what it is called, or what it says first. One that is see-through is not seen. */
const FIND = `
  const [name, kinds] = arguments;
  const labels = (one) => [one.getAttribute("aria-label"), one.labels?.[0]?.textContent, one.textContent];
  const isCalled = (one) => labels(one).some((label) => label?.trim().startsWith(name));
  const isSeen = (one) => one.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && !one.closest(":disabled, [inert]");
  const found = [...document.querySelectorAll(kinds)].find((one) => isCalled(one) && isSeen(one));
  found?.scrollIntoView({ block: "center" });
  return found ?? null;
`;

/** A window of WebKit with nothing in it. */
export class WebKit {
  private readonly programs: ChildProcess[] = [];
  private at = "";
  private session = "";

  private constructor() {}

  /** Starts the browser, in English and on a screen that nobody sees. */
  static async start(): Promise<WebKit> {
    const webkit = new WebKit();
    try {
      await webkit.begin();
      return webkit;
    } catch (error) {
      await webkit.stop();
      throw error;
    }
  }

  /** Ends all that was started. */
  async stop(): Promise<void> {
    if (this.session) await this.ask("DELETE", this.session).catch(() => {});
    for (const program of this.programs.reverse()) program.kill();
  }

  /** Opens an address. */
  async open(url: string): Promise<void> {
    await this.ask("POST", `${this.session}/url`, { url });
  }

  /** What a script answers in the page. */
  async run<Answer>(script: string, ...args: unknown[]): Promise<Answer> {
    return this.ask("POST", `${this.session}/execute/sync`, { script, args });
  }

  /** Presses what is called like this, as soon as it can be seen. */
  async press(name: string, kinds = "button, a, summary, label"): Promise<void> {
    const element = await this.find(name, kinds);
    await this.ask("POST", `${this.session}/element/${element}/click`, {});
  }

  /** Types into the field that is called like this; what goes into it last may be a key. */
  async type(name: string, text: string): Promise<void> {
    const element = await this.find(name, "input, textarea");
    await this.ask("POST", `${this.session}/element/${element}/value`, { text });
  }

  /** Waits until this can be read in the page. */
  async see(words: string | RegExp): Promise<void> {
    const text = () => this.run<string>("return document.body.innerText");
    const seen = expect.poll(text, { message: "the page in WebKit" });
    await (typeof words === "string" ? seen.toContain(words) : seen.toMatch(words));
  }

  private async begin(): Promise<void> {
    const display = await screen(this.programs);
    const port = await freePort();
    const env = { ...process.env, DISPLAY: display, LC_ALL: "C.UTF-8", LANGUAGE: "en" };
    this.programs.push(spawn("WebKitWebDriver", [`--port=${port}`], { stdio: "ignore", env }));
    this.at = `http://127.0.0.1:${port}`;
    const isReady = () => this.ask<{ ready: boolean }>("GET", "/status").then(({ ready }) => ready, () => false);
    await expect.poll(isReady, { message: "WebKit's driver" }).toBe(true);
    const { sessionId } = await this.ask<{ sessionId: string }>("POST", "/session", { capabilities: {} });
    this.session = `/session/${sessionId}`;
  }

  private async find(name: string, kinds: string): Promise<string> {
    let element = "";
    const look = async () => {
      const found = await this.run<Element | null>(FIND, name, kinds);
      [element = ""] = Object.values(found ?? {});
      return element;
    };
    await expect.poll(look, { message: `“${name}” in WebKit` }).not.toBe("");
    return element;
  }

  private async ask<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
    const sent = body === undefined ? null : JSON.stringify(body);
    const answer = await fetch(this.at + path, { method, body: sent, signal: AbortSignal.timeout(PATIENCE) });
    const { value } = (await answer.json()) as { value: Answer & { error?: string; message?: string } };
    if (!answer.ok) throw new Error(`${method} ${path}: ${value.error}: ${value.message}`);
    return value;
  }
}

/** A screen that nobody sees; what it is called. */
const screen = async (programs: ChildProcess[]): Promise<string> => {
  const xvfb = spawn("Xvfb", ["-displayfd", "3", "-screen", "0", "1400x1000x24"], { stdio: ["ignore", "ignore", "ignore", "pipe"] });
  programs.push(xvfb);
  const told = xvfb.stdio[3] as Readable;
  const number = await new Promise<string>((done, failed) => {
    told.once("data", (bytes: Buffer) => done(bytes.toString().trim()));
    xvfb.once("exit", () => failed(new Error("Xvfb ended while starting")));
  });
  return `:${number}`;
};
