// What a journey puts between the browser and the portal. Unlike a route of Playwright's it leaves the browser its cache.
import { type IncomingHttpHeaders, type IncomingMessage, type RequestListener, type ServerResponse, createServer, request } from "node:http";
import type { AddressInfo } from "node:net";

/** What stands between: it answers a request by itself, or alters what the portal answers. */
export type Between = (path: string, answer: ServerResponse, came: IncomingMessage, body: () => Promise<Buffer>) => Promise<boolean>;

/** Passes a request on to `origin`, and its answer back unless `between` has answered. What breaks off there breaks off here. */
export const passOn = (origin: string, asked: IncomingMessage, answer: ServerResponse, headers: IncomingHttpHeaders, between?: Between) => {
  const handBack = async (came: IncomingMessage) => {
    const body = async () => Buffer.concat(await came.toArray());
    if (await between?.(asked.url ?? "", answer, came, body)) return;
    answer.writeHead(came.statusCode ?? 502, came.headers);
    came.pipe(answer);
  };
  const onward = request(origin + asked.url, { method: asked.method, headers }, (came) => {
    handBack(came).catch((reason) => answer.destroy(reason));
  });
  onward.on("error", () => answer.destroy());
  answer.on("close", () => onward.destroy());
  asked.pipe(onward);
};

/** Listens at a port that the system chooses. */
export const listening = async (listener: RequestListener) => {
  const server = createServer(listener);
  await new Promise<void>((up) => server.listen(0, "127.0.0.1", up));
  return { port: (server.address() as AddressInfo).port, stop: () => server.close().closeAllConnections() };
};

/** Stands before `origin`, at an address of its own. */
export const standing = async (origin: string, between: Between) => {
  const { port, stop } = await listening((asked, answer) => {
    passOn(origin, asked, answer, { ...asked.headers, host: new URL(origin).host, "accept-encoding": "identity" }, between);
  });
  return { at: `http://127.0.0.1:${port}`, stop };
};
