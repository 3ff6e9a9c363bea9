// The first code that runs. Beside it the frame's own (`src/embed`) and the loader of a host (`public/embed.js`) are written by hand.
//
// It starts everything that the first screen needs at the same time (program, configuration, session, texts, the
// screen's own data), so that nothing waits for the program before it is asked for; and it is what is left standing
// when the program cannot start or breaks: `portalBoot.fail` shows the way out that index.html carries.
//
// The app finds it as `window.portalBoot` and picks the promises up. Keep it below 3 kB (brotli).

// The screens: the pattern of the path, the part of the program that draws it, and the requests that its first view makes.
// Native tests hold this table against the program, so it stays plain data.
const SCREENS = [
  ["/", "overview", ["/v1/overview"]],
  ["/notices", "notices", ["/v1/notices?state=current&limit=50", "/v1/notices?state=put_aside&limit=50"]],
  ["/interactions", "interactions", ["/v1/interactions?limit=50"]],
  ["/interactions/:id", "interaction", ["/v1/interactions/:id", "/v1/interactions/:id/messages?limit=50"]],
  ["/preferences", "preferences", ["/v1/preference-catalog", "/v1/preferences", "/v1/contact-points?limit=50"]],
  ["/preferences/less", "less_contact", ["/v1/preference-catalog", "/v1/preferences", "/v1/contact-points?limit=50"]],
  ["/preferences/quiet-hours", "quiet_hours", ["/v1/preference-catalog", "/v1/preferences", "/v1/contact-points?limit=50"]],
  ["/preferences/history", "preference_history", ["/v1/preferences/history?limit=50", "/v1/preference-catalog", "/v1/purposes?limit=50", "/v1/contact-points?limit=50"]],
  ["/preferences/contact-points", "contact_points", ["/v1/contact-points?limit=50"]],
  ["/preferences/consents", "consents", ["/v1/purposes?limit=50", "/v1/consents?limit=50"]],
  ["/feedback", "feedback", ["/v1/feedback-requests?limit=50", "/v1/feedback?limit=50"]],
  ["/feedback/improvements", "improvements", ["/v1/improvements?limit=50"]],
  ["/feedback/new", "new_feedback", ["/v1/feedback/options"]],
  ["/feedback/requests/:id", "feedback_request", ["/v1/feedback-requests/:id"]],
  ["/feedback/:id", "feedback_entry", ["/v1/feedback/:id"]],
  ["/contact", "contact", ["/v1/contact-options", "/v1/guides?limit=50"]],
  ["/contact/message", "new_message", ["/v1/contact-options"]],
  ["/contact/callback", "new_callback", ["/v1/contact-options", "/v1/contact-points?limit=50"]],
  ["/guides/:id", "guide", ["/v1/guides/:id"]],
  ["/data", "inventory", ["/v1/me", "/v1/data-inventory?limit=50", "/v1/data-requests?limit=50"]],
  ["/data/requests", "data_requests", ["/v1/data-requests?limit=50", "/v1/data-requests/options"]],
  ["/data/requests/new", "data_request_new", ["/v1/data-requests/options"]],
  ["/data/requests/:id", "data_request", ["/v1/data-requests/:id", "/v1/data-requests/:id/events?limit=50", "/v1/data-requests/:id/messages?limit=50"]],
  ["/data/people", "people", ["/v1/delegations?limit=50"]],
  ["/data/people/new", "person_new", ["/v1/capabilities", "/v1/data-requests/options"]],
  ["/data/people/:id", "person", ["/v1/delegations/:id", "/v1/delegations/:id/events?limit=50"]],
  ["/people", "people_link", []],
  ["/p", "footer_link", []],
  ["/track", "track", []],
  ["/data/export", "export", []],
  ["/data/:id", "inventory_records", ["/v1/data-inventory?limit=50", "/v1/data-requests?limit=50", "/v1/data-inventory/:id/records?limit=50"]],
  ["/help", "help", []],
];

// Filters of a list stand in the address of the screen and go to the API under the same names.
const SHARED_FILTERS = ["q", "channel", "direction", "status", "topic", "from", "to", "sort"];

// Longer than this without a first screen is no longer waiting: say so, and offer the phone.
const PATIENCE_MS = 30000;

const page = document.documentElement;
const byId = (id) => document.getElementById(id);
const meta = (name) => document.querySelector(`meta[name=${name}]`)?.content ?? "";

