// The company's own sign-in: the certified `oidc-provider`, on another site than the portal, with screens of a button each.
import { generateKeyPairSync, randomBytes } from "node:crypto";
import { type IncomingMessage, type Server as Listener, type ServerResponse, createServer } from "node:http";
import type { AddressInfo } from "node:net";

import type { Page } from "@playwright/test";
import Provider from "oidc-provider";

import { jonas, keiko, maya } from "./customers";
import { Server } from "./server";
import { test } from "./test";

const CLIENT = "portal";

/** People of the demonstration as they are called there, each with the address by which the portal knows them. */
export const MAYA = "maya";
export const JONAS = "jonas";
export const KEIKO = "keiko";
/** Somebody whom the company's sign-in knows, and its customer records do not. */
export const STRANGER = "stranger";
const ADDRESSES: Record<string, string> = { [MAYA]: maya, [JONAS]: jonas, [KEIKO]: keiko, [STRANGER]: "stranger@example.org" };

const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });

/** What `oidc-provider` looks up of a grant: everything that this one client asks for is granted. */
const grantAll = async (ctx: { oidc: any }) => {
  const grant = new ctx.oidc.provider.Grant({ clientId: ctx.oidc.client.clientId, accountId: ctx.oidc.session.accountId });
  grant.addOIDCScope("openid email profile");
  await grant.save();
  return grant;
};

export class CompanySignIn {
  private provider: any;

  private constructor(
    private readonly listener: Listener,
    /** Where it answers: another site than the portal's, whatever the port. */
    readonly issuer: string,
  ) {}

  /** Listens on a free port; it answers once it knows its client. */
  static async start(): Promise<CompanySignIn> {
    let signIn: CompanySignIn;
    const listener = createServer((request, response) => void signIn.answer(request, response));
    await new Promise<void>((done) => listener.listen(0, "127.0.0.1", done));
    signIn = new CompanySignIn(listener, `http://localhost:${(listener.address() as AddressInfo).port}`);
    return signIn;
  }

  /** The environment of a reference API whose customers sign in here. */
  env(modes: string): Record<string, string> {
    return {
      PORTAL_API_SIGN_IN_MODES: modes,
      PORTAL_API_SIGN_IN_OPENID_CONNECT_ISSUER: this.issuer,
      PORTAL_API_SIGN_IN_OPENID_CONNECT_CLIENT_ID: CLIENT,
      PORTAL_API_SIGN_IN_OPENID_CONNECT_CLIENT_SECRET: this.secret,
      PORTAL_API_SIGN_IN_OPENID_CONNECT_CUSTOMER_CLAIM: "email",
    };
  }

  private readonly secret = randomBytes(24).toString("base64url");

  /** Takes the portal at this origin for its client. */
  serve(origin: string) {
    const at = `${origin}/v1/session/company`;
    const page = (body: string) => `<!doctype html><html lang="en"><title>The company</title><main>${body}</main></html>`;
    this.provider = new Provider(this.issuer, {
      clients: [
        {
          client_id: CLIENT,
          client_secret: this.secret,
          redirect_uris: [`${at}/callback`],
          post_logout_redirect_uris: [`${at}/signed-out`],
          backchannel_logout_uri: `${at}/backchannel-logout`,
          backchannel_logout_session_required: true,
        },
      ],
      findAccount: (_: unknown, id: string) => ({ accountId: id, claims: () => ({ sub: id, email: ADDRESSES[id], email_verified: true }) }),
      claims: { openid: ["sub"], email: ["email", "email_verified"] },
      loadExistingGrant: grantAll,
      interactions: { url: (_: unknown, interaction: { uid: string }) => `/interaction/${interaction.uid}` },
      jwks: { keys: [{ ...privateKey.export({ format: "jwk" }), use: "sig", alg: "RS256", kid: "journeys" }] },
      // It asks no machine of its own network, unless it is told that this is meant.
      fetch: async (url: string, { method, headers, body }: RequestInit) =>
        this.tells ? fetch(url, { method, headers, body, redirect: "manual" }) : new Response(null, { status: 200 }),
      cookies: { keys: [randomBytes(16).toString("hex")] },
      pkce: { required: () => true },
      ttl: { AccessToken: 600, AuthorizationCode: 60, Grant: 86_400, IdToken: 600, Interaction: 600, Session: 86_400 },
      features: {
        devInteractions: { enabled: false },
        backchannelLogout: { enabled: true },
        rpInitiatedLogout: {
          enabled: true,
          logoutSource: (ctx: any, form: string) => {
            ctx.body = page(`<h1>Leave the company?</h1>${form}<button form="op.logoutForm" name="logout" value="yes">Leave the company</button>`);
          },
          postLogoutSuccessSource: (ctx: any) => {
            ctx.body = page("<h1>You have left the company</h1>");
          },
        },
      },
    } as any);
    this.provider.on("backchannel.error", (_: unknown, error: Error) => console.error(`oidc-provider: ${error.message}`));
    this.provider.on("server_error", (_: unknown, error: Error) => console.error(`oidc-provider: ${error.stack}`));
  }

