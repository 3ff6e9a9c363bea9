// Who is there. The host's backend vouches for its customer by an assertion, which is exchanged for a bearer of ten minutes. The
// bearer stands in this module's memory alone: no cookie is used, nothing is stored, and it is gone with the page.

/** A bearer this close to its end is renewed first, in milliseconds. */
const AHEAD = 60_000;
const LIFETIME = 600_000;
/** What is tried again, and after how long. */
const PAUSES = [500, 2000, 5000];
/** So long a host may take to vouch again for somebody who is there. One that has not said yet who is there is waited for. */
const PATIENCE = 10_000;

/** Why nobody is known: `nobody`, `refused` or `unreachable`. */
export class Unvouched extends Error {
  constructor(kind) {
    super(kind);
    this.kind = kind;
  }
}

const newNonce = () => {
  const bytes = crypto.getRandomValues(new Uint8Array(24));
  return btoa(String.fromCharCode(...bytes)).replace(/\+/g, "-").replace(/\//g, "_");
};

/** How long the bearer holds, by the server's own clock where it says one: that of the device may be a day off. */
const lifetime = (answer, until) => {
  const now = Date.parse(answer.headers.get("date") ?? "") || Date.now();
  const left = Date.parse(until) - now;
  return left > 0 ? Math.min(left, LIFETIME) : LIFETIME;
};

/** The one who is there, known anew whenever that is needed. */
export class Identity {
  #api;
  #channel;
  #asked = new Map();
  #known;
  #renewing;
  #timer;
  #isOver = false;
  #after;

  /** `onOther` is told when the host vouches for somebody else, or for nobody any more; `after` is the clock. */
  constructor(api, channel, onOther, after = (milliseconds, act) => setTimeout(act, milliseconds)) {
    this.#api = api;
    this.#channel = channel;
    this.onOther = onOther;
    this.#after = after;
  }

  /** Whether somebody is there, as far as is known. */
  get isKnown() {
    return this.#known !== undefined;
  }

  /** The host's answer to what was asked under a nonce. */
  answer({ nonce, assertion, failed }) {
    const tell = this.#asked.get(nonce);
    if (!tell || !(assertion === null || typeof assertion === "string")) return;
    this.#asked.delete(nonce);
    tell({ assertion, failed });
  }

  /** The bearer: one that holds at this moment. */
  async bearer() {
    if (this.#known && Date.now() < this.#known.until) return this.#known.bearer;
    return (await this.renew(this.#known?.bearer)).bearer;
  }

  /** Asks the host once more, unless somebody has since; of several at once all wait for the same answer. */
  renew(before) {
    if (this.#known && this.#known.bearer !== before) return Promise.resolve(this.#known);
    this.#renewing ??= this.#exchange().finally(() => (this.#renewing = undefined));
    return this.#renewing;
  }

  /** Forgets who is there, here and at the server, for good: whoever is vouched for meanwhile is forgotten as well. */
  forget() {
    this.#isOver = true;
    clearTimeout(this.#timer);
    const bearer = this.#known?.bearer;
    this.#known = undefined;
    if (bearer) this.#end(bearer);
  }

  #pause(milliseconds) {
    return new Promise((over) => this.#after(milliseconds, over));
  }

  #end(bearer) {
    this.#call("DELETE", "/v1/session", { Authorization: `Bearer ${bearer}` }).catch(() => {});
  }

  #call(method, path, headers, body) {
    return fetch(this.#api + path, {
      method,
      body,
      headers: { Accept: "application/json", "Accept-Language": document.documentElement.lang, "X-Portal-CSRF": "1", ...headers },
      credentials: "omit",
      keepalive: method === "DELETE",
    });
  }

  /** What the host says of who is there. */
  async #ask(nonce) {
    const asked = new Promise((tell) => this.#asked.set(nonce, tell));
    this.#channel.say("identify", { nonce });
    const late = this.#known && this.#after(PATIENCE, () => this.answer({ nonce, assertion: null, failed: true }));
    const said = await asked;
    clearTimeout(late);
    return said;
  }

  async #exchange() {
    for (const wait of [...PAUSES, 0]) {
      const nonce = newNonce();
      const { assertion, failed } = await this.#ask(nonce);
      // A host that cannot say who is there has not said that nobody is: what was written stays.
      if (failed && this.#known) {
        if (wait) await this.#pause(wait);
        continue;
      }
      if (!assertion) return this.#lost(failed ? "refused" : "nobody");
      const body = JSON.stringify({ assertion, nonce });
      const answer = await this.#call("POST", "/v1/session/embed", { "Content-Type": "application/json" }, body).catch(() => undefined);
      if (answer?.ok) return this.#know(answer, await answer.json());
      if (answer && answer.status < 500 && answer.status !== 429) {
        const { detail } = await answer.json().catch(() => ({}));
        this.#channel.warn("assertion", String(detail ?? `The API answered ${answer.status}`).slice(0, 500));
        return this.#lost("refused");
      }
      if (wait) await this.#pause(wait);
    }
    throw new Unvouched("unreachable");
  }

  #know(answer, { bearer, expires_at, session }) {
    if (this.#isOver) {
      this.#end(bearer);
      throw new Unvouched("nobody");
    }
    const { subject } = session;
    const before = this.#known;
    const held = lifetime(answer, expires_at ?? session.expires_at);
    this.#known = { bearer, subject, until: Date.now() + held - 10_000 };
    if (before && before.subject !== subject) return this.#lost("other");
    clearTimeout(this.#timer);
    const again = () => this.renew(bearer).catch(() => {});
    this.#timer = this.#after(Math.max(held - AHEAD, held / 2), again);
    return this.#known;
  }

  /** Somebody was there, and is no more: everything of theirs goes. Nobody was: that is said. */
  #lost(kind) {
    if (this.#known) this.onOther();
    throw new Unvouched(kind);
  }
}