// In a frame on another page that page says how it begins, in the fragment; nothing is remembered there (src/embed/frame.js).
const framed = parent !== window;
const claims = new URLSearchParams(framed ? location.hash.slice(1) : "");

// Storage may be denied, full or throwing: then nothing is remembered, and nothing breaks.
const remembered = (key) => {
  if (framed) return claims.get(key);
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
};

// Below which path of its origin the portal stands, without the slash at its end.
const base = meta("portal-base").replace(/\/$/, "");

// --- Looks and language, before the first paint -------------------------------------------------------------------
const theme = remembered("portal.theme");
if (theme === "light" || theme === "dark") page.dataset.theme = theme;

// The remembered language first, then the browser's list; the exact tag first, then its language alone.
const chooseLocale = () => {
  const offered = meta("portal-locales").split(" ");
  for (const wanted of [remembered("portal.locale"), ...(navigator.languages ?? [])]) {
    if (!wanted) continue;
    for (const tag of [wanted, wanted.split("-")[0]]) {
      const found = offered.find((one) => one.toLowerCase() === tag.toLowerCase());
      if (found) return found;
    }
  }
  return offered[0];
};
const tag = chooseLocale();
page.lang = tag;
page.dir = /^(ar|fa|he|ur)\b/.test(tag) ? "rtl" : "ltr";

// This module may be there before the page is: one that is kept from the last visit runs as soon as it is met, and neither the
// way out nor the table of the program's parts has been read by then.
if (document.readyState === "loading") await new Promise((read) => addEventListener("DOMContentLoaded", read));

// --- The way out --------------------------------------------------------------------------------------------------
const wayOut = byId("way-out");
// The style sheet shows the way out by itself when this module never comes; from here on it is ours to show. It then takes
// the focus and is read for that: as an alert it would be spoken twice.
if (wayOut) {
  wayOut.hidden = true;
  wayOut.role = "main";
}

const fail = (kind) => {
  if (!wayOut || !wayOut.hidden) return;
  portal.failed = kind;
  // What happened, and what was kept, stands in the page in plain words: it has to be there when nothing else is.
  const languages = [...wayOut.querySelectorAll("[lang]")];
  const shown = languages.find((one) => one.lang === tag.split("-")[0]) ?? languages[0];
  for (const one of languages) one.hidden = one !== shown;
  for (const line of shown.querySelectorAll("p")) line.hidden = line.dataset.kind !== kind;
  // A modal dialog would lie above the way out and make it inert.
  for (const dialog of document.querySelectorAll("dialog[open]")) dialog.close();
  for (const other of document.body.children) other.inert = other !== wayOut;
  byId("skeleton")?.remove();
  wayOut.dataset.shown = "";
  wayOut.hidden = false;
  shown.querySelector("h1").focus();
  portal.config.then(nameTheCompany, () => {});
};

// The page was built with the company's details of that day; the configuration has those of today.
const nameTheCompany = (text) => {
  const { name, links = {} } = JSON.parse(text);
  const known = { name, phone: links.phone, email: links.email };
  for (const place of wayOut.querySelectorAll("[data-company]")) {
    const value = known[place.dataset.company];
    if (typeof value !== "string") continue;
    place.textContent = value;
    if (place.dataset.company === "phone") place.href = `tel:${value.replace(/[^+\d]/g, "")}`;
    if (place.dataset.company === "email") place.href = `mailto:${value}`;
  }
};

const laterStyles = [...document.querySelectorAll("[data-of],[data-without]")];
const broken = (thrown) => window.WebAssembly && thrown instanceof WebAssembly.RuntimeError;
addEventListener("error", (event) => {
  if (broken(event.error)) fail("panic");
  // A style sheet or script of ours that is missing or differs from its digest.
  else if (event.target?.integrity && !laterStyles.includes(event.target)) fail("asset");
}, true);
addEventListener("unhandledrejection", (event) => broken(event.reason) && fail("panic"));
addEventListener("load", () => {
  // A style sheet that failed before this module ran left no event; but without it nothing knows our tokens.
  if (!getComputedStyle(page).getPropertyValue("--layer-dialog")) fail("asset");
});

// --- Everything at once -------------------------------------------------------------------------------------------
const api = meta("portal-api");
// Nobody is asked about in a frame before the page around it has vouched for somebody.
const joined = framed && new Promise((done, failed) => Object.assign(byId("portal-frame"), { rel: "modulepreload", onload: done, onerror: failed }))
  .then(() => import(byId("portal-frame").href))
  .then(({ join }) => join(portal, claims, { base, api }));
