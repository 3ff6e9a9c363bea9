// Who is there, and in whose name a file goes: the rules of the frame's modules by themselves, without a browser.
import { Identity } from "../../../src/embed/identity.mjs";
import { uploads } from "../../../src/embed/uploading.mjs";
import { expect, test } from "@playwright/test";

type Said = { type: string; nonce: string };
type Asked = { method: string; path: string; authorization?: string };

/** What happens at once happens: whatever waits for nothing but its turn. */
const settled = async () => {
  for (let turn = 0; turn < 50; turn += 1) await Promise.resolve();
};

/** A clock that goes as the journey says: by so many milliseconds, one after the other. */
const clock = () => {
  let now = 0;
  let due: { at: number; act: () => void }[] = [];
  return {
    after: (milliseconds: number, act: () => void) => void due.push({ at: now + milliseconds, act }),
    pass: async (milliseconds: number) => {
      for (const end = now + milliseconds; now <= end; now += 500) {
        const over = due.filter(({ at }) => at <= now);
        due = due.filter(({ at }) => at > now);
        for (const { act } of over) act();
        await settled();
      }
    },
  };
};

/** A frame's identity, the page around it, and the API, all three in this file's hands. */
const scene = () => {
  const said: Said[] = [];
  const asked: Asked[] = [];
  let left = 0;
  let isHeld = false;
  let letGo = () => {};
  const subjects: string[] = [];
  const answer = async (address: string, { method, headers }: { method: string; headers: Record<string, string> }) => {
    asked.push({ method, path: address, authorization: headers.Authorization });
    if (isHeld) await new Promise<void>((go) => (letGo = go));
    const at = asked.filter((one) => one.method === "POST").length;
    const body = { bearer: `bearer-${at}`, session: { subject: subjects.shift() ?? "cus_1", expires_at: new Date(Date.now() + 600_000).toISOString() } };
    return new Response(JSON.stringify(body), { headers: { date: new Date().toUTCString() } });
  };
  Object.assign(globalThis, { fetch: answer, document: { documentElement: { lang: "en" } } });
  const channel = { say: (type: string, more: object) => said.push({ type, ...more } as Said), warn: () => {} };
  const { after, pass } = clock();
  const identity = new Identity("", channel, () => (left += 1), after);
  return {
    said,
    asked,
    subjects,
    identity,
    pass,
    left: () => left,
    hold: () => (isHeld = true),
    letGo: () => letGo(),
    /** The page answers what was asked last. */
    vouch: async (answer: { assertion: string | null; failed?: boolean } = { assertion: "signed" }) => {
      identity.answer({ nonce: said.at(-1)?.nonce, ...answer });
      await settled();
    },
  };
};

test("who is forgotten while the API still reads their assertion is signed out there as soon as it has", async () => {
  const { identity, asked, vouch, hold, letGo } = scene();
  hold();
  const bearer = identity.bearer().catch((reason: { kind: string }) => reason.kind);
  await vouch();
  identity.forget();
  letGo();
  expect(await bearer).toBe("nobody");
  await settled();
  expect(asked.map(({ method, path, authorization }) => [method, path, authorization])).toEqual([
    ["POST", "/v1/session/embed", undefined],
    ["DELETE", "/v1/session", "Bearer bearer-1"],
  ]);
});

test("a page that cannot say for a moment who is there has not said that nobody is", async () => {
  const { identity, said, vouch, left, pass } = scene();
  const first = identity.bearer();
  await vouch();
  expect(await first).toBe("bearer-1");
  const again = identity.renew("bearer-1");
  await vouch({ assertion: null, failed: true });
  expect(left()).toBe(0);
  await pass(500);
  expect(said).toHaveLength(3);
  await vouch();
  expect((await again).bearer).toBe("bearer-2");
  const nobody = identity.renew("bearer-2").catch((reason: { kind: string }) => reason.kind);
  await vouch({ assertion: null });
  expect(await nobody).toBe("nobody");
  expect(left(), "that is said").toBe(1);
});

test("a page that never answers again holds nothing up for ever", async () => {
  const { identity, said, vouch, left, pass } = scene();
  const first = identity.bearer();
  await vouch();
  await first;
  const never = identity.renew("bearer-1").catch((reason: { kind: string }) => reason.kind);
  await pass(60_000);
  expect(await never).toBe("unreachable");
  expect(left()).toBe(0);
  const late = said.length;
  const again = identity.renew("bearer-1");
  expect(said.length).toBe(late + 1);
  await vouch();
  expect((await again).bearer).toBe("bearer-2");
});

test("a page that has not said yet who is there is waited for", async () => {
  const { identity, said, vouch, pass } = scene();
  const bearer = identity.bearer();
  await pass(600_000);
  expect(said).toHaveLength(1);
  await vouch();
  expect(await bearer).toBe("bearer-1");
});

test("an answer to a question that nobody asked, or to one that was answered, is nothing", async () => {
  const { identity, asked, said, vouch } = scene();
  const bearer = identity.bearer();
  for (const nonce of ["guessed", "__proto__", undefined]) identity.answer({ nonce, assertion: "forged" });
  identity.answer({ nonce: said[0]?.nonce, assertion: { signed: "no text" } });
  await settled();
  expect(asked).toEqual([]);
  await vouch();
  await bearer;
  await vouch({ assertion: "signed again" });
  expect(asked).toHaveLength(1);
});

