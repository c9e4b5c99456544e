// Asks the service that this page came from, with the operator's token. The token comes from a form, or from the link
// that the platform prints (…/operations#token=…): what stands after the # is never sent, and is taken out of the
// address at once.

const KEY = "operator-token";

export const signedIn = () => sessionStorage.getItem(KEY) !== null;
export const signOut = () => sessionStorage.removeItem(KEY);
export const signInWith = (token) => sessionStorage.setItem(KEY, token.trim());

// What was answered that is no success; `reasons` are the service's own words.
export class Refusal extends Error {
  constructor(status, document) {
    super(`HTTP ${status}`);
    this.status = status;
    this.reasons = (document.errors ?? []).map(({ field, reason }) => (field ? `${field}: ${reason}` : reason));
  }
}

// body: JSON text. Throws Refusal, or another error when nobody answers in time.
export async function ask(path, patience, body) {
  const headers = { Authorization: `Bearer ${sessionStorage.getItem(KEY)}` };
  if (body !== undefined) headers["Content-Type"] = "application/json";
  const signal = AbortSignal.timeout(patience);
  const response = await fetch(path, { method: body === undefined ? "GET" : "POST", headers, body, signal });
  if (!response.ok) throw new Refusal(response.status, await response.json().catch(() => ({})));
  return response.status === 204 ? null : response.json();
}

const given = new URLSearchParams(location.hash.slice(1)).get("token");
if (given) {
  signInWith(given);
  history.replaceState(null, "", location.pathname);
}
