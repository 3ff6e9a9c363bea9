// <customer-portal>: the portal in a frame on a page of the company's own. docs/embedding.md is its manual, embed.d.ts its types.
//
// A page loads it with `<script type="module" src="https://portal.example/embed.js">`. It has no dependency, writes no style and no
// script into the page, and so works under a strict policy; whoever loads it twice has it once. Keep it below 5 kB (brotli).
//
// The frame and this page know nothing of each other until both have said who they are: the frame says `hello` to the one origin
// that was named to it and that the portal lists; this page answers the very window that it made, at the portal's exact origin,
// with one end of a channel that nobody else holds. Nothing is ever said to just anybody.

/** The versions of what is said between the two that this loader speaks. The highest that both speak is used. */
const SPEAKS = [1];
/** Longer than this without a word from the frame, and the way out is shown. Milliseconds. */
const PATIENCE = 15000;
/** No content is higher, in CSS pixels; and nothing that is said is longer, in characters. */
const HIGHEST = 30000;
const LONGEST = 16384;

const WORDS = {
  __proto__: null,
  en: ["Customer portal", "This could not be shown here.", "Open in a new tab"],
  de: ["Kundenportal", "Das konnte hier nicht angezeigt werden.", "In einem neuen Tab öffnen"],
  ar: ["بوابة العملاء", "تعذّر عرض هذا هنا.", "افتح في علامة تبويب جديدة"],
};

