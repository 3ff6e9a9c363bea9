// Making the API fail as servers fail, from the outside: the page under test is never patched.
import type { Server } from "./server";

/** Which requests it is about. */
export type Match = { method?: "GET" | "POST" | "PATCH" | "PUT" | "DELETE"; path_prefix: string };

/** Faults that the reference API can be told to have (`serve --demo` alone). */
export class Faults {
  constructor(private readonly server: Server) {}

  /** Answers late. */
  delay(match: Match, delay_ms: number, times?: number) {
    return this.set({ match, fault: "delay", delay_ms, times });
  }

  /** Answers with an error, for good or so many times. */
  fail(match: Match, status = 503, times?: number) {
    return this.set({ match, fault: "fail", status, times });
  }

  /** Does the work, and then closes the connection without an answer. */
  dropResponse(match: Match, times = 1) {
    return this.set({ match, fault: "drop_response", times });
  }

  /** Answers with the page of some proxy instead of JSON. */
  html(match: Match, times?: number) {
    return this.set({ match, fault: "html", times });
  }

  /** Cuts the answer in its middle. */
  truncate(match: Match, times?: number) {
    return this.set({ match, fault: "truncate", times });
  }

  /** No faults any more. */
  async clear() {
    await this.send("DELETE");
  }

  private set(fault: object) {
    return this.send("POST", fault);
  }

  private async send(method: string, body?: object) {
    const answer = await fetch(`${this.server.origin}/dev/faults`, {
      method,
      headers: { "Content-Type": "application/json", "X-Portal-CSRF": "1", Origin: this.server.origin },
      body: body && JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`/dev/faults answered ${answer.status}: ${await answer.text()}`);
  }
}
