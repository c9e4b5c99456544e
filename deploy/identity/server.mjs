// An OpenID Connect provider for one machine: `node server.mjs identity.json`. Invented persons sign in; nobody else.
//
// deploy/identity/settings.py writes the file. When the file changes, the provider is made anew of it; the sessions and
// the tokens stand in memory beside the provider, so that everybody stays signed in.

import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { readFileSync, watchFile } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { Attempts } from "./attempts.mjs";
import { configuration } from "./configuration.mjs";
import { headers, signInPage, sorryPage } from "./pages.mjs";

const library = createRequire(`${process.env.NODE_MODULES}/`);
const { Provider } = library("oidc-provider");
const { default: MemoryAdapter } = library("oidc-provider/lib/adapters/memory_adapter.js");

const LOOPBACK = ["127.0.0.1", "localhost", "[::1]"];
const RELOAD_MILLISECONDS = 500;
const FORM_BYTES = 4096;
const WRONG = "Deze gebruikersnaam en dit wachtwoord horen niet bij elkaar.";
const TOO_MANY = "Er is te vaak een verkeerd wachtwoord ingevuld. Wacht een minuut.";
const EXPIRED = "Deze aanmelding is verlopen. Ga terug naar de pagina waar u vandaan kwam en probeer het opnieuw.";
const FOREIGN = "Dit formulier kwam niet van deze pagina. Er is niets mee gedaan.";

const attempts = new Attempts();
const kept = { adapter: (model) => new MemoryAdapter(model), cookieKey: randomBytes(32).toString("base64url") };

/** The settings in the file, with a provider that is configured with them. */
function load(file) {
  const settings = JSON.parse(readFileSync(file, "utf8"));
  for (const address of [settings.issuer, settings.desk.url]) {
    const { protocol, hostname } = new URL(address);
    if (protocol !== "http:" || !LOOPBACK.includes(hostname)) {
      throw new Error(`${address}: this provider is for development only and serves this machine alone (127.0.0.1)`);
    }
  }
  const provider = new Provider(settings.issuer, configuration(settings, kept));
  provider.on("server_error", (_, error) => log("server error", { error: error.stack }));
  provider.on("backchannel.error", (_, error, client) => log("logout not taken", { client: client.clientId, error: error.message }));
  return { settings, provider, answer: provider.callback() };
}

async function route(request, response) {
  const path = request.url.split("?")[0];
  if (path === "/health/ready") return response.end("ready\n");
  if (path.startsWith("/interaction/")) return await signIn(request, response);
  return await current.answer(request, response);
}

/** The page for name and password, and what is sent from it. */
async function signIn(request, response) {
  const { provider, settings } = current;
  const interaction = await provider.interactionDetails(request, response).catch(() => null);
  if (!interaction) return show(response, 400, sorryPage(EXPIRED));
  if (interaction.prompt.name !== "login") return await provider.interactionFinished(request, response, { consent: {} });
  if (request.method === "GET") return show(response, 200, signInPage(settings.persons));
  if (request.method !== "POST" || request.headers.origin !== settings.issuer) return show(response, 403, sorryPage(FOREIGN));
  const form = await formOf(request);
  const login = (form?.get("login") ?? "").trim().toLowerCase();
  if (attempts.areTooMany(login)) return refuse(response, 429, settings, login, TOO_MANY);
  const person = settings.persons.find((each) => each.login === login);
  if (!person || !isPassword(form.get("password"), person)) {
    attempts.failed(login);
    return refuse(response, 401, settings, login, WRONG);
  }
  log("signed in", { person: person.id });
  return await provider.interactionFinished(request, response, { login: { accountId: person.id } });
}

function refuse(response, status, settings, login, reason) {
  log("sign-in refused", { status });
  show(response, status, signInPage(settings.persons, login, reason));
}

function isPassword(given, person) {
  const digest = createHash("sha256").update(given ?? "").digest();
  return timingSafeEqual(digest, Buffer.from(person.passwordSha256, "hex"));
}

/** The fields of a form that was sent; null for what is too long to be one. */
async function formOf(request) {
  let body = "";
  for await (const part of request) {
    body += part;
    if (body.length > FORM_BYTES) return null;
  }
  return new URLSearchParams(body);
}

function show(response, status, page) {
  response.writeHead(status, headers(current.settings)).end(page);
}

function log(event, details) {
  process.stdout.write(`${JSON.stringify({ timestamp: new Date().toISOString(), event, ...details })}\n`);
}

const file = process.argv[2];
let current = load(file);
watchFile(file, { interval: RELOAD_MILLISECONDS }, () => {
  try {
    current = load(file);
    log("settings taken over", {});
  } catch (error) {
    log("the changed settings cannot be used", { error: error.message });
  }
});
const { hostname, port } = new URL(current.settings.issuer);
const server = createServer((request, response) => {
  route(request, response).catch((error) => {
    log("server error", { error: error.stack });
    if (!response.headersSent) show(response, 500, sorryPage("Er ging iets mis."));
  });
});
server.listen(Number(port), hostname.replace(/[[\]]/g, ""), () => log("ready", { issuer: current.settings.issuer }));
process.on("SIGTERM", () => process.exit(0));