const isText = (value, longest = 2000) => typeof value === "string" && value.length <= longest;
/** A path of the portal: dots would lead above it, to whatever else stands at its origin. */
const isPath = (value) => isText(value) && /^\/(?![/\\])[^\\\s#]*$/.test(value) && !/\/(\.|%2e){1,2}(\/|$)|\/\//i.test(value.split("?")[0]);

/** What was said, if it is a small plain object; everything else is passed over. */
const read = (data) => {
  try {
    return data && typeof data === "object" && JSON.stringify(data).length <= LONGEST ? data : {};
  } catch {
    return {};
  }
};

/** How much of the window's upper edge lies below a head that sticks: the page says it as it does for its own links. */
const covered = () => parseFloat(getComputedStyle(document.documentElement).scrollPaddingTop) || 0;

class CustomerPortal extends HTMLElement {
  static observedAttributes = ["src", "path", "locale", "theme", "label"];

  #root = this.attachShadow({ mode: "open" });
  #frame;
  #port;
  #origin;
  #identity;
  #asked = [];
  /** Where the frame is, as it last said; when the element is moved it goes on there. */
  #path;
  #view = "";
  #height;
  #due;
  #silence;
  #seen;
  #way;
  #isHere = false;

  /** Who asks the company's backend to vouch for whoever is signed in: `async ({ nonce }) => assertion`, or null for nobody. */
  get identity() {
    return this.#identity;
  }

  set identity(identity) {
    const isFirst = this.#identity === undefined;
    this.#identity = identity;
    if (!isFirst) this.identityChanged();
    for (const nonce of this.#asked.splice(0)) this.#identify(nonce);
  }

  /** Somebody else is signed in on the page now, or nobody: what the frame shows goes at once, and it asks anew. */
  identityChanged() {
    this.#asked = [];
    if (!this.#port) return;
    this.#say({ type: "identity-changed" });
    // It begins anew, which may fail.
    this.#await();
  }

  connectedCallback() {
    // Set before this class was there, it lies in front of its own setter.
    if (Object.hasOwn(this, "identity")) {
      const { identity } = this;
      delete this.identity;
      this.identity = identity;
    }
    addEventListener("message", this.#hear);
    // In the capturing phase: a part of the page may scroll too.
    for (const name of ["scroll", "resize"]) addEventListener(name, this.#look, { capture: true, passive: true });
    this.#isHere = true;
    this.#build();
  }

  disconnectedCallback() {
    this.#isHere = false;
    removeEventListener("message", this.#hear);
    for (const name of ["scroll", "resize"]) removeEventListener(name, this.#look, { capture: true });
    this.#leave();
  }

  attributeChangedCallback(name, before, now) {
    if (before === now || !this.#isHere) return;
    if (name === "src") {
      this.#leave();
      this.#path = undefined;
      this.#build();
    }
    if (!this.#frame) return;
    if (name === "path" && isPath(now)) this.#say({ type: "navigate", path: (this.#path = now) });
    if (name === "locale") this.#say({ type: "locale", locale: now ?? "" });
    if (name === "theme") this.#say({ type: "theme", theme: this.#theme() });
    if (name === "locale" || name === "label") this.#entitle();
  }

  #words() {
    const tag = this.getAttribute("locale") || document.documentElement.lang || "en";
    return WORDS[tag.toLowerCase().split("-")[0]] ?? WORDS.en;
  }

  #entitle() {
    this.#frame.title = this.getAttribute("label") || this.#words()[0];
  }

  #address(path) {
    // No address at all is none, and not the page's own.
    const src = new URL(this.getAttribute("src") || "//", document.baseURI);
    return new URL(src.origin + src.pathname.replace(/\/$/, "") + path);
  }

  #build() {
    let address;
    try {
      const path = this.getAttribute("path");
      this.#path ??= this.#kept() ?? (isPath(path) ? path : "/");
      address = this.#address(this.#path);
    } catch {
      return this.#warn("src", "src is to be the address of the portal, such as https://portal.example/");
    }
    this.#origin = address.origin;
    const said = { "portal.host": location.origin };
    const locale = this.getAttribute("locale");
    const { scheme } = this.#theme();
    if (locale) said["portal.locale"] = locale;
    if (isText(scheme)) said["portal.theme"] = scheme;
    // The fragment reaches no server and no log.
    address.hash = new URLSearchParams(said);
    const frame = (this.#frame = document.createElement("iframe"));
    this.#entitle();
    frame.setAttribute("sandbox", "allow-scripts allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox allow-downloads");
    frame.referrerPolicy = "no-referrer";
    frame.allow = "clipboard-write";
    Object.assign(this.style, { display: this.style.display || "block" });
    Object.assign(frame.style, { display: "block", border: "0", inlineSize: "100%", blockSize: `${this.#height ?? 480}px`, colorScheme: "normal" });
    frame.src = address.href;
    this.#root.replaceChildren(frame);
    this.#seen = new IntersectionObserver(this.#look, { threshold: [0, 0.5, 1] });
    this.#seen.observe(frame);
    this.#await();
  }

  #await() {
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => this.#fallBack("silent", "The portal did not answer: does it list this page's origin in frame_parents and frame-ancestors?"), PATIENCE);
  }

  #leave() {
    clearTimeout(this.#silence);
    cancelAnimationFrame(this.#due);
    this.#due = undefined;
    this.#seen?.disconnect();
    this.#port?.close();
    this.#port = this.#frame = undefined;
    this.#asked = [];
    this.#root.replaceChildren();
  }

  /** The way out, in the page itself, where the frame cannot say anything. */
  #fallBack(code, detail) {
    this.#warn(code, detail);
    const [, why, act] = this.#words();
    const link = document.createElement("a");
    this.#way?.remove();
    Object.assign(link, { href: this.#address(this.#path).href, target: "_blank", rel: "noopener", textContent: act });
    this.#way = document.createElement("p");
    this.#way.append(`${why} `, link);
    // Beside the frame, which stays where it is: one that is moved begins anew.
    this.#frame.before(this.#way);
  }

  // --- What is said ---------------------------------------------------------------------------------------------------

  #say(message) {
    this.#port?.postMessage(message);
  }

  #warn(code, detail) {
    this.#tell("warning", { code, detail });
  }

  #tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true }));
  }

  #hear = (event) => {
    const frame = this.#frame?.contentWindow;
    if (!frame || event.source !== frame || event.origin !== this.#origin) return;
    const { portal, versions } = read(event.data);
    if (portal !== "hello" || !Array.isArray(versions)) return;
    clearTimeout(this.#silence);
    this.#port?.close();
    this.#port = undefined;
    this.#asked = [];
    const version = Math.max(...SPEAKS.filter((one) => versions.includes(one)));
    if (version < 0) {
      frame.postMessage({ portal: "unable", versions: SPEAKS }, this.#origin);
      return this.#warn("version", `The portal speaks ${versions.slice(0, 9)}, this loader ${SPEAKS}: take embed.js from the portal itself`);
    }
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    port1.onmessage = ({ data }) => this.#port === port1 && this.#take(read(data));
    this.#view = "";
    const { locale } = this.attributes;
    frame.postMessage({ portal: "welcome", version, locale: locale?.value ?? "", theme: this.#theme() }, this.#origin, [port2]);
    this.#look();
  };

  #take(said) {
    if (said.type === "identify" && isText(said.nonce, 128)) {
      if (this.#identity === undefined) this.#asked.push(said.nonce);
      else this.#identify(said.nonce);
    } else if (said.type === "ready") {
      // A frame that was given up may have come after all.
      this.#way?.remove();
      this.#tell("ready", { version: said.version });
    } else if (said.type === "height" && said.height >= 0) {
      this.#grow(Math.min(Math.ceil(said.height), HIGHEST));
    } else if (said.type === "navigated" && isPath(said.path)) {
      this.#navigated(said.path);
    } else if (said.type === "reveal" && Number.isFinite(said.top + said.bottom)) {
      this.#reveal(said.top, said.bottom);
    } else if (said.type === "submitted" && isText(said.what, 40)) {
      this.#tell("submitted", { what: said.what });
    } else if (said.type === "warning" && isText(said.code, 40) && isText(said.detail)) {
      this.#warn(said.code, said.detail);
    }
  }

  async #identify(nonce) {
    let assertion = null;
    let failed = false;
    try {
      assertion = (await this.#identity?.({ nonce })) ?? null;
      if (assertion !== null && !isText(assertion, 8192)) throw "it is to give a string, or null for nobody";
    } catch (error) {
      assertion = null;
      failed = true;
      this.#warn("identity", `identity() failed: ${error}`);
    }
    this.#say({ type: "identity", nonce, assertion, failed });
  }

  // --- Height, and what of the frame is seen ----------------------------------------------------------------------------

  /** At most once a frame, whatever the portal says. */
  #grow(height) {
    this.#height = height;
    this.#due ??= requestAnimationFrame(() => {
      this.#due = undefined;
      this.#frame.style.blockSize = `${this.#height}px`;
      this.#tell("height", { height: this.#height });
      this.#look();
    });
  }

  #look = () => {
    if (!this.#port) return;
    const { top } = this.#frame.getBoundingClientRect();
    const from = Math.max(covered(), top);
    const view = { top: Math.round(from - top), height: Math.max(0, Math.round(innerHeight - from)) };
    if (this.#view === (this.#view = `${view.top} ${view.height}`)) return;
    this.#say({ type: "view", ...view });
  };

  /** Scrolls as little as is needed. The frame asks for it only in answer to what was pressed in it. */
  #reveal(top, bottom) {
    const at = this.#frame.getBoundingClientRect().top;
    const above = at + top - covered();
    const below = at + bottom - innerHeight;
    if (above < 0) scrollBy(0, above);
    else if (below > 0) scrollBy(0, Math.min(below, above));
  }

  // --- Addresses --------------------------------------------------------------------------------------------------------

  #theme() {
    const theme = this.getAttribute("theme");
    try {
      return (theme && read(JSON.parse(theme))) || {};
    } catch {
      this.#warn("theme", "theme is to be a JSON object");
      return {};
    }
  }

  /** Where the page's own address keeps the place in the portal: `history="?portal"` or `history="#portal"`. */
  #place() {
    const [, mark, name] = /^([?#])([\w.-]+)$/.exec(this.getAttribute("history") ?? "") ?? [];
    if (!name) return;
    const page = new URL(location);
    const part = mark === "?" ? "search" : "hash";
    return { page, part, name, pairs: new URLSearchParams(page[part].slice(1)) };
  }

  #kept() {
    const place = this.#place();
    const path = place?.pairs.get(place.name);
    return isPath(path) ? path : undefined;
  }

  #navigated(path) {
    const isNew = this.#path !== path;
    this.#path = path;
    const place = this.#place();
    if (place && this.#kept() !== path) {
      place.pairs.set(place.name, path);
      place.page[place.part] = place.pairs;
      // In place of the entry that is there: Back leaves the page, as it did before.
      history.replaceState(history.state, "", place.page);
    }
    if (isNew) this.#tell("navigated", { path });
  }
}

// Loaded twice, by two addresses even, it is there once.
if (!customElements.get("customer-portal")) customElements.define("customer-portal", CustomerPortal);
