// How the frame and its host meet, and the channel that they speak over from then on.

import { SPEAKS, highestOfBoth, read } from "./messages.mjs";

/** How long the host may take to answer, in milliseconds. */
const PATIENCE = 8000;

/** Why the two do not speak. */
export class Unmet extends Error {
  constructor(kind) {
    super(kind);
    this.kind = kind;
  }
}

/**
 * Whether every page around this frame is one that the company lists, as far as the browser says which those are. Firefox says `null`
 * of a page that sends no Referer, as ours is asked to; there the server's `frame-ancestors` knows alone, and lets no page in that
 * really has no origin.
 */
export const areListed = (host, listed, around = location.ancestorOrigins ?? []) =>
  [host, ...around].every((origin, at) => listed.includes(origin) || (at > 0 && origin === "null"));

/**
 * Says hello to the one origin that the address of the frame named, if the company lists it, and waits for its answer: from the
 * window around this one, at that very origin, with a port. Whatever else comes is nothing.
 */
export const meet = (host, listed) =>
  new Promise((met, failed) => {
    if (!host || !areListed(host, listed)) return failed(new Unmet("parent"));
    const give = (end, value) => {
      clearTimeout(waiting);
      removeEventListener("message", hear);
      end(value);
    };
    const hear = (event) => {
      if (event.source !== parent || event.origin !== host) return;
      const said = read(event.data);
      if (said.portal === "unable") return give(failed, new Unmet("version"));
      const port = event.ports[0];
      if (said.portal === "welcome" && port && SPEAKS.includes(highestOfBoth(SPEAKS, [said.version]))) give(met, { port, said });
    };
    const waiting = setTimeout(() => give(failed, new Unmet("silent")), PATIENCE);
    addEventListener("message", hear);
    parent.postMessage({ portal: "hello", versions: SPEAKS }, host);
  });

/** The channel: what is said goes out, what comes goes to whoever listens for its type. */
export class Channel {
  #port;
  #ears;

  constructor(port, ears) {
    this.#port = port;
    this.#ears = ears;
    port.onmessage = ({ data }) => {
      const said = read(data);
      if (Object.hasOwn(this.#ears, said.type)) this.#ears[said.type](said);
    };
  }

  say(type, more) {
    this.#port.postMessage({ type, ...more });
  }

  /** Says something to the company's engineer; never anything of the customer. */
  warn(code, detail) {
    this.say("warning", { code, detail: detail.slice(0, 2000) });
  }
}
