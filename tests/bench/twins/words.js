// What both twins say, and how they write times: by the browser's Intl, as the portal does.
export const WORDS = {
  you: "Waiting for you",
  us: "Waiting for us",
  done: "Done",
  email: "Email",
  phone: "Phone call",
  sms: "Text message",
  chat: "Chat",
  messaging: "Messaging",
  web: "Web form",
  mobile_app: "App",
  store: "Store visit",
  post: "Letter",
  social: "Social network",
  push: "Notification",
};

export const CHANNELS = ["email", "phone", "sms", "chat", "messaging", "web", "mobile_app", "store", "post", "social", "push"];
export const STATUSES = ["open", "in_progress", "waiting_on_customer", "resolved", "closed", "cancelled"];

const months = new Intl.DateTimeFormat("en", { month: "long", year: "numeric" });
const days = new Intl.DateTimeFormat("en", { dateStyle: "long" });
const exact = new Intl.DateTimeFormat("en", { dateStyle: "full", timeStyle: "short" });
const relative = new Intl.RelativeTimeFormat("en", { numeric: "auto" });
const UNITS = [["year", 31536000], ["month", 2592000], ["day", 86400], ["hour", 3600], ["minute", 60]];

export const monthOf = (time) => months.format(new Date(time));
export const dayOf = (time) => days.format(new Date(time));
export const exactly = (time) => exact.format(new Date(time));
export const ago = (time) => {
  const seconds = (new Date(time) - Date.now()) / 1000;
  const [unit, size] = UNITS.find(([, size]) => Math.abs(seconds) >= size) ?? ["second", 1];
  return relative.format(Math.round(seconds / size), unit);
};

export const standing = (status) =>
  status === "waiting_on_customer" ? "you" : status === "open" || status === "in_progress" ? "us" : "done";

export const groupBy = (items, key) => {
  const groups = [];
  for (const item of items) {
    const name = key(item);
    if (groups.at(-1)?.name !== name) groups.push({ name, items: [] });
    groups.at(-1).items.push(item);
  }
  return groups;
};

export const ask = async (path, options = {}) => {
  const headers = { Accept: "application/json", "X-Portal-CSRF": "1", ...options.headers };
  const answer = await fetch(path, { credentials: "same-origin", ...options, headers });
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer.json();
};

export const reply = (id, text) =>
  ask(`/v1/interactions/${id}/messages`, {
    method: "POST",
    headers: { "Content-Type": "application/json", "Idempotency-Key": crypto.randomUUID() },
    body: JSON.stringify({ text }),
  });