  /** The paths at which it does not answer, as when it is down. */
  down = /^$/;

  /** Whether it tells the portal of who signed out. */
  tells = true;

  /** The next way back to the portal is not taken: its address is given in place of going there. */
  holdNext(): Promise<string> {
    return new Promise((held) => (this.held = held));
  }

  private held: ((address: string) => void) | undefined;

  async stop() {
    this.listener.closeAllConnections();
    await new Promise((done) => this.listener.close(done));
  }

  private async answer(request: IncomingMessage, response: ServerResponse) {
    const path = request.url ?? "";
    if (this.provider === undefined || this.down.test(path)) return void request.socket.destroy();
    if (path === "/held") return void response.end("Held.");
    this.hold(response);
    const [, uid, account] = /^\/interaction\/([\w-]+)(?:\/([\w-]+))?$/.exec(path) ?? [];
    if (uid === undefined) return void this.provider.callback()(request, response);
    const details = await this.provider.interactionDetails(request, response);
    if (account === undefined) return this.ask(details, response);
    const refused = { error: "access_denied", error_description: "the customer changed their mind" };
    const result = account === "cancel" ? refused : { login: { accountId: account } };
    await this.provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
  }

  private hold(response: ServerResponse) {
    const set = response.setHeader.bind(response);
    response.setHeader = (name, value) => {
      const isBack = name.toLowerCase() === "location" && String(value).includes("/v1/session/company/callback?");
      if (!isBack || this.held === undefined) return set(name, value);
      this.held(String(value));
      this.held = undefined;
      return set(name, `${this.issuer}/held`);
    };
  }

  /** Its screen: who is it? */
  private ask(details: { uid: string; params: Record<string, unknown> }, response: ServerResponse) {
    const button = (to: string, word: string) => `<form method="post" action="/interaction/${details.uid}/${to}"><button>${word}</button></form>`;
    const people = Object.keys(ADDRESSES).map((one) => button(one, `I am ${one}`)).join("");
    const language = String(details.params.ui_locales ?? "");
    response.setHeader("Content-Type", "text/html; charset=utf-8");
    response.end(`<!doctype html><html lang="en"><title>The company</title><main><h1>Sign in at the company</h1><p>${language.replace(/[^\w-]/g, "")}</p>${people}${button("cancel", "Cancel")}</main></html>`);
  }
}

/** At the company's sign-in: it is this one. */
export const iAm = async (page: Page, who: string) => page.getByRole("button", { name: `I am ${who}` }).click();

/** Journeys of a portal whose customers sign in at the company, by these ways. */
export const withCompanySignIn = (modes: string) =>
  test.extend<object, { server: Server; company: CompanySignIn }>({
    company: [
      async ({}, use) => {
        const company = await CompanySignIn.start();
        await use(company);
        await company.stop();
      },
      { scope: "worker", timeout: 90_000 },
    ],
    server: [
      async ({ company }, use) => {
        const server = await Server.start({ env: company.env(modes) });
        company.serve(server.origin);
        await use(server);
        await server.stop();
      },
      { scope: "worker", timeout: 90_000 },
    ],
    guard: [
      async ({ guard, company }, use) => {
        guard.allow(company.issuer);
        await use(guard);
      },
      { auto: true },
    ],
  });
