// The page that stands where the portal cannot: why, and the way out.

import { WORDS } from "./words.mjs";

const made = (name, more, ...children) => {
  const element = Object.assign(document.createElement(name), more);
  element.append(...children);
  return element;
};

/** Shows it in the place of everything; what comes back takes it down again. Reasons that pass have a button that tries again. */
export const refuse = (kind, address, retry) => {
  const words = WORDS[document.documentElement.lang.split("-")[0]] ?? WORDS.en;
  const [title, why] = words[kind];
  document.getElementById("skeleton")?.remove();
  document.title = title;
  const link = made("a", { className: "button", href: address, target: "_blank", rel: "noopener" }, words.open);
  const again = retry && made("button", { className: "button", type: "button", onclick: retry }, words.again);
  if (again) again.dataset.tone = "primary";
  const acts = made("p", { className: "cluster" }, ...[again, link].filter(Boolean));
  const page = made("main", { className: "refusal" }, made("h1", {}, title), made("p", {}, why), acts);
  document.body.append(page);
  return () => page.remove();
};
