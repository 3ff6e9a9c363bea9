// Who is there. The host's backend vouches for its customer by an assertion, which is exchanged for a bearer of ten minutes. The
// bearer stands in this module's memory alone: no cookie is used, nothing is stored, and it is gone with the page.

/** A bearer this close to its end is renewed first, in milliseconds. */
const AHEAD = 60_000;
const LIFETIME = 600_000;
/** What is tried again, and after how long. */
const PAUSES = [500, 2000, 5000];

/** Why nobody is known: `nobody`, `refused` or `unreachable`. */
export class Unvouched extends Error {
  constructor(kind) {
    super(kind);
    this.kind = kind;
  }
}

const pause = (milliseconds) => new Promise((over) => setTimeout(over, milliseconds));

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

  /** `onOther` is told when the host vouches for somebody else, or for nobody any more. */
  constructor(api, channel, onOther) {
    this.#api = api;
    this.#channel = channel;
    this.onOther = onOther;
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

  /** Forgets who is there, here and at the server. */
  forget() {
    clearTimeout(this.#timer);
    const bearer = this.#known?.bearer;
    this.#known = undefined;
    if (bearer) this.#call("DELETE", "/v1/session", { Authorization: `Bearer ${bearer}` }).catch(() => {});
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

  async #exchange() {
    for (const wait of [...PAUSES, 0]) {
      const nonce = newNonce();
      const asked = new Promise((tell) => this.#asked.set(nonce, tell));
      this.#channel.say("identify", { nonce });
      const { assertion, failed } = await asked;
      if (!assertion) return this.#lost(failed ? "refused" : "nobody");
      const body = JSON.stringify({ assertion, nonce });
      const answer = await this.#call("POST", "/v1/session/embed", { "Content-Type": "application/json" }, body).catch(() => undefined);
      if (answer?.ok) return this.#know(answer, await answer.json());
      if (answer && answer.status < 500 && answer.status !== 429) {
        const { detail } = await answer.json().catch(() => ({}));
        this.#channel.warn("assertion", String(detail ?? `The API answered ${answer.status}`).slice(0, 500));
        return this.#lost("refused");
      }
      if (wait) await pause(wait);
    }
    throw new Unvouched("unreachable");
  }

  #know(answer, { bearer, expires_at, session }) {
    const { subject } = session;
    const before = this.#known;
    const held = lifetime(answer, expires_at ?? session.expires_at);
    this.#known = { bearer, subject, until: Date.now() + held - 10_000 };
    if (before && before.subject !== subject) return this.#lost("other");
    clearTimeout(this.#timer);
    const again = () => this.renew(bearer).catch(() => {});
    this.#timer = setTimeout(again, Math.max(held - AHEAD, held / 2));
    return this.#known;
  }

  /** Somebody was there, and is no more: everything of theirs goes. Nobody was: that is said. */
  #lost(kind) {
    if (this.#known) this.onOther();
    throw new Unvouched(kind);
  }
}
