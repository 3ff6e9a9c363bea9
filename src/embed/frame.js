// The portal in a frame on the company's own page: what boot starts there before anything is asked about the customer.
//
// The host and the frame meet (meeting.mjs), the host vouches for whoever is signed in there (identity.mjs), and the program then
// starts as it does on a page of its own, in surroundings that are put right before (surroundings.mjs). Loaded in a frame alone; the
// program that every visit loads knows none of it (docs/decisions/0029).

import style from "../../style/frame.css";
import { Slice, tellHeight } from "./height.mjs";
import { Identity } from "./identity.mjs";
import { Channel, meet } from "./meeting.mjs";
import { isPath, isText, isTopLevel } from "./messages.mjs";
import { refuse } from "./refusal.mjs";
import { sender } from "./sending.mjs";
import { followLinks, followPlaces, furnish, keepStill, tellProgram } from "./surroundings.mjs";
import { Theme } from "./theme.mjs";
import { uploads } from "./uploading.mjs";

/** Puts the frame's own rules over the portal's: as a sheet that is made here, which needs no leave of the policy. */
const dress = () => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(style);
  document.adoptedStyleSheets.push(sheet);
  document.documentElement.dataset.framed = "";
};

/** What is shown here, on a page of its own. Two slashes would begin another origin. */
const alone = () => location.pathname.replace(/^\/+/, "/") + location.search;

class Frame {
  #claims;
  #theme = new Theme();
  #slice = new Slice();
  #shown = () => {};
  #isLeft = false;

  constructor(claims, { base, api }) {
    this.#claims = claims;
    this.base = base;
    // Where the API stands: as the page was made with it, and as the settings have it today.
    this.places = [api];
    // Until somebody is known every request waits: nobody is never asked about.
    this.known = new Promise((known) => (this.know = known));
  }

  /** Meets the host, and asks it who is there. */
  async begin(portal) {
    const { frame_parents: listed, api } = JSON.parse(await portal.config);
    if (typeof api === "string") this.places.unshift(api);
    const { port, said } = await meet(this.#claims.get("portal.host"), Array.isArray(listed) ? listed : []);
    const channel = new Channel(port, this.#ears());
    this.channel = channel;
    this.#wear(said.theme);
    this.#locale(said.locale);
    channel.say("ready", { version: said.version });
    tellHeight(channel);
    const marks = { subtree: true, childList: true, attributeFilter: ["aria-current"] };
    new MutationObserver(() => this.#showPlace()).observe(document.body, marks);
    followPlaces(() => this.#tellPlace());
    this.lead = keepStill((top, bottom) => channel.say("reveal", { top, bottom }));
    this.#tellPlace();
    this.who = new Identity(this.places[0].replace(/\/$/, ""), channel, () => this.leave());
    await this.#recognise();
  }

  /** Asks the host who is there, and lets the program's requests go once that is known. */
  async #recognise() {
    // A page that has not set its identity yet may do so: then this goes by itself.
    const waiting = setTimeout(() => this.refuse("silent"), 10_000);
    try {
      await this.who.bearer();
      this.#shown();
      this.know(this.who);
    } catch (reason) {
      this.refuse(reason.kind ?? "unreachable");
    } finally {
      clearTimeout(waiting);
    }
  }

  /** Says why nothing is shown, and where it can be had. */
  refuse(kind) {
    if (this.#isLeft) return;
    this.#shown();
    const retry = kind === "unreachable" ? () => this.#recognise() : undefined;
    this.#shown = refuse(kind, alone(), retry);
    this.channel?.warn(kind === "nobody" || kind === "unreachable" ? "identity" : kind, `The portal is not shown: ${kind}`);
  }

  #wear(theme) {
    if (theme && typeof theme === "object") this.#theme.wear(theme, (code, detail) => this.channel.warn(code, detail));
  }

  #ears() {
    return {
      identity: (said) => this.who?.answer(said),
      "identity-changed": () => this.leave(),
      view: (said) => this.#slice.set(said),
      theme: ({ theme }) => this.#wear(theme),
      locale: ({ locale }) => this.#locale(locale),
      navigate: ({ path }) => this.#go(path),
    };
  }

  #locale(tag) {
    if (!isText(tag, 35) || !tag || tag === document.documentElement.lang) return;
    const offered = document.querySelector("meta[name=portal-locales]")?.content.split(" ") ?? [];
    const found = [tag, tag.split("-")[0]].map((one) => offered.find((other) => other.toLowerCase() === one.toLowerCase())).find(Boolean);
    if (!found) return this.channel.warn("locale", `${tag} is none of ${offered.join(", ")}`);
    this.#claims.set("portal.locale", found);
    localStorage.setItem("portal.locale", found);
    tellProgram(`language ${found}`);
  }

  #go(path) {
    if (!isPath(path) || isTopLevel(path)) {
      if (isText(path, 200)) this.channel.warn("path", `${path} is no place that a frame may show`);
      return;
    }
    this.lead?.();
    history.replaceState(null, "", this.base + path);
    dispatchEvent(new PopStateEvent("popstate"));
  }

  /** On a phone the row of places is longer than what is seen of it: the one where the reader is comes into view there. */
  #showPlace() {
    const place = document.querySelector(".place[aria-current]");
    const row = place?.closest(".places");
    if (!row || place === this.place) return;
    this.place = place;
    const [own, all] = [place, row].map((one) => one.getBoundingClientRect());
    if (own.left < all.left || own.right > all.right) row.scrollBy((own.left + own.right - all.left - all.right) / 2, 0);
  }

  /** Where the reader is. What they search for is theirs, and no part of the place. */
  #tellPlace() {
    const query = location.search.slice(1).split("&").filter((pair) => pair && !pair.startsWith("q=")).join("&");
    this.channel.say("navigated", { path: (location.pathname.slice(this.base.length) || "/") + (query && `?${query}`) });
  }

  /**
   * Everything of whoever was there goes, at once: what is shown, what is remembered, what is under way. Then it begins anew. Until
   * the new document is there this one lives on: what still comes into it is not shown.
   */
  leave() {
    this.#isLeft = true;
    document.documentElement.style.setProperty("display", "none", "important");
    document.body.replaceChildren();
    const address = new URL(alone(), location.origin);
    // What somebody searched for is theirs too. Where nobody was known, it is what the host leads to.
    if (this.who?.isKnown) address.search = "";
    this.who?.forget();
    address.hash = this.#claims;
    History.prototype.replaceState.call(history, null, "", address);
    location.reload();
  }
}

/**
 * Begins in a frame. `claims` is what the frame's address says after its hash: which page is around it, in which language and look
 * it should begin. Gives back how requests are sent from now on, once it is known in whose name: until then the program does not begin,
 * which would only find that nobody answers.
 */
export const join = async (portal, claims, { base, api }) => {
  furnish([["portal.locale", claims.get("portal.locale")]].filter(([, value]) => value));
  dress();
  // What is in the address bar of a frame is seen by nobody, and is no place of the portal. Where a server lets a screen be framed that
  // never is, the first one stands in its place.
  const place = alone();
  history.replaceState(history.state, "", isTopLevel(place.slice(base.length)) ? `${base}/` : place);
  const frame = new Frame(claims, { base, api });
  frame.begin(portal).catch((reason) => frame.refuse(reason.kind ?? "silent"));
  const send = sender(frame);
  window.XMLHttpRequest = uploads(frame);
  followLinks(send, { base, places: frame.places });
  await frame.known;
  return send;
};