const send = (request) => (joined ? joined.then((send) => send(request)) : fetch(request));
const ask = (pathAndQuery) => {
  const answer = send(new Request(api + pathAndQuery, {
    credentials: api ? "include" : "same-origin",
    headers: { Accept: "application/json", "Accept-Language": tag, "X-Portal-CSRF": "1" },
  }));
  // Whoever picks the answer up handles its failure; until then it is no error of the page.
  answer.catch(() => {});
  return answer;
};

// Leaving the page gives up what was under way: that is no failure, and whoever comes back hears of it then.
let isLeft = false;
addEventListener("pagehide", () => (isLeft = true));
addEventListener("pageshow", () => (isLeft = false));
const whileHere = (arriving) => arriving.catch(async (reason) => {
  if (isLeft) await new Promise((back) => addEventListener("pageshow", back, { once: true }));
  throw reason;
});

// One spelling for one request, whatever the order of its parameters.
const nameOf = (pathAndQuery) => {
  const address = new URL(pathAndQuery, location.origin);
  address.searchParams.sort();
  return address.pathname + address.search;
};

const path = location.pathname.slice(base.length).replace(/(.)\/$/, "$1").split("/");
const stands = (pattern) => {
  const parts = pattern.split("/");
  return parts.length === path.length && parts.every((part, at) => part === path[at] || (part === ":id" && path[at]));
};
const [pattern, screenPart, requests] = SCREENS.find(([pattern]) => stands(pattern)) ?? ["", "", []];

// A mail's link speaks for itself: whose cookie this browser has is none of its business.
const isLink = ["/p", "/track", "/people"].includes(pattern);

const early = new Map();
for (const request of requests) {
  const address = new URL(request.replace(":id", path.at(-1)), location.origin);
  for (const [name, value] of new URLSearchParams(location.search)) {
    const filters = pattern === "/interactions" ? SHARED_FILTERS : pattern === "/contact" ? ["topic"] : [];
    if (value && filters.includes(name)) address.searchParams.append(name, value);
    // Requests in another's name are asked for in that name alone.
    if (name === "for" && pattern.startsWith("/data/requests")) address.searchParams.append("on_behalf", value);
  }
  const name = nameOf(address);
  early.set(name, ask(name));
}

// An answer other than 200 is a missing file here: both are part of the portal's own files.
const load = async (address, options) => {
  const answer = await fetch(address, options);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer;
};
const text = (path) => whileHere(load(base + path).then((answer) => answer.text()));

// The page says which files there are: those of the program by which a visit begins, and those of the sentences.
const program = byId("portal-wasm");
const table = JSON.parse(program.dataset.parts);
const { texts } = table;
const wordsAt = (tag, part) => `/assets/${tag}-${part}-${texts.digest}.json`;
const kept = new Map();
const keep = (path) => {
  // The program may have come first.
  if (kept.has(path)) return;
  const file = text(path);
  file.catch(() => {});
  kept.set(path, file);
};
const ships = (tag) => texts.tags.includes(tag);
// Below a language that the company put beside the portal stands English.
const spoken = ships(tag) ? tag : "en";
keep(wordsAt(spoken, "first"));

const portal = window.portalBoot = {
  base,
  framed,
  /** Sends a request of the program's; in a frame in the name of whoever is vouched for. */
  send,
  config: text("/config.json"),
  session: isLink ? undefined : ask("/v1/session"),
  /** The text of a file of the portal's own: what was asked for early, or now. */
  file: (path) => {
    const words = kept.get(path) ?? text(path);
    kept.set(path);
    return words;
  },
  /** Whether a language came with the portal; the company's own are files beside it. */
  ships,
  /** The sentences of a shipped language, of one part of the portal. */
  words: (tag, part) => portal.file(wordsAt(tag, part)),
  /** The answer that was asked for early, once; anything but a promise means: ask yourself. */
  take: (method, pathAndQuery) => {
    const name = nameOf(pathAndQuery);
    // Who turned out to read another language is answered in that.
    const answer = method === "GET" && page.lang === tag && early.get(name);
    // Who asks a second time wants it fresh, and with it everything that was asked for as early.
    if (answer) early.set(name);
    else if (early.has(name)) early.clear();
    return answer;
  },
  fail,
};
// Where the settings name another API than the page does, what was asked early was asked of the wrong one.
portal.config.then((text) => {
  if ((JSON.parse(text).api ?? "") === api) return;
  early.clear();
  delete portal.session;
}).catch(() => fail("config"));

