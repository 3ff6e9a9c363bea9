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

/** Whether the answer says that the bearer holds no more. A session is asked after with 200, whoever is there. */
const isOver = async (request, answer, path) => {
  const read = () => answer.clone().json().catch(() => ({}));
  if (answer.status === 401) return !String((await read()).type).endsWith(":step-up-required");
  return request.method === "GET" && path === "/v1/session" && answer.ok && (await read()).state === "anonymous";
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
    const who = await frame.known;
    const again = request.clone();
    const bearer = await who.bearer();
    let answer = await fetch(bearing(request, bearer));
    if (await isOver(request, answer, path)) {
      const renewed = await who.renew(bearer);
      answer = await fetch(bearing(again, renewed.bearer));
    }
    const what = answer.ok && done(request.method, path);
    if (what) frame.channel.say("submitted", { what });
    return answer;
  };
};
