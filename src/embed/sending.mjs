// Requests in a frame: those to the API bear who is there, and carry no cookie.

/** What was done when a request was taken, in one word for the host: by method and path. Nothing of what was written. */
const DONE = [
  ["POST", /\/v1\/feedback$/, "feedback"],
  ["PATCH", /\/v1\/feedback\/[^/]+$/, "feedback"],
  ["POST", /\/v1\/interactions$/, "conversation"],
  ["POST", /\/v1\/interactions\/[^/]+\/messages$/, "message"],
  ["POST", /\/v1\/interactions\/[^/]+\/callback/, "callback"],
  ["PATCH", /\/v1\/preferences$/, "preferences"],
  ["PATCH", /\/v1\/me$/, "profile"],
  ["POST", /\/v1\/consents\/[^/]+\/decisions$/, "consent"],
  ["POST", /\/v1\/data-requests$/, "data-request"],
];

/** What a request that was taken has done, if it is one that a host may want to know of. */
export const done = (method, path) => DONE.find(([by, at]) => by === method && at.test(path))?.[2];

/** Whether the answer says that the bearer holds no more. `read` gives what it says: a session is asked after with 200, whoever is there. */
const isOver = async ({ method, path, status, read }) => {
  if (status === 401) return !String((await read()).type).endsWith(":step-up-required");
  return method === "GET" && path === "/v1/session" && status === 200 && (await read()).state === "anonymous";
};

/**
 * Makes an attempt in the name of whoever is there, and another where its bearer turns out to hold no more. `attempt` gives what
 * `told` reads of it: how it was asked, and what was answered.
 */
export const inName = async (frame, attempt, told) => {
  const who = await frame.known;
  const bearer = await who.bearer();
  const first = await attempt(bearer);
  if (!(await isOver(told(first)))) return first;
  return attempt((await who.renew(bearer)).bearer);
};

const bearing = (request, bearer) => {
  const headers = new Headers(request.headers);
  headers.set("Authorization", `Bearer ${bearer}`);
  return new Request(request, { headers, credentials: "omit" });
};

/** The path of the contract that an address has below one of the places where the API stands; nothing for any other address. */
export const pathOf = (address, places) => {
  const root = places.map((api) => new URL(api || "/", location.origin).href.replace(/\/$/, "")).find((root) => address.startsWith(`${root}/v1/`));
  return root === undefined ? undefined : new URL(address.slice(root.length), location.origin).pathname;
};

/** How the program sends its requests. `frame` knows where the API stands, and sooner or later who is there. */
export const sender = (frame) => {
  return async (request) => {
    const path = pathOf(request.url, frame.places);
    if (!path || request.headers.has("Authorization")) return fetch(request);
    const { method } = request;
    const attempt = (bearer) => fetch(bearing(request.clone(), bearer));
    const told = (answer) => ({ method, path, status: answer.status, read: () => answer.clone().json().catch(() => ({})) });
    const answer = await inName(frame, attempt, told);
    const what = answer.ok && done(method, path);
    if (what) frame.channel.say("submitted", { what });
    return answer;
  };
};