// --- The program, in parts ----------------------------------------------------------------------------------------
// Each file is called by its digest. One that did not come is asked for again by whoever needs it next.
const named = async (kind, digest, extension, read = "arrayBuffer") =>
  (await load(`${base}/assets/${kind}-${digest.slice(0, 16).replace(/\W/g, "-")}.${extension}`, { integrity: "sha256-" + digest }))[read]();
const files = new Map();
const once = (key, ask) => {
  const file = files.get(key) ?? whileHere(ask());
  files.set(key, file);
  file.catch(() => files.delete(key));
  return file;
};
// Which files each screen needs stands in a file of its own, with the digests of those that every visit asks for one by one; those of
// all stand in another.
const list = (digest) => once(digest, () => named("parts", digest, "json", "json"));
const all = () => list(table.all);
const rest = async () => list((await all()).rest);
portal.part = (file) => once(file, async () => named("part", isNaN(file) ? file : (await all()).files[file] ?? (await rest())[file], "wasm"));
// The glue asks for the files of a screen, and for the bytes of each. A visit begins with one that has all that its screen needs, and
// is called by its digest; what comes after it is in files that several screens share, without what the first one brought. Those
// are called by their numbers.
let first;
portal.parts = async (screen) => {
  const begun = table.first[first ??= screen];
  if (screen === first && begun) return [begun];
  const { screens } = await all();
  const [together, ...own] = screens[screen] ?? [];
  const without = (other) => own.filter((file) => !other?.includes(file));
  // Where most of what a screen adds to the overview is still to come, all of it comes at once: each part after its length.
  const added = without(screens.overview);
  if (together && added.filter((file) => files.has(file)).length * 2 < added.length) {
    const bytes = await once(together, () => named("screen", together, "bin"));
    let at = 0;
    for (const file of added) {
      const size = new DataView(bytes).getUint32(at, true);
      if (!files.has(file)) files.set(file, Promise.resolve(new Uint8Array(bytes, at + 4, size)));
      at += 4 + size;
    }
  }
  const missing = without(begun && screens[first]);
  return begun ? [begun, ...missing] : missing;
};
// Style is of some areas, or for all but the screens that do without. Who needs some of it gets the elements that bring it.
portal.dress = (screen) => laterStyles.filter((style) =>
  (style.dataset.of?.includes(texts.of[screen] ?? screen) ?? !style.dataset.without.includes(screen)) && (style.rel ||= "stylesheet"));
const askForPart = (part) => {
  if (!part) return;
  // Where one goes from here, nobody has to wait for what says the files; nor does the program for that.
  portal.parts(part).then((files) => Promise.all(files.map(portal.part))).then(() => started).then(rest).catch(() => {});
  portal.dress(part);
  keep(wordsAt(spoken, texts.of[part] ?? part));
};
// A screen that not every visit meets is opened by its address, as a rule by somebody who is signed in.
if (screenPart && !table.first[screenPart]) all().catch(() => {});
// The screen's part, as soon as it is known which: who is not signed in meets another screen.
if (isLink) askForPart(screenPart);
portal.session?.then(async (answer) => {
  const { state } = await answer.clone().json();
  if (state === "authenticated" || screenPart === "help") return askForPart(screenPart);
  askForPart("sign_in");
  // By which ways one signs in.
  early.set("/v1/capabilities", ask("/v1/capabilities"));
}).catch(() => {});

const start = async () => {
  const glue = byId("portal-glue");
  // Chromium does not check the digest of a preload: `fetch` does, and never hands over altered bytes. The glue is a
  // module script with a digest in index.html; a module that failed its check stays failed for `import()` too.
  const bytes = load(program.href, { integrity: program.dataset.integrity ?? "" });
  bytes.catch(() => {});
  const { default: init } = await import(glue.src);
  await joined;
  await init({ module_or_path: await bytes });
};

const started = window.WebAssembly ? whileHere(start()) : fail("browser");
if (started) {
  started.catch((reason) => fail(broken(reason) ? "panic" : reason instanceof WebAssembly.CompileError ? "browser" : "asset"));
  setTimeout(() => byId("skeleton") && fail("slow"), PATIENCE_MS);
}
