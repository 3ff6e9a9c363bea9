// What the frame and its host say to each other, read by its shape: what is not known is passed over, what is too long is refused.
//
// The other half stands in public/embed.js, which is one file because a company's page loads it as one.

/** The versions that this frame speaks. The host takes the highest that it speaks too: so each side may be one ahead of the other. */
export const SPEAKS = [1];

/** No message is longer, in characters of its JSON. */
const LONGEST = 16384;

/** The message, if it is a small plain object; nothing otherwise. */
export const read = (data) => {
  try {
    return data && typeof data === "object" && JSON.stringify(data).length <= LONGEST ? data : {};
  } catch {
    // What refers to itself has no JSON.
    return {};
  }
};

export const isText = (value, longest = 2000) => typeof value === "string" && value.length <= longest;

/** The highest version that both speak; nothing where there is none. */
export const highestOfBoth = (ours, theirs) => ours.filter((one) => theirs.includes(one)).sort((a, b) => b - a)[0];

/** Screens that never stand in a frame: signing in, what the links of mails open, and an export that is looked at. */
const TOP_LEVEL = ["/sign-in", "/p", "/people", "/track", "/data/export"];

/** Whether only a page of its own may show what stands at this path of the portal. */
export const isTopLevel = (path) => TOP_LEVEL.includes(path.split(/[?#]/)[0].replace(/\/+/g, "/").replace(/(.)\/$/, "$1"));

/** Whether it is a path of the portal and nothing that a browser would take for another origin, or for one above the portal's own. */
export const isPath = (value) =>
  isText(value) && /^\/(?![/\\])[^\\\s#]*$/.test(value) && !/\/(\.|%2e){1,2}(\/|$)|\/\//i.test(value.split("?")[0]);
