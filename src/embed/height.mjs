// The frame is as high as what it shows, and what lies over it (a dialog, a menu, a message) lies where the reader is looking.

/** So many heights in a row may be told faster than they are given back. */
const AT_ONCE = 16;
/** How often one is given back, in milliseconds. */
const GIVEN_BACK = 250;

/**
 * How often a height may be told. Content that grows because the frame grew would otherwise answer itself for ever; what a person
 * does makes a handful of heights, and then rests.
 */
export class Allowance {
  #left = AT_ONCE;
  #at;

  constructor(now) {
    this.#at = now;
  }

  /** Whether one more may be told now. */
  take(now) {
    const back = Math.floor((now - this.#at) / GIVEN_BACK);
    this.#at += back * GIVEN_BACK;
    this.#left = Math.min(AT_ONCE, this.#left + back);
    if (this.#left <= 0) return false;
    this.#left -= 1;
    return true;
  }

  /** Somebody pressed something: what comes of that is no answer to a height. */
  refill() {
    this.#left = AT_ONCE;
  }
}

/** What stands where it stands, however high the frame is; a message that passes keeps to the frame's lower edge, and would push it. */
const OVER = "dialog[open], [popover]:popover-open";
/** What lies over the page keeps this far from the frame's lower edge, in CSS pixels. */
const ROOM = 24;

/** How high everything is that is shown, in whole CSS pixels. */
const measured = () => {
  const bottoms = [...document.querySelectorAll(OVER)].map((one) => one.getBoundingClientRect().bottom + scrollY + ROOM);
  return Math.ceil(Math.max(document.body.getBoundingClientRect().bottom + scrollY, ...bottoms));
};

/** What shrinks may grow again at once: a screen that is on its way. A page that shrank meanwhile would lose its place. */
const SHRINKS_AFTER = 300;

/** Tells the height whenever it is another, at most once a frame; until the end of the page. */
export const tellHeight = (channel) => {
  const allowance = new Allowance(performance.now());
  let told;
  let due;
  let isWarned = false;
  let shrinking;
  const tell = (isSettled) => {
    due = undefined;
    const height = measured();
    if (height === told) return;
    clearTimeout(shrinking);
    if (height < told && isSettled !== true) {
      shrinking = setTimeout(() => tell(true), SHRINKS_AFTER);
      return;
    }
    if (!allowance.take(performance.now())) {
      if (!isWarned) channel.warn("height", "The height of the content answers the height of the frame: something in it is as high as its window (100vh)");
      isWarned = true;
      return;
    }
    told = height;
    channel.say("height", { height });
  };
  const ask = () => (due ??= requestAnimationFrame(tell));
  for (const name of ["pointerdown", "keydown"]) {
    addEventListener(name, () => {
      allowance.refill();
      ask();
    }, { capture: true, passive: true });
  }
  new ResizeObserver(ask).observe(document.body);
  new MutationObserver(ask).observe(document.body, { subtree: true, childList: true, attributeFilter: ["open"] });
  addEventListener("toggle", ask, true);
  ask();
};

/** The part of the frame that is seen, as the host says it. What asks the window for its height means this. */
export class Slice {
  #bottom;

  constructor() {
    const whole = Object.getOwnPropertyDescriptor(window, "innerHeight");
    Object.defineProperty(window, "innerHeight", {
      configurable: true,
      get: () => this.#bottom ?? whole?.get?.call(window) ?? document.documentElement.clientHeight,
    });
  }

  /** Takes what the host says, if it can be so. */
  set({ top, height }) {
    if (!(Number.isFinite(top + height) && top >= 0 && height >= 0 && top + height < 1e6)) return;
    this.#bottom = top + height;
    const { style } = document.documentElement;
    style.setProperty("--view-start", `${top}px`);
    style.setProperty("--view-size", `${height}px`);
    dispatchEvent(new Event("scroll"));
  }
}
