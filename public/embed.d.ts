/**
 * Types of `<customer-portal>`, the customer portal in a frame (`embed.js`). Copy this file into your project, or refer to it with
 * `/// <reference path="embed.d.ts" />`. What everything means at length stands in docs/embedding.md of the portal.
 */

/** What the portal asks the page when it wants to know who is signed in. */
export interface IdentityRequest {
  /** To be put into the assertion as its `nonce`, as it is. */
  readonly nonce: string;
}

/** Asks the company's backend for a signed assertion; `null` says that nobody is signed in. */
export type Identity = (request: IdentityRequest) => Promise<string | null> | string | null;

/** The look of the portal, as far as a page may say it. What cannot be used is left out, and told by a `warning`. */
export interface PortalTheme {
  /** Light, dark, or as the reader's system has it. */
  scheme?: "light" | "dark" | "auto";
  /** The one colour of links, buttons and marks: `#rgb`, `#rrggbb`, `rgb(…)`, `hsl(…)`, `oklch(…)`. */
  accent?: string;
  /** The colour of the ground, in the same ways. Words have to be readable on it (4.5 to 1). */
  paper?: string;
  /** Roundness of buttons and fields, from `0px` to `24px`, or `0rem` to `1.5rem`. */
  radius?: string;
  /** The letters; each is a family that the reader's own system has. */
  font?: "system" | "humanist" | "geometric" | "rounded" | "serif" | "mono";
}

/** What a warning is about. More may come. */
export type WarningCode =
  | "src"
  | "silent"
  | "version"
  | "theme"
  | "theme-contrast"
  | "path"
  | "locale"
  | "identity"
  | "assertion"
  | "refused"
  | "parent"
  | "height"
  | (string & {});

/** The events, by name. None says who the customer is or what they wrote. */
export interface CustomerPortalEventMap {
  /** The portal and this page speak with each other, in this version. */
  ready: CustomEvent<{ readonly version: number }>;
  /** The customer went to another screen: its path below the portal's own address. */
  navigated: CustomEvent<{ readonly path: string }>;
  /** Something that the customer sent was taken: the kind of thing, such as `feedback` or `message`. */
  submitted: CustomEvent<{ readonly what: string }>;
  /** Something was refused or is wrong. For the company's engineer, not for the customer. */
  warning: CustomEvent<{ readonly code: WarningCode; readonly detail: string }>;
  /** The frame has this height now, in CSS pixels. */
  height: CustomEvent<{ readonly height: number }>;
}

/** The element. */
export interface CustomerPortalElement extends HTMLElement {
  /** Who asks the backend to vouch for whoever is signed in. Until it is set, the portal waits. Setting it anew has it ask anew. */
  identity: Identity | null | undefined;
  /** To be called when somebody else is signed in on the page now, or nobody: everything shown goes within a second. */
  identityChanged(): void;

  addEventListener<Name extends keyof CustomerPortalEventMap>(
    name: Name,
    listener: (this: CustomerPortalElement, event: CustomerPortalEventMap[Name]) => unknown,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(name: string, listener: EventListenerOrEventListenerObject, options?: boolean | AddEventListenerOptions): void;
  removeEventListener<Name extends keyof CustomerPortalEventMap>(
    name: Name,
    listener: (this: CustomerPortalElement, event: CustomerPortalEventMap[Name]) => unknown,
    options?: boolean | EventListenerOptions,
  ): void;
  removeEventListener(name: string, listener: EventListenerOrEventListenerObject, options?: boolean | EventListenerOptions): void;
}

/** The attributes, for those who write their markup in a typed language. */
export interface CustomerPortalAttributes {
  /** The address of the portal: `https://portal.example/portal/`. */
  src: string;
  /** Where in the portal to begin, and where to go when it changes: `/preferences`. */
  path?: string;
  /** BCP 47 tag of one of the portal's languages. Without one, the customer's own. */
  locale?: string;
  /** A {@link PortalTheme} as JSON. */
  theme?: string;
  /** What readers of the page hear the frame called; a name in the page's language otherwise. */
  label?: string;
  /** Where the page's own address is to say the place in the portal: `?portal` or `#portal`. */
  history?: `?${string}` | `#${string}`;
}

declare global {
  interface HTMLElementTagNameMap {
    "customer-portal": CustomerPortalElement;
  }
}
