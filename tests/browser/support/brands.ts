// Brands beside one portal: the same files of the program, and of each company those that are its own.
import { cp, mkdtemp, readFile, readdir, rm } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { dirname, extname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

import { listening, passOn } from "./between";
import { dist } from "./server";

/** The folder of a brand. */
export const brand = (name: string) => resolve(dirname(fileURLToPath(import.meta.url)), "../../fixtures/brands", name);

/** A copy of the built portal with a brand's files over its own, as somebody would install it. */
export const branded = async (name: string): Promise<{ folder: string; remove: () => Promise<void> }> => {
  const folder = await mkdtemp(join(tmpdir(), "portal-brand-"));
  await cp(dist(), folder, { recursive: true });
  await cp(brand(name), folder, { recursive: true });
  // Compressed copies of the files that are another company's would be preferred.
  for (const file of await readdir(brand(name))) {
    for (const ending of ["br", "gz"]) await rm(join(folder, `${file}.${ending}`), { force: true });
  }
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
};

const TYPES: Record<string, string> = { ".json": "application/json", ".css": "text/css", ".svg": "image/svg+xml" };

/** A server in front of the portal that gives each host the files of its brand, and passes on everything else. */
export const byHost = async (origin: string, brands: Record<string, string>) => {
  const own = async (asked: IncomingMessage): Promise<[string, Buffer] | undefined> => {
    const folder = brands[(asked.headers.host ?? "").split(":")[0] ?? ""];
    const path = (asked.url ?? "/").split("?")[0] ?? "/";
    if (folder === undefined || !/^\/[a-z.]+$/.test(path)) return undefined;
    const bytes = await readFile(join(folder, path)).catch(() => undefined);
    return bytes && [TYPES[extname(path)] ?? "application/octet-stream", bytes];
  };
  const serve = async (asked: IncomingMessage, answer: ServerResponse) => {
    const found = await own(asked);
    if (found) return answer.writeHead(200, { "content-type": found[0], "cache-control": "no-cache" }).end(found[1]);
    passOn(origin, asked, answer, asked.headers);
  };
  const { port, stop } = await listening((asked, answer) => void serve(asked, answer));
  return { at: (host: string) => `http://${host}:${port}`, stop };
};
