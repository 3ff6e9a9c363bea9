// The list and one interaction, by hand: what the portal's first screen would be with no framework at all.
import { CHANNELS, STATUSES, WORDS, ago, ask, dayOf, exactly, groupBy, monthOf, reply, standing } from "../words.js";

const SVG = "http://www.w3.org/2000/svg";
const early = new Map();
const askEarly = (path) => early.set(path, ask(path));
const get = (path) => {
  const answer = early.get(path) ?? ask(path);
  early.delete(path);
  return answer;
};

const make = (name, attributes = {}, ...children) => {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (value !== undefined) element.setAttribute(key, value);
  }
  element.append(...children.filter((child) => child !== undefined));
  return element;
};

const icon = (name) => {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "icon");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `/icons.svg#${name}`);
  svg.append(use);
  return svg;
};

const go = (address) => {
  history.pushState(null, "", address);
  show();
};

const link = (address, attributes, ...children) =>
  make("a", {
    href: address,
    onclick: (event) => {
      if (event.metaKey || event.ctrlKey || event.button) return;
      event.preventDefault();
      go(address);
    },
    ...attributes,
  }, ...children);

const row = (one) =>
  make("li", {}, link(`/interactions/${one.id}`, { class: "row", "data-status": standing(one.status) },
    icon(one.channel),
    make("span", { class: "row__subject" }, one.subject),
    make("time", { class: "row__time", datetime: one.updated_at, title: exactly(one.updated_at) }, ago(one.updated_at)),
    make("span", { class: "row__facts" }, [WORDS[one.channel], one.topic?.label].filter(Boolean).join(" · ")),
    make("span", { class: "row__status" }, WORDS[standing(one.status)])));

const select = (name, label, options, query) => {
  const choose = make("select", {
    name,
    onchange: (event) => {
      query[event.target.value ? "set" : "delete"](name, event.target.value);
      go(`/interactions?${query}`);
    },
  }, make("option", { value: "" }, label), ...options.map((value) => make("option", { value }, WORDS[value] ?? value)));
  choose.value = query.get(name) ?? "";
  return make("label", {}, label, choose);
};

const list = async (main) => {
  const query = new URLSearchParams(location.search);
  const search = make("input", { type: "search", name: "q", value: query.get("q") ?? "" });
  const form = make("form", {
    role: "search",
    onsubmit: (event) => {
      event.preventDefault();
      query.set("q", search.value);
      go(`/interactions?${query}`);
    },
  }, make("label", {}, "Search", search));
  const months = make("div");
  const more = make("button", { class: "button", hidden: "" }, "Show more");
  main.replaceChildren(make("h1", {}, "Interactions"), form,
    select("channel", "Channel", CHANNELS, query), select("status", "Status", STATUSES, query), months, more);
  const address = (cursor) => {
    const asked = new URLSearchParams([["limit", "50"], ...query, ...(cursor ? [["cursor", cursor]] : [])]);
    asked.sort();
    return `/v1/interactions?${asked}`;
  };
  const load = async (cursor) => {
    const page = await get(address(cursor));
    for (const { name, items } of groupBy(page.items, (one) => monthOf(one.updated_at))) {
      const last = months.lastElementChild;
      if (last?.firstElementChild.textContent === name) last.lastElementChild.append(...items.map(row));
      else months.append(make("section", { class: "month" }, make("h2", { class: "month__name" }, name), make("ul", { class: "rows" }, ...items.map(row))));
    }
    more.hidden = !page.has_more;
    more.onclick = () => load(page.next_cursor);
  };
  await load();
};

const message = (one) =>
  make("article", { class: "message" },
    make("header", {}, make("strong", {}, one.author.display_name), " ", make("time", { datetime: one.sent_at, title: exactly(one.sent_at) }, ago(one.sent_at))),
    make("p", {}, one.text));

const one = async (main, id) => {
  const [interaction, thread] = await Promise.all([get(`/v1/interactions/${id}`), get(`/v1/interactions/${id}/messages?limit=50`)]);
  const words = make("textarea", { name: "text", required: "" });
  const days = groupBy(thread.items.toReversed(), (one) => dayOf(one.sent_at));
  main.replaceChildren(link("/interactions", {}, "Interactions"), make("h1", {}, interaction.subject),
    make("dl", {}, make("dt", {}, "Status"), make("dd", {}, WORDS[standing(interaction.status)]),
      make("dt", {}, "Channel"), make("dd", {}, WORDS[interaction.channel]),
      make("dt", {}, "Reference"), make("dd", {}, interaction.reference)),
    ...days.map(({ name, items }) => make("section", {}, make("h2", {}, name), ...items.map(message))),
    make("form", {
      onsubmit: async (event) => {
        event.preventDefault();
        await reply(id, words.value);
        show();
      },
    }, make("label", {}, "Your reply", words), make("button", { class: "button" }, "Send")));
};

const show = () => {
  const id = location.pathname.match(/^\/interactions\/([^/]+)$/)?.[1];
  const main = document.querySelector("main");
  return id ? one(main, id) : list(main);
};

askEarly("/v1/session");
askEarly("/v1/interactions?limit=50");
document.body.replaceChildren(
  make("header", { class: "bar" }, link("/", { class: "bar__home" }, "Company")),
  make("nav", { class: "places" }, link("/interactions", { class: "place" }, "Interactions")),
  make("main", { class: "main" }));
addEventListener("popstate", show);
get("/v1/session").then((session) => document.querySelector(".bar").append(session.customer?.display_name ?? ""));
show();
