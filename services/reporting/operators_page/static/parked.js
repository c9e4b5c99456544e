// What stands parked in each service: asked for when the count of one changed, and now and then.

import { ask } from "./asking.js";
import { find, made } from "./elements.js";
import * as message from "./message.js";
import { kinds, queueName, since } from "./words.js";

const PATH = "v1/operations/parked-messages";
const PATIENCE = 8000;
const AGAIN = 30000;
const SETTLED = 3000; // by then a replayed message took effect, or is parked again

let counted = "";
let askedAt = 0;
let asking = false;
let shown = "";

// services: as /v1/operations tells them.
export function update(services) {
  const counts = JSON.stringify(services.map(({ name, up, parked }) => [name, up, parked]));
  if (asking || (counts === counted && Date.now() - askedAt < AGAIN)) return;
  counted = counts;
  refresh();
}

async function refresh() {
  asking = true;
  try {
    show((await ask(PATH, PATIENCE)).services);
  } catch {
    counted = ""; // ask again with the next figures
    show(null);
  } finally {
    asking = false;
    askedAt = Date.now();
  }
}

// Only what changed is written, so that who is at a button stays there.
function show(services) {
  const now = JSON.stringify(services);
  if (now === shown) return;
  shown = now;
  const focused = document.activeElement?.id;
  find("#parked-list").replaceChildren(...(services ? content(services) : [note("Wat apart staat, is nu niet op te vragen.")]));
  if (focused?.startsWith("open-")) (document.getElementById(focused) ?? find("#parked-title")).focus();
}

function content(services) {
  const silent = services.filter((service) => !service.answers);
  const rows = services.flatMap((service) => service.messages.map((each) => row(service.name, each)));
  const notes = silent.map(({ name }) => note(`De dienst ${name} antwoordt niet: wat daar apart staat, is nu niet te zien.`));
  const more = services.filter((service) => service.more).map(({ name }) => note(`Van ${name} staan hier de oudste; er zijn er meer.`));
  if (!rows.length && !silent.length) return [made("p", { class: "quiet" }, "Er staat niets apart.")];
  return [...notes, ...(rows.length ? [table(rows)] : []), ...more];
}

const note = (text) => made("p", { class: "care" }, `△ ${text}`);

function table(rows) {
  const heads = ["Bericht", "Soort", "Wachtrij", "Sinds", "Wat eraan mankeert"];
  return made(
    "table", { "aria-labelledby": "parked-title" },
    made("thead", {}, made("tr", {}, ...heads.map((head) => made("th", { scope: "col" }, head)))),
    made("tbody", {}, ...rows),
  );
}

function row(service, parked) {
  const name = `${service} ${parked.id}`;
  const open = made("button", { type: "button", class: "plain", id: `open-${service}-${parked.id}`, "aria-haspopup": "dialog" }, name);
  open.addEventListener("click", () => message.open(service, parked.id));
  return made(
    "tr", {},
    made("th", { scope: "row" }, open),
    made("td", { "data-label": "Soort" }, kinds[parked.kind].name),
    made("td", { "data-label": "Wachtrij" }, queueName(parked.queue)),
    made("td", { "data-label": "Sinds", class: "moment" }, since(new Date(parked.parkedAt))),
    made("td", { "data-label": "Wat eraan mankeert", class: "wide" }, message.problems(parked, 3)),
  );
}

message.whenDone((text) => {
  find("#parked-result").textContent = text;
  find("#parked-title").focus();
  refresh();
  setTimeout(refresh, SETTLED);
});
