// The look that a host may give the portal: a short list of things, each read by what it is. What is no such value is left out, what
// makes words unreadable is taken off again, and both are told to the host. Nothing of the host's ever becomes a rule of style.

const NUMBER = String.raw`-?\d{1,4}(?:\.\d{1,4})?%?`;
const COLOUR = new RegExp(String.raw`^(?:#(?:[0-9a-f]{3}|[0-9a-f]{6})|(?:rgb|hsl|oklch)\(${NUMBER}(?:deg)?(?:\s*[,\s]\s*${NUMBER}(?:deg)?){2}\))$`, "i");
const LENGTH = /^(\d{1,2}(?:\.\d{1,3})?)(px|rem)$/;
const LARGEST_RADIUS = 24;

/** Families that readers' own systems have: nothing is loaded from anywhere. */
const FONTS = {
  system: 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif',
  humanist: 'Seravek, "Gill Sans Nova", Ubuntu, Calibri, "DejaVu Sans", "Noto Sans", sans-serif',
  geometric: 'Avenir, Montserrat, Corbel, "URW Gothic", "Noto Sans", sans-serif',
  rounded: 'ui-rounded, "Hiragino Maru Gothic ProN", Quicksand, Comfortaa, "Noto Sans", sans-serif',
  serif: 'ui-serif, "Iowan Old Style", Charter, "Noto Serif", Georgia, serif',
  mono: 'ui-monospace, "Cascadia Mono", Menlo, "Noto Sans Mono", monospace',
};

const colour = (value) => (COLOUR.test(value.trim()) ? value.trim() : undefined);

const radius = (value) => {
  const [, size, unit] = LENGTH.exec(value.trim()) ?? [];
  return size !== undefined && Number(size) * (unit === "rem" ? 16 : 1) <= LARGEST_RADIUS ? size + unit : undefined;
};

/** What may be set: how it is read, and which of the portal's own tokens it becomes. */
const TOKENS = {
  accent: { read: colour, as: (value) => ({ "--brand-source": value }) },
  paper: {
    read: colour,
    as: (value) => ({
      "--paper": value,
      "--paper-raised": `oklch(from ${value} calc(l + 0.016) c h)`,
      "--paper-sunken": `oklch(from ${value} calc(l - 0.03) c h)`,
    }),
  },
  radius: { read: radius, as: (value) => ({ "--radius": value, "--radius-card": `calc(1.5 * ${value})` }) },
  font: {
    read: (value) => (Object.hasOwn(FONTS, value) ? FONTS[value] : undefined),
    as: (value) => ({ "--font-text": value, "--font-display": value }),
  },
};

const SCHEMES = ["light", "dark", "auto"];

/** What of a host's theme can be used, token by token, and what cannot. */
export const readTheme = (theme) => {
  const taken = {};
  const refused = [];
  let scheme;
  for (const [name, value] of Object.entries(theme)) {
    if (name === "scheme" && SCHEMES.includes(value)) {
      scheme = value;
      continue;
    }
    const token = Object.hasOwn(TOKENS, name) && typeof value === "string" && value.length <= 64 ? TOKENS[name] : undefined;
    const read = token?.read(value);
    if (read === undefined) refused.push(name.slice(0, 40));
    else taken[name] = token.as(read);
  }
  return { scheme, taken, refused };
};

/** Relative luminance (WCAG 2.2) of a colour in sRGB, each part from 0 to 255. */
const luminance = ([red, green, blue]) => {
  const linear = (part) => (part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4);
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
};

/** The contrast of two colours (WCAG 2.2), from 1 to 21. */
export const contrast = (one, other) => {
  const [darker, lighter] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
};

/** Words and what they stand on. */
const PAIRS = [
  ["--ink", "--paper"],
  ["--ink-soft", "--paper"],
  ["--ink-faint", "--paper"],
  ["--ink-faint", "--paper-sunken"],
  ["--brand", "--paper"],
  ["--brand-ink", "--brand"],
];
const READABLE = 4.5;

/** The colour that a token has here and now, painted to be read: a browser may write it in many ways. */
const painter = () => {
  const canvas = Object.assign(document.createElement("canvas"), { width: 1, height: 1 });
  const brush = canvas.getContext("2d", { willReadFrequently: true });
  const probe = document.body.appendChild(document.createElement("span"));
  probe.hidden = true;
  return {
    colour: (token) => {
      probe.style.color = `var(${token})`;
      brush.clearRect(0, 0, 1, 1);
      brush.fillStyle = getComputedStyle(probe).color;
      brush.fillRect(0, 0, 1, 1);
      return brush.getImageData(0, 0, 1, 1).data;
    },
    end: () => probe.remove(),
  };
};

/** The pairs that cannot be read as the page is now. */
const unreadable = () => {
  const paint = painter();
  const faults = PAIRS.flatMap(([words, ground]) => {
    const found = contrast(paint.colour(words), paint.colour(ground));
    return found < READABLE ? [`${words.slice(2)} on ${ground.slice(2)} has ${found.toFixed(1)} to 1`] : [];
  });
  paint.end();
  return faults;
};

/** The theme of the host, which may change at any time. */
export class Theme {
  #worn = [];
  #again = () => {};

  constructor() {
    // What can be read on light need not be readable on dark.
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.#again());
  }

  /** Puts it on in the place of the one before; `warn` is told what could not be. */
  wear(theme, warn) {
    this.#again = () => this.wear(theme, warn);
    const root = document.documentElement;
    const { scheme, taken, refused } = readTheme(theme);
    this.#take(this.#worn);
    this.#worn = [];
    // The reader's system decides where the host does not.
    if (scheme === "light" || scheme === "dark") root.dataset.theme = scheme;
    else delete root.dataset.theme;
    for (const [name, tokens] of Object.entries(taken)) {
      const before = this.#worn.length;
      for (const [token, value] of Object.entries(tokens)) {
        root.style.setProperty(token, value);
        this.#worn.push(token);
      }
      const faults = name === "accent" || name === "paper" ? unreadable() : [];
      if (faults.length === 0) continue;
      this.#take(this.#worn.splice(before));
      warn("theme-contrast", `${name} is left out: ${faults.join("; ")}; at least ${READABLE} is needed`);
    }
    if (refused.length > 0) warn("theme", `No such thing can be set, or not to this: ${refused.join(", ")}`);
  }

  #take(tokens) {
    for (const token of tokens) document.documentElement.style.removeProperty(token);
  }
}
