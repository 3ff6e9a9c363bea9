// What is otherwise in a frame than on a page of its own, put in its place before the program starts: so the program need not know.

import { isTopLevel } from "./messages.mjs";
import { pathOf } from "./sending.mjs";

const put = (name, value) => Object.defineProperty(window, name, { configurable: true, value });

/** A storage that is forgotten with the page: what browsers keep for frames they keep by their own rules, or not at all. */
class Memory {
  #kept = new Map();

  get length() {
    return this.#kept.size;
  }

  key(at) {
    return [...this.#kept.keys()][at] ?? null;
  }

  getItem(name) {
    return this.#kept.get(name) ?? null;
  }

  setItem(name, value) {
    this.#kept.set(name, String(value));
  }

  removeItem(name) {
    this.#kept.delete(name);
  }

  clear() {
    this.#kept.clear();
  }
}

/** No other tab is told anything, and none is heard: its customer is another matter. What the host says comes by this way. */
class Apart extends EventTarget {
  static heard = [];

  constructor() {
    super();
    Apart.heard.push(this);
  }

  postMessage() {}

  close() {}
}

/** Tells the program what another tab would have told it. */
export const tellProgram = (data) => {
  for (const channel of Apart.heard) channel.dispatchEvent(new MessageEvent("message", { data }));
};

/** Puts everything in its place. `seeds` is what the storage holds from the start. */
export const furnish = (seeds) => {
  const local = new Memory();
  for (const [name, value] of seeds) local.setItem(name, value);
  put("localStorage", local);
  put("sessionStorage", new Memory());
  put("BroadcastChannel", Apart);
};

/** Where the frame goes: in the place of where it was, so that the host's history stays as it is. `then` hears of each place. */
export const followPlaces = (then) => {
  const replace = history.replaceState.bind(history);
  history.replaceState = (state, title, address) => {
    replace(state, title, address);
    then();
  };
  history.pushState = history.replaceState;
};

/**
 * Nothing that the program does scrolls the host. Where somebody pressed something, `then` hears what is to be seen for it. What comes
 * back says that the host itself has led elsewhere: what comes of that is nobody's press.
 */
export const keepStill = (then) => {
  let isLed = false;
  for (const name of ["pointerdown", "keydown"]) addEventListener(name, () => (isLed = false), { capture: true, passive: true });
  const focus = HTMLElement.prototype.focus;
  const show = (element) => {
    if (isLed || !navigator.userActivation?.isActive) return;
    const { top, bottom } = element.getBoundingClientRect();
    then(top, bottom);
  };
  HTMLElement.prototype.focus = function (options) {
    focus.call(this, { ...options, preventScroll: true });
    if (!options?.preventScroll) show(this);
  };
  Element.prototype.scrollIntoView = function () {
    show(this);
  };
  return () => (isLed = true);
};

const save = (file, name) => {
  const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(file), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
};

/** The name under which the server sends a file (RFC 6266). */
const nameOf = (answer) => {
  const said = answer.headers.get("content-disposition") ?? "";
  const [, encoded] = /filename\*=UTF-8''([^;]+)/i.exec(said) ?? [];
  const [, plain] = /filename="([^"]+)"/i.exec(said) ?? [];
  try {
    return encoded ? decodeURIComponent(encoded) : (plain ?? "");
  } catch {
    return plain ?? "";
  }
};

/**
 * Links: what leads out of the portal, or to a screen that may not stand in a frame, opens in a tab of its own; a file of the API's
 * is fetched in the name of whoever is there, for no cookie would go with it.
 */
export const followLinks = (send, { base, places }) => {
  const isFile = (address) => pathOf(address, places) !== undefined;
  const get = (address) => send(new Request(address)).then((answer) => (answer.ok ? answer : Promise.reject(answer)));
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
    if (!link || link.target) return;
    const path = link.pathname.slice(base.length);
    const isOutside = link.origin !== location.origin || !link.pathname.startsWith(`${base}/`);
    if (isFile(link.href)) {
      event.preventDefault();
      get(link.href).then(async (answer) => save(await answer.blob(), link.download || nameOf(answer))).catch(() => open(location.href, "_blank", "noopener"));
    } else if (/^https?:$/.test(link.protocol) && (isOutside || isTopLevel(path))) {
      link.target = "_blank";
      link.rel = "noopener";
    }
  }, true);
  // A picture that the server did not give to nobody.
  document.addEventListener("error", ({ target }) => {
    if (!(target instanceof HTMLImageElement) || !isFile(target.src)) return;
    get(target.src).then(async (answer) => {
      const reader = new FileReader();
      reader.onload = () => (target.src = reader.result);
      reader.readAsDataURL(await answer.blob());
    }).catch(() => {});
  }, true);
  // A frame prints what of it is seen; the page of its own prints all.
  window.print = () => open(location.href, "_blank", "noopener");
};
