// A server that no other journey shares: where a clock is moved far, or where what others leave behind would be seen.
import { Server } from "./server";
import { test } from "./test";

/** Journeys with a server of their own: each call makes another one. */
export const withOwnServer = () =>
  test.extend<object, { server: Server }>({
    server: [
      async ({}, use) => {
        const server = await Server.start();
        await use(server);
        await server.stop();
      },
      { scope: "worker", timeout: 90_000 },
    ],
  });
