// What stands parked in each service, in groups: asked for when the count of one changed, and now and then.

import { ask } from "./asking.js";
import { find, made } from "./elements.js";
import * as group from "./group.js";
import * as message from "./message.js";
import { count, house, kinds, senderName, since } from "./words.js";

const PATH = "v1/operations/parked-messages";
const PATIENCE = 8000;
const AGAIN = 30000;
const SETTLED = 3000; // by then a replayed message took effect, or is parked again
const HEADS = ["Dienst", "Afzender", "Huis", "Soort", "Reden", "Aantal", "Nieuwste"];

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
  const open = find("#answered")?.open;
  find("#parked-list").replaceChildren(...(services ? content(services, open) : [note("Wat apart staat, is nu niet op te vragen.")]));
  if (focused?.startsWith("open-")) (document.getElementById(focused) ?? find("#parked-title")).focus();
}

function content(services, open) {
  const silent = services.filter((service) => !service.answers);
  const notes = silent.map(({ name }) => note(`De dienst ${name} antwoordt niet: wat daar apart staat, is nu niet te zien.`));
  const waiting = services.flatMap((service) => service.waiting.map((each) => row(service.name, "waiting", each)));
  const answered = services.flatMap((service) => service.answered.map((each) => row(service.name, "answered", each)));
  const before = services.flatMap((service) => service.before.map((each) => rowBefore(service.name, each)));
  if (!waiting.length && !silent.length) notes.push(made("p", { class: "quiet" }, "Er wacht niets op een mens."));
  if (waiting.length) notes.push(table(waiting));
  if (answered.length || before.length) notes.push(answeredPart([...answered, ...before], services, open));
  return notes;
}

const note = (text) => made("p", { class: "care" }, `△ ${text}`);

function answeredPart(rows, services, open) {
  const kept = services.flatMap((service) => service.answered).reduce((total, each) => total + each.messages, 0);
  const summary = made("summary", {}, made("strong", {}, "Geweigerd en beantwoord"), made("span", {}, `bewaard ${count(kept)}`));
  const meaning = made("p", { class: "quiet" }, "De afzender heeft gehoord wat eraan mankeert; niemand hoeft iets te doen. Na een vaste tijd wordt een bericht verwijderd en alleen nog geteld.");
  return made("details", open ? { id: "answered", open: "" } : { id: "answered" }, summary, meaning, table(rows));
}

function table(rows) {
  return made(
    "table", { "aria-labelledby": "parked-title" },
    made("thead", {}, made("tr", {}, ...HEADS.map((head) => made("th", { scope: "col", class: head === "Aantal" ? "number" : "" }, head)))),
    made("tbody", {}, ...rows),
  );
}

function row(service, state, parked) {
  const id = `open-${service}-${state}-${parked.house}-${parked.sender}-${parked.kind}-${parked.reason}`;
  const open = made("button", { type: "button", class: "plain", id, "aria-haspopup": "dialog" }, service);
  open.setAttribute("aria-label", `${service}: ${count(parked.messages)} van ${senderName(parked.sender)}, ${parked.reason}`);
  open.addEventListener("click", () => group.open(service, state, parked));
  return cells(open, parked, kinds[parked.kind].name, since(new Date(parked.newestAt)));
}

const rowBefore = (service, before) => cells(service, before, "verwijderd", since(new Date(before.lastAt)));

function cells(first, { sender, house: of, reason, messages }, kind, moment) {
  return made(
    "tr", {},
    made("th", { scope: "row" }, first),
    made("td", { "data-label": "Afzender" }, senderName(sender)),
    made("td", { "data-label": "Huis" }, house(of)),
    made("td", { "data-label": "Soort" }, kind),
    made("td", { "data-label": "Reden", lang: "en" }, reason),
    made("td", { "data-label": "Aantal", class: "number" }, count(messages)),
    made("td", { "data-label": "Nieuwste", class: "moment" }, moment),
  );
}

function told(text) {
  find("#parked-result").textContent = text;
  refresh();
  setTimeout(refresh, SETTLED);
}

message.whenDone((text) => {
  told(text);
  if (!group.refresh()) find("#parked-title").focus();
});
group.whenDone((text) => {
  told(text);
  find("#parked-title").focus();
});
