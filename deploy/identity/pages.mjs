// The pages that people see: plain HTML in Dutch, without JavaScript.

import { createHash } from "node:crypto";

const STYLE = `
:root { color-scheme: light dark; }
body { font: 1.125rem/1.5 sans-serif; margin: 0 auto; max-width: 34rem; padding: 1rem; }
label { display: block; font-weight: bold; margin-top: 1rem; }
input, button { box-sizing: border-box; font: inherit; min-height: 2.75rem; padding: .25rem .75rem; width: 100%; }
button { font-weight: bold; margin-top: 1.5rem; }
.warning, .problem { border-left: .375rem solid; padding: .5rem 1rem; }
.problem { border-color: #d52b1e; }
li { overflow-wrap: anywhere; }`;
const STYLE_DIGEST = createHash("sha256").update(STYLE).digest("base64");
const WARNING = `<p class="warning"><strong>Alleen voor ontwikkeling.</strong> Deze aanmelddienst hoort bij een
proefopstelling op deze machine. De personen zijn verzonnen.</p>`;

/** The headers of every page. A browser follows a form to the desk only if the policy names the desk. */
export function headers({ desk }) {
  const policy = `default-src 'none'; style-src 'sha256-${STYLE_DIGEST}'; form-action 'self' ${new URL(desk.url).origin}; base-uri 'none'; frame-ancestors 'none'`;
  return {
    "Content-Type": "text/html; charset=utf-8",
    "Content-Security-Policy": policy,
    "Cache-Control": "no-store",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
  };
}

export function signInPage(persons, login = "", problem = "") {
  return page(
    "Aanmelden",
    `${problem && `<p class="problem" role="alert" id="problem">${escaped(problem)}</p>`}
<form method="post">
<label for="login">Gebruikersnaam</label>
<input id="login" name="login" value="${escaped(login)}" autocomplete="username" autocapitalize="none" spellcheck="false" required>
<label for="password">Wachtwoord</label>
<input id="password" name="password" type="password" autocomplete="current-password" required>
<button>Aanmelden</button>
</form>
<h2>Wie kan zich aanmelden</h2>
<p>De wachtwoorden staan in de uitvoer van <code>make demo</code> en <code>make up</code>.</p>
<ul>${persons.map((person) => `<li><strong>${escaped(person.login)}</strong>: ${escaped(person.name)}, ${escaped(described(person))}</li>`).join("\n")}</ul>`,
  );
}

export function logoutPage(form) {
  return page("Afmelden", `<p>U wordt overal afgemeld waar u met deze aanmelddienst bent aangemeld.</p>
${form}<button form="op.logoutForm" name="logout" value="yes">Afmelden</button>`);
}

export function signedOutPage() {
  return page("Afgemeld", "<p>U bent afgemeld.</p>");
}

export function sorryPage(reason) {
  return page("Dat lukte niet", `<p class="problem" role="alert">${escaped(reason)}</p>`);
}

function described({ organisation, functions }) {
  return `${organisation} (${[...new Set(Object.values(functions).flat())].join(", ")})`;
}

function page(title, content) {
  return `<!DOCTYPE html>
<html lang="nl">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} - aanmelddienst voor ontwikkeling</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${title}</h1>
${WARNING}
${content}
</main>
</body>
</html>
`;
}

function escaped(text) {
  return String(text).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
