// The parked messages of one sender with the same reason: a page of them, and what an operator does with all of them.

import { Refusal, ask } from "./asking.js";
import { find, made } from "./elements.js";
import * as message from "./message.js";
import { count, handled, house, kinds, queueName, refusals, senderName, since } from "./words.js";

const PATIENCE = 6000;
const PAGE = 50;

const dialog = find("#group");
const why = find("#group-why");
const list = find("#group-list tbody");
const older = find("#older");

let service = "";
let state = "";
let group = null;
let next = null;
let tell = () => {};

// told: called with what was done when all messages are handled.
export function whenDone(told) { tell = told; }

export function open(ofService, inState, named) {
  [service, state, group] = [ofService, inState, named];
  complain([]);
  find("#group-title").textContent = `${count(group.messages)} × ${kinds[group.kind].name} van ${senderName(group.sender)}`;
  find("#group-meaning").textContent = `Dienst ${service}, huis ${house(group.house)}: ${kinds[group.kind].meaning}.`;
  dialog.showModal();
  refresh();
}

// Whether there is an open group to show again.
export function refresh() {
  if (!dialog.open) return false;
  list.replaceChildren();
  next = null;
  page();
  return true;
}

async function page() {
  const { sender, kind, reason } = group;
  const query = new URLSearchParams({ state, house: group.house, sender, kind, reason, limit: PAGE, ...(next && { before: next }) });
  try {
    const found = await ask(`v1/operations/parked-messages/${service}?${query}`, PATIENCE);
    list.append(...found.items.map(row));
    next = found.next;
    older.hidden = next === null;
  } catch (error) {
    complain(refusal(error));
  }
}

function row(parked) {
  const button = made("button", { type: "button", class: "plain", "aria-haspopup": "dialog" }, `${parked.id}`);
  button.addEventListener("click", () => message.open(service, parked.id));
  return made(
    "tr", {},
    made("th", { scope: "row" }, button),
    made("td", { "data-label": "Wachtrij" }, queueName(parked.queue)),
    made("td", { "data-label": "Sinds", class: "moment" }, since(new Date(parked.parkedAt))),
    made("td", { "data-label": "Wat eraan mankeert", class: "wide" }, message.problems(parked, 3)),
  );
}

async function take(step) {
  const reason = why.value.trim();
  if (!reason) return complain(["Vul eerst in waarom u dit doet."], true);
  if (step === "discards" && !confirm(`${count(group.messages)} berichten voorgoed verwijderen? Dit is niet terug te draaien.`)) return undefined;
  complain([]);
  for (const button of dialog.querySelectorAll("button")) button.disabled = true;
  try {
    const { done, leftOut } = await all(step, reason);
    dialog.close();
    tell(`${handled(step, done, group.sender)}${leftOut ? ` Bij ${count(leftOut)} kan dat niet.` : ""}`);
  } catch (error) {
    complain(refusal(error));
    refresh();
  } finally {
    for (const button of dialog.querySelectorAll("button")) button.disabled = false;
  }
  return undefined;
}

// A service handles a limited number at a time. `newest`: what comes in meanwhile is left alone.
async function all(step, reason) {
  const { sender, kind, reason: code, newest } = group;
  const total = { done: 0, leftOut: 0 };
  for (let after = 0; after !== null;) {
    const content = { why: reason, state, house: group.house, sender, kind, reason: code, newest, after };
    const taken = await ask(`v1/operations/parked-message-groups/${service}/${step}`, PATIENCE, JSON.stringify(content));
    total.done += taken.done;
    total.leftOut += taken.leftOut;
    after = taken.next;
    find("#group-result").textContent = `${count(total.done)} gedaan`;
  }
  return total;
}

function refusal(error) {
  if (!(error instanceof Refusal)) return [refusals.silence];
  return [refusals[error.status] ?? refusals.other, " ", made("span", { lang: "en" }, error.reasons.join("; "))];
}

function complain(parts, atWhy = false) {
  find("#group-problem").replaceChildren(...parts);
  find("#group-result").textContent = "";
  why.setAttribute("aria-invalid", atWhy);
  if (atWhy) why.focus();
}

function clear() {
  complain([]);
  why.value = "";
  list.replaceChildren();
}

find("#group-steps").addEventListener("submit", (event) => {
  event.preventDefault();
  take(event.submitter.value);
});
older.addEventListener("click", page);
find("#group-close").addEventListener("click", () => dialog.close());
dialog.addEventListener("close", clear);