test("somebody else than before is told, and the bearer of neither is used", async () => {
  const { identity, subjects, vouch, left } = scene();
  subjects.push("cus_1", "cus_2");
  const first = identity.bearer();
  await vouch();
  await first;
  const other = identity.renew("bearer-1").catch((reason: { kind: string }) => reason.kind);
  await vouch();
  expect(await other).toBe("other");
  expect(left()).toBe(1);
});

// --- Uploads -----------------------------------------------------------------------------------------------------------

/** A request of the browser's that goes nowhere: a journey says how far it is, and what is answered. */
class Http extends EventTarget {
  static all: Http[] = [];
  upload = new EventTarget();
  withCredentials = false;
  status = 0;
  responseText = "";
  headers = new Map<string, string>();
  address = "";
  body: unknown;
  isAborted = false;

  constructor() {
    super();
    Http.all.push(this);
  }

  open(_: string, address: string) {
    this.address = address;
  }

  setRequestHeader(name: string, value: string) {
    this.headers.set(name, value);
  }

  getResponseHeader(name: string) {
    return name === "etag" ? '"1"' : null;
  }

  send(body: unknown) {
    this.body = body;
  }

  goes(loaded: number) {
    this.upload.dispatchEvent(Object.assign(new Event("progress"), { loaded, total: 100, lengthComputable: true }));
  }

  answers(status: number, text = "{}") {
    Object.assign(this, { status, responseText: text });
    this.dispatchEvent(new Event("loadend"));
  }

  abort() {
    this.isAborted = true;
    this.answers(0, "");
  }
}

class Progress extends Event {
  loaded: number;

  constructor(name: string, { loaded = 0 } = {}) {
    super(name);
    this.loaded = loaded;
  }
}

const uploading = (address = "https://api.example/v1/interactions/int_1/attachments") => {
  Object.assign(globalThis, { ProgressEvent: Progress, location: { origin: "https://portal.example", href: "https://portal.example/interactions/int_1" } });
  Http.all = [];
  let bearers = 0;
  const who = { bearer: async () => "first", renew: async () => ({ bearer: `renewed-${(bearers += 1)}` }) };
  let known: (who: object) => void = () => {};
  const frame = { places: ["https://api.example", ""], known: new Promise((tell) => (known = tell)) };
  const upload = new (uploads(frame, Http))();
  const told: (number | string)[] = [];
  upload.upload.addEventListener("progress", (event: Event) => told.push((event as Progress).loaded));
  upload.addEventListener("loadend", () => told.push("end"));
  upload.open("POST", address);
  upload.withCredentials = true;
  upload.setRequestHeader("x-portal-csrf", "1");
  return { upload, told, known: () => known(who) };
};

test("a file goes in the name of whoever is there, with no cookie, and tells how far it is", async () => {
  const { upload, told, known } = uploading();
  void upload.send("bytes");
  await settled();
  expect(Http.all, "nothing goes before somebody is known").toHaveLength(0);
  known();
  await settled();
  const [http] = Http.all;
  expect(http?.headers.get("Authorization")).toBe("Bearer first");
  expect(http?.headers.get("x-portal-csrf")).toBe("1");
  expect(http?.withCredentials).toBe(false);
  expect(http?.body).toBe("bytes");
  http?.goes(40);
  http?.answers(201, '{"id":"att_1"}');
  await settled();
  expect(told).toEqual([40, "end"]);
  expect([upload.status, upload.responseText, upload.getResponseHeader("etag")]).toEqual([201, '{"id":"att_1"}', '"1"']);
});

test("a bearer that holds no more is renewed once, and nothing of the first try is told as the end", async () => {
  const { upload, told, known } = uploading();
  known();
  void upload.send("bytes");
  await settled();
  Http.all[0]?.answers(401, '{"type":"urn:portal:unauthenticated"}');
  await settled();
  expect(told).toEqual([]);
  expect(Http.all[1]?.headers.get("Authorization")).toBe("Bearer renewed-1");
  expect(Http.all[1]?.body).toBe("bytes");
  Http.all[1]?.answers(401, "{}");
  await settled();
  expect(told).toEqual(["end"]);
  expect(upload.status).toBe(401);
  expect(Http.all).toHaveLength(2);
});

test("an upload that is given up goes no further, on its way or before it", async () => {
  const going = uploading();
  going.known();
  void going.upload.send("bytes");
  await settled();
  going.upload.abort();
  await settled();
  expect(Http.all[0]?.isAborted).toBe(true);
  expect([going.upload.status, going.told]).toEqual([0, ["end"]]);
  const waiting = uploading();
  void waiting.upload.send("bytes");
  waiting.upload.abort();
  waiting.known();
  await settled();
  expect(Http.all).toHaveLength(0);
  expect(waiting.told).toEqual(["end"]);
});

test("what goes anywhere but to the API goes in nobody's name", async () => {
  const { upload, known } = uploading("https://files.example/v1/interactions/int_1/attachments");
  known();
  void upload.send("bytes");
  await settled();
  expect(Http.all[0]?.headers.has("Authorization")).toBe(false);
  Http.all[0]?.answers(204);
});
