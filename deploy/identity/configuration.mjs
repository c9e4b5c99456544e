// What the provider does, said in the terms of the library oidc-provider.

import { request as sendRequest } from "node:http";
import { logoutPage, headers, signedOutPage, sorryPage } from "./pages.mjs";

const RESOURCE = "urn:ketenhuis";
const ALGORITHM = "ES256";
const UNUSED = ["devInteractions", "dPoP", "pushedAuthorizationRequests", "userinfo"];
const MINUTES = 60;
const HOURS = 60 * MINUTES;
const TOKEN_SECONDS = 10 * MINUTES;
const SIGNED_IN_SECONDS = 12 * HOURS;

/** The configuration for these settings. adapter, cookieKey: what outlives a change of the settings. */
export function configuration(settings, { adapter, cookieKey }) {
  const show = (ctx, page) => Object.assign(ctx, { type: "html", body: page }) && ctx.set(headers(settings));
  return {
    adapter,
    clients: [desk(settings.desk), ...settings.programs.map(program)],
    clientDefaults: { id_token_signed_response_alg: ALGORITHM },
    responseTypes: ["code"],
    clientAuthMethods: ["client_secret_basic", "client_secret_post"],
    enabledJWA: { idTokenSigningAlgValues: [ALGORITHM] },
    jwks: { keys: settings.keys },
    cookies: { names: cookieNames(), keys: [cookieKey] },
    claims: { openid: ["sub"], profile: ["name"], ketenhuis: ["organisation", "functions", "standing_in"] },
    scopes: ["openid", "offline_access"],
    conformIdTokenClaims: false,
    findAccount: (_, id) => account(settings.persons.find((person) => person.id === id)),
    extraTokenClaims: (_, token) => claimsOf(settings, token),
    loadExistingGrant: grantEverything,
    interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
    pkce: { required: () => true },
    issueRefreshToken: (_, client) => client.grantTypeAllowed("refresh_token"),
    ttl: lifetimes(),
    fetch: sayToDesk,
    renderError: (ctx, out) => show(ctx, sorryPage(`${out.error}: ${out.error_description ?? ""}`)),
    features: {
      ...Object.fromEntries(UNUSED.map((feature) => [feature, { enabled: false }])),
      backchannelLogout: { enabled: true },
      clientCredentials: { enabled: true },
      revocation: { enabled: true },
      resourceIndicators: resourceServer(settings),
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (ctx, form) => show(ctx, logoutPage(form)),
        postLogoutSuccessSource: (ctx) => show(ctx, signedOutPage()),
      },
    },
  };
}

function desk({ id, secret, url }) {
  return {
    client_id: id,
    client_secret: secret,
    grant_types: ["authorization_code", "refresh_token"],
    redirect_uris: [`${url}/signed-in`],
    post_logout_redirect_uris: [`${url}/signed-out`],
    backchannel_logout_uri: `${url}/back-channel-logout`,
    backchannel_logout_session_required: true,
    scope: "openid profile ketenhuis offline_access",
  };
}

function program({ id, secret }) {
  return {
    client_id: id,
    client_secret: secret,
    grant_types: ["client_credentials"],
    redirect_uris: [],
    response_types: [],
    scope: "ketenhuis",
  };
}

/** Every access token is a JWT for the platform's services, whatever the client asks for. */
function resourceServer({ audience }) {
  return {
    enabled: true,
    defaultResource: () => RESOURCE,
    useGrantedResource: () => true,
    getResourceServerInfo: () => ({
      audience,
      scope: "ketenhuis",
      accessTokenFormat: "jwt",
      accessTokenTTL: TOKEN_SECONDS,
      jwt: { sign: { alg: ALGORITHM } },
    }),
  };
}

function account(person) {
  return person && { accountId: person.id, claims: () => ({ sub: person.id, ...whoAndWhat(person) }) };
}

function claimsOf({ persons, programs }, token) {
  const known = token.accountId ? persons.find(({ id }) => id === token.accountId) : programs.find(({ id }) => id === token.clientId);
  return known && whoAndWhat(known);
}

function whoAndWhat({ name, organisation, functions, standing_in }) {
  return { name, organisation, functions, standing_in };
}

/** Nobody is asked for consent: the desk belongs to the same organisation. */
async function grantEverything(ctx) {
  const { provider, session, client } = ctx.oidc;
  const known = session.grantIdFor(client.clientId);
  const grant = (known && (await provider.Grant.find(known))) || new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
  grant.addOIDCScope("openid profile ketenhuis offline_access");
  grant.addResourceScope(RESOURCE, "ketenhuis");
  await grant.save();
  return grant;
}

/** Cookies of all ports of a machine lie in one jar, so that their names say whose they are. */
function cookieNames() {
  return { session: "identity_session", interaction: "identity_interaction", resume: "identity_resume" };
}

function lifetimes() {
  return {
    AccessToken: TOKEN_SECONDS,
    AuthorizationCode: 1 * MINUTES,
    ClientCredentials: TOKEN_SECONDS,
    Grant: SIGNED_IN_SECONDS,
    IdToken: TOKEN_SECONDS,
    Interaction: 1 * HOURS,
    RefreshToken: SIGNED_IN_SECONDS,
    Session: SIGNED_IN_SECONDS,
  };
}

/** The only address that the provider calls is the desk's, to say who signed out; the library calls none of this machine.
 * Not with Node's own fetch, because that needs WebAssembly, which --lite-mode leaves out. */
function sayToDesk(url, { method, headers, body, signal }) {
  return new Promise((resolve, reject) => {
    const options = { method, headers: Object.fromEntries(new Headers(headers)), signal };
    const sent = sendRequest(url, options, (answer) => resolve({ status: answer.resume().statusCode }));
    sent.on("error", reject).end(String(body));
  });
}
