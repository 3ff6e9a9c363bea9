// Exports as the API makes them, and archives as somebody who means ill builds them: written byte by byte, so that each can be wrong.
// Nothing of a browser is needed here: the bench builds its export with it too.
import { createHash } from "node:crypto";
import { deflateRawSync } from "node:zlib";

export type Part = {
  path: string;
  content: Buffer;
  /** What the manifest says where that differs. */
  listed?: Partial<{ size: number; sha256: string; name: string; records: number }> | false;
  /** Stored and not packed. */
  stored?: boolean;
  /** Packed bytes in the place of its own. */
  packed?: Buffer;
};

const CRC = Array.from({ length: 256 }, (_, row) => {
  let value = row;
  for (let bit = 0; bit < 8; bit += 1) value = (value >>> 1) ^ (value & 1 ? 0xedb88320 : 0);
  return value >>> 0;
});

const crc32 = (bytes: Buffer) => {
  let value = 0xffffffff;
  for (const byte of bytes) value = (value >>> 8) ^ (CRC[(value ^ byte) & 255] ?? 0);
  return (value ^ 0xffffffff) >>> 0;
};

const sha256 = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");

const numbers = (...parts: [value: number, bytes: 2 | 4][]) =>
  Buffer.concat(
    parts.map(([value, bytes]) => {
      const buffer = Buffer.alloc(bytes);
      buffer.writeUIntLE(value, 0, bytes);
      return buffer;
    }),
  );

/** A ZIP of these, in their order. */
export const zip = (parts: Part[]): Buffer => {
  const pieces: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const { path, content, stored, packed } of parts) {
    const name = Buffer.from(path);
    const body = packed ?? (stored ? content : deflateRawSync(content));
    const shared = numbers([0x0800, 2], [stored ? 0 : 8, 2], [0, 4], [crc32(content), 4], [body.length, 4], [content.length, 4], [name.length, 2], [0, 2]);
    const local = Buffer.concat([numbers([0x04034b50, 4], [20, 2]), shared, name, body]);
    directory.push(Buffer.concat([numbers([0x02014b50, 4], [20, 2], [20, 2]), shared, numbers([0, 2], [0, 2], [0, 2], [0, 4], [at, 4]), name]));
    pieces.push(local);
    at += local.length;
  }
  const listed = Buffer.concat(directory);
  const end = numbers([0x06054b50, 4], [0, 4], [parts.length, 2], [parts.length, 2], [listed.length, 4], [at, 4], [0, 2]);
  return Buffer.concat([...pieces, listed, end]);
};

const FORMAT = { format: "urn:customer-portal:export", version: 1 };

/** The manifest of these. */
export const manifest = (parts: Part[], more: object = {}): Part => {
  const files = parts.flatMap(({ path, content, listed }) =>
    listed === false ? [] : [{ path, media_type: "application/octet-stream", size: content.length, sha256: sha256(content), ...listed }],
  );
  const said = {
    ...FORMAT,
    request_id: "dr_1",
    artifact_id: "art_1",
    reference: "DR-1001",
    created_at: "2026-11-20T10:00:00Z",
    locale: "en",
    company: "Northwind & Vale",
    customer: "Maya Lindqvist",
    categories: [{ id: "interactions", label: "Conversations", records: 3 }],
    files,
    left_out: [{ category: "sign_in", what: "One-time codes", why: "They are kept as digests alone, which tell nobody anything." }],
    ...more,
  };
  return { path: "manifest.json", content: Buffer.from(JSON.stringify(said)) };
};

/** A list as the API writes it: one record a line. */
export const list = (records: object[]) => Buffer.from(`[\n${records.map((one) => JSON.stringify(one)).join(",\n")}\n]\n`);

export type Conversation = { id: string; subject: string; started_at: string; said: [role: "customer" | "agent", text: string][]; files?: { name: string; content: string | null }[] };

const person = (role: string) => ({ role, display_name: role === "customer" ? "Maya Lindqvist" : "Inês Duarte" });

