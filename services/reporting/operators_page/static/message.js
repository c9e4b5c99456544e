// One parked message: what may be told of it, and what an operator does with it.

import { Refusal, ask } from "./asking.js";
import { find, made } from "./elements.js";
import { done, house, kinds, queueName, refusals, senderName, since, steps, structureWord } from "./words.js";

const PATIENCE = 6000;

const dialog = find("#message");
const form = find("#steps");
const why = find("#why");
const body = find("#body");

let service = "";
let id = 0;
let tell = () => {};

// told: called with what was done when the message is no longer parked.
export function whenDone(told) { tell = told; }

export async function open(ofService, withId) {
  [service, id] = [ofService, withId];
  clear();
  dialog.showModal();
  find("#message-title").textContent = `Bericht ${id} van ${service}`;
  await show();
}

// most: how many of them.
export function problems(parked, most) {
  const items = parked.problems.slice(0, most).map(({ field, reason }) => made("li", {}, field ? `${field}: ${reason}` : reason));
  const rest = parked.problemCount - items.length;
  return made("ul", { class: "problems", lang: "en" }, ...items, ...(rest ? [made("li", { lang: "nl" }, `en nog ${rest}`)] : []));
}

const path = (step = "") => `v1/operations/parked-messages/${service}/${id}${step && "/"}${step}`;

async function show() {
  try {
    const parked = await ask(path(), PATIENCE);
    find("#outline").replaceChildren(...outline(parked));
    form.hidden = false;
    for (const each of document.querySelectorAll(".officer")) each.hidden = !parked.mayOpen;
    find("#not-officer").hidden = parked.mayOpen;
    find("#content").hidden = !parked.mayOpen || !body.value;
  } catch (error) {
    complain(refusal(error));
  }
}

function outline(parked) {
  const facts = [
    ["Soort", `${kinds[parked.kind].name}: ${kinds[parked.kind].meaning}`],
    ["Wachtrij", queueName(parked.queue)],
    ["Afzender", senderName(parked.sender)],
    ["Kenmerk", parked.messageId],
    ["Apart sinds", since(new Date(parked.parkedAt))],
    ["Huis", house(parked.house)],
    ["Wat eraan mankeert", problems(parked)],
    ["Wat er al mee gedaan is", history(parked.history)],
    ["Opbouw, zonder de inhoud", structure(parked)],
  ];
  return [made("dl", {}, ...facts.flatMap(([name, value]) => [made("dt", {}, name), made("dd", {}, value)]))];
}

function history(entries) {
  if (!entries.length) return "Nog niets";
  return made("ol", {}, ...entries.map((each) => made("li", {}, `${since(new Date(each.at))}: ${done[each.what]} door ${each.who}. ${each.why}`)));
}

function structure({ structure: found, unreadable, size }) {
  if (unreadable !== null) return made("span", {}, `${size} bytes, niet te lezen: `, made("span", { lang: "en" }, unreadable));
  return made("pre", { tabindex: "0" }, JSON.stringify(found, (_, value) => structureWord(value), 2));
}

async function take(step) {
  const reason = why.value.trim();
  if (!reason) return complain(["Vul eerst in waarom u dit doet."], why);
  if (step === "corrections" && !isObject(body.value)) return complain(["De verbeterde inhoud is geen JSON-object."], body);
  if (step === "discards" && !confirm(`Bericht ${id} van ${service} voorgoed verwijderen? Dit is niet terug te draaien.`)) return undefined;
  complain([]);
  try {
    await finish(step, await ask(path(step), PATIENCE, content(step, reason)));
  } catch (error) {
    complain(refusal(error));
  }
  return undefined;
}

// What was typed goes as it is: to read and write it here would round large numbers.
const content = (step, reason) => `{"why":${JSON.stringify(reason)}${step === "corrections" ? `,"message":${body.value}` : ""}}`;

async function finish(step, answer) {
  const said = `Bericht ${id} van ${service} ${steps[step]}.`;
  if (step === "replays" || step === "discards") {
    dialog.close();
    return tell(said);
  }
  if (step === "openings") body.value = indented(answer.body);
  why.value = "";
  find("#message-result").textContent = said;
  await show();
  return (step === "openings" ? body : why).focus();
}

function isObject(text) {
  try {
    return JSON.parse(text)?.constructor === Object;
  } catch {
    return false;
  }
}

const indented = (text) => (isObject(text) ? JSON.stringify(JSON.parse(text), null, 2) : text);

function refusal(error) {
  if (!(error instanceof Refusal)) return [refusals.silence];
  return [refusals[error.status] ?? refusals.other, " ", made("span", { lang: "en" }, error.reasons.join("; "))];
}

function complain(parts, at = null) {
  find("#message-problem").replaceChildren(...parts);
  find("#message-result").textContent = "";
  for (const each of [why, body]) each.setAttribute("aria-invalid", at === each);
  at?.focus();
}

// Nothing of a message stays in the page when it is closed.
function clear() {
  complain([]);
  why.value = "";
  body.value = "";
  form.hidden = true;
  find("#outline").replaceChildren();
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  take(event.submitter.value);
});
find("#close").addEventListener("click", () => dialog.close());
dialog.addEventListener("close", clear);
