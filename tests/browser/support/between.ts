// What a journey puts between the browser and the portal. Unlike a route of Playwright's it leaves the browser its cache.
import { type IncomingMessage, type ServerResponse, createServer, request } from "node:http";
import type { AddressInfo } from "node:net";

/** What stands between the browser and the portal: it answers a request by itself, or alters what the portal answers. */
export type Between = (path: string, answer: ServerResponse, came: IncomingMessage, body: () => Promise<Buffer>) => Promise<boolean>;

/** Stands before `origin`, at an address of its own. */
export const standing = async (origin: string, between: Between) => {
  const proxy = createServer((asked, answer) => {
    const headers = { ...asked.headers, host: new URL(origin).host, "accept-encoding": "identity" };
    const onward = request(origin + asked.url, { method: asked.method, headers }, async (came) => {
      const body = async () => Buffer.concat(await came.toArray());
      if (await between(asked.url ?? "", answer, came, body)) return;
      answer.writeHead(came.statusCode ?? 502, came.headers);
      came.pipe(answer);
    });
    onward.on("error", () => answer.destroy());
    asked.pipe(onward);
  });
  await new Promise<void>((up) => proxy.listen(0, "127.0.0.1", up));
  return { at: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`, stop: () => proxy.close().closeAllConnections() };
};