/** Everything of an export with these conversations but its manifest. */
export const partsOf = (conversations: Conversation[]): Part[] => {
  const interactions = conversations.map(({ id, subject, started_at }, at) => ({
    id,
    reference: `4711-${at}`,
    subject,
    lang: "en",
    channel: "email",
    direction: "inbound",
    status: "closed",
    topic: { id: "billing", label: "Billing" },
    started_at,
    updated_at: started_at,
    ended_at: null,
    participants: [person("customer"), person("agent")],
    handoffs: [],
    related: [],
  }));
  const messages = conversations.flatMap(({ id, started_at, said }) =>
    said.map(([role, text], at) => ({ id: `msg_${id}_${at}`, interaction_id: id, author: person(role), channel: "email", sent_at: started_at, text, lang: "en", html: null, attachments: [] })),
  );
  const held = conversations.flatMap(({ id, started_at, files = [] }) => files.map((file) => ({ ...file, id, at: started_at })));
  const attachments = held.map(({ id, name, content, at }, number) => ({
    id: `att_${number}`,
    interaction_id: id,
    message_id: `msg_${id}_0`,
    file_name: name,
    media_type: "text/plain",
    size_bytes: Buffer.byteLength(content ?? ""),
    sha256: sha256(Buffer.from(content ?? "")),
    created_at: at,
    draft: false,
    path: content === null ? null : `attachments/${String(number + 1).padStart(4, "0")}-${name}`,
  }));
  const contents = held.flatMap(({ name, content }, number) =>
    content === null ? [] : [{ path: `attachments/${String(number + 1).padStart(4, "0")}-${name}`, content: Buffer.from(content), listed: { name } }],
  );
  const records = (path: string, all: object[]): Part => ({ path, content: list(all), listed: { records: all.length } });
  return [
    records("data/interactions.json", interactions),
    records("data/messages.json", messages),
    records("data/attachments.json", attachments),
    ...contents,
    { path: "index.html", content: Buffer.from("<!doctype html><title>Your data</title>") },
  ];
};

/** The file, as a customer chooses it. */
export const archive = (parts: Part[], name = "my-data.zip") => ({ name, mimeType: "application/zip", buffer: zip(parts) });

/** A whole export. */
export const exported = (conversations: Conversation[], name?: string) => {
  const parts = partsOf(conversations);
  return archive([...parts, manifest(parts)], name);
};

/** Three conversations of two years. */
export const few: Conversation[] = [
  {
    id: "int_c",
    subject: "Invoice 4411 charged twice",
    started_at: "2026-11-02T09:30:00Z",
    said: [
      ["customer", "You took the money twice.\nPlease look into it."],
      ["agent", "We did, and it is on its way back: the reference is ZEBRA-77."],
    ],
    files: [
      { name: "statement.txt", content: "two times 45.00" },
      { name: "old-photo.jpg", content: null },
    ],
  },
  { id: "int_b", subject: "Moving house in March", started_at: "2026-02-11T16:00:00Z", said: [["customer", "From the first of March I live elsewhere."]] },
  { id: "int_a", subject: "<b>No internet</b> {since} Monday", started_at: "2025-06-30T12:00:00Z", said: [["customer", "Nothing works."], ["agent", "It does now."]] },
];

/** So many conversations of three messages each, two hours apart: some 1,700 letters to search in each. */
export const many = (count: number): Conversation[] =>
  Array.from({ length: count }, (_, at) => ({
    id: `int_${at}`,
    subject: `Matter ${at} about electricity`,
    started_at: new Date(Date.UTC(2026, 10, 1) - at * 7_200_000).toISOString().replace(".000", ""),
    said: Array.from({ length: 3 }, (_, turn): ["customer" | "agent", string] => [
      turn % 2 ? "agent" : "customer",
      `Turn ${turn} of matter ${at}: ${"the meter, the invoice and the day of the month were not the same. ".repeat(8)}`,
    ]),
  }));
