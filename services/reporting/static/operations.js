// The operators' page: asks /v1/operations every two seconds and shows what it says.
// The token comes from a form, or from the link that the platform prints (…/operations#token=…): what stands after the
// # is never sent, and is taken out of the address at once.

import * as plot from "./plot.js";
import { count, describe, duration, groups, isBad, queueName, since, timeOfDay } from "./words.js";

const INTERVAL = 2000;
const KEY = "operator-token";
const find = (selector) => document.querySelector(selector);

let lastAnswer = null;
let statusShown = "";
let asking = false;

async function ask() {
  const response = await fetch(`v1/operations?after=${plot.newest()}`, {
    headers: { Authorization: `Bearer ${sessionStorage.getItem(KEY)}` },
    signal: AbortSignal.timeout(INTERVAL * 2),
  });
  if (response.status === 401 || response.status === 403) throw new Error("refused");
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
  return response.json();
}

async function refresh() {
  if (!sessionStorage.getItem(KEY) || document.hidden || asking) return;
  asking = true;
  try {
    show(await ask());
  } catch (error) {
    if (error.message === "refused") signIn("Deze toegangscode is hier niet bekend.");
    else showStatus([lost()]);
  } finally {
    asking = false;
  }
}

function signIn(problem = "") {
  sessionStorage.removeItem(KEY);
  find("#page").hidden = true;
  find("#updated").hidden = true;
  find("#sign-in").hidden = false;
  find("#sign-in-problem").textContent = problem;
  find("#token").focus();
}

function show(answer) {
  find("#sign-in").hidden = true;
  find("#page").hidden = false;
  if (!answer.at) return showStatus([{ kind: "care", title: "De eerste metingen komen eraan", since: "", advice: "" }]);
  lastAnswer = new Date(answer.at);
  find("#updated").hidden = false;
  find("#updated time").textContent = timeOfDay(lastAnswer);
  showStatus(answer.problems.length ? answer.problems.map(asBanner) : [allWell()]);
  find("#services tbody").replaceChildren(...answer.services.map(serviceRow));
  plot.show(answer.services.map((service) => service.name), answer.throughput);
  showQueues(answer.queues);
}

const allWell = () => ({ kind: "well", title: "✓ Alles loopt", since: "", advice: "" });

function lost() {
  const when = lastAnswer ? ` Laatste gegevens van ${timeOfDay(lastAnswer)}.` : "";
  return { kind: "bad", title: "! Geen verbinding met de dienst reporting", since: "", advice: `Deze pagina probeert het steeds opnieuw.${when}` };
}

function asBanner(problem) {
  const { title, advice } = describe(problem);
  const kind = isBad(problem) ? "bad" : "care";
  return { kind, title: `${kind === "bad" ? "!" : "△"} ${title}`, since: `sinds ${since(new Date(problem.since))}`, advice };
}

// Only what changed is written, so that a screen reader does not say the same every two seconds.
function showStatus(banners) {
  const now = JSON.stringify(banners);
  if (now === statusShown) return;
  statusShown = now;
  find("#status").replaceChildren(...banners.map(banner));
}

function banner({ kind, title, since: moment, advice }) {
  const box = made("div", { class: kind }, made("h2", {}, title));
  if (moment) box.append(made("p", { class: "since" }, moment));
  if (advice) box.append(made("p", {}, advice));
  return box;
}

function serviceRow(service) {
  const state = service.up ? (service.relayUp === false ? "doorgever weg" : "loopt") : "antwoordt niet";
  return made(
    "tr", {},
    made("th", { scope: "row" }, service.name),
    made("td", { class: state === "loopt" ? "state well" : "state bad" }, `${state === "loopt" ? "●" : "○"} ${state}`),
    ...numbers(service, "Verwerkt", "Verstuurd"),
  );
}

function numbers(row, inLabel, outLabel) {
  return [
    number(inLabel, row.cameIn),
    number(outLabel, row.wentOut),
    number("Wacht", row.waits),
    number("Uitgesteld", row.postponed, "care"),
    number("Apart gezet", row.parked, "care"),
    cell("Oudste", row.waits ? duration(row.oldestSeconds) : "–", row.waits ? "" : "zero"),
  ];
}

const number = (label, value, kind = "") => cell(label, count(value), value ? kind : "zero");
const cell = (label, text, kind) => made("td", { class: `number ${kind}`.trim(), "data-label": label }, text);

function showQueues(queues) {
  const open = new Map([...document.querySelectorAll("#queues details")].map((each) => [each.id, each.open]));
  const focused = document.activeElement?.parentElement?.id;
  const shown = Object.keys(groups).map((group) => [group, queues.filter((queue) => queue.group === group)]);
  find("#queues").replaceChildren(
    ...shown.filter(([, members]) => members.length).map(([group, members]) => queueGroup(group, members, open)),
  );
  if (focused?.startsWith("group-")) document.getElementById(focused)?.querySelector("summary").focus();
}

function queueGroup(group, members, open) {
  const id = `group-${group}`;
  const sum = (key) => members.reduce((total, queue) => total + queue[key], 0);
  const ages = members.filter((queue) => queue.waits).map((queue) => queue.oldestSeconds);
  const summary = made(
    "summary", {},
    made("strong", {}, `${groups[group]} (${members.length})`),
    made("span", {}, `in ${count(sum("cameIn"))}`),
    made("span", {}, `uit ${count(sum("wentOut"))}`),
    made("span", {}, `wacht ${count(sum("waits"))}`),
    made("span", sum("parked") ? { class: "care" } : {}, `apart ${count(sum("parked"))}`),
    made("span", {}, `oudste ${ages.length ? duration(Math.max(...ages)) : "–"}`),
  );
  const isOpen = open.get(id) ?? group === "service";
  return made("details", isOpen ? { id, open: "" } : { id }, summary, queueTable(group, members));
}

function queueTable(group, members) {
  const heads = ["Wachtrij", "In", "Uit", "Wacht", "Uitgesteld", "Apart gezet", "Oudste"];
  const busiest = [...members].sort((one, other) => other.waits - one.waits || other.cameIn - one.cameIn);
  const ordered = group === "service" ? members : busiest;
  return made(
    "table", { "aria-label": groups[group] },
    made("thead", {}, made("tr", {}, ...heads.map((head, index) => made("th", { scope: "col", class: index ? "number" : "" }, head)))),
    made("tbody", {}, ...ordered.map((queue) => made("tr", {}, made("th", { scope: "row" }, queueName(queue.name)), ...numbers(queue, "In", "Uit")))),
  );
}

function made(name, attributes, ...content) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...content);
  return element;
}

const given = new URLSearchParams(location.hash.slice(1)).get("token");
if (given) {
  sessionStorage.setItem(KEY, given);
  history.replaceState(null, "", location.pathname);
}
find("#sign-in").addEventListener("submit", (event) => {
  event.preventDefault();
  sessionStorage.setItem(KEY, find("#token").value.trim());
  find("#token").value = "";
  refresh();
});
find("#span").addEventListener("change", (event) => plot.choose(Number(event.target.value)));
document.addEventListener("visibilitychange", refresh);
if (sessionStorage.getItem(KEY)) refresh();
else signIn();
setInterval(refresh, INTERVAL);
