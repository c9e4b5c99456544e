// The operators' page: asks /v1/operations every two seconds and shows what it says.

import { Refusal, ask, signInWith, signOut, signedIn } from "./asking.js";
import { find, made } from "./elements.js";
import * as parked from "./parked.js";
import * as plot from "./plot.js";
import { count, describe, duration, groups, isBad, queueName, since, timeOfDay } from "./words.js";

const INTERVAL = 2000;

let lastAnswer = null;
let statusShown = "";
let asking = false;

async function refresh() {
  if (!signedIn() || document.hidden || asking) return;
  asking = true;
  try {
    show(await ask(`v1/operations?after=${plot.newest()}`, INTERVAL * 2));
  } catch (error) {
    if (error instanceof Refusal && [401, 403].includes(error.status)) signIn("Deze toegangscode is hier niet bekend of is verlopen.");
    else showStatus([lost()]);
  } finally {
    asking = false;
  }
}

function signIn(problem = "") {
  signOut();
  for (const dialog of document.querySelectorAll("dialog")) dialog.close();
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
  parked.update(answer.services);
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
  const { title, advice, alert } = describe(problem);
  const kind = isBad(problem) ? "bad" : "care";
  const moment = `sinds ${since(new Date(problem.since))} – in de handleiding: ${alert}`;
  return { kind, title: `${kind === "bad" ? "!" : "△"} ${title}`, since: moment, advice };
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

find("#sign-in").addEventListener("submit", (event) => {
  event.preventDefault();
  signInWith(find("#token").value);
  find("#token").value = "";
  refresh();
});
find("#span").addEventListener("change", (event) => plot.choose(Number(event.target.value)));
document.addEventListener("visibilitychange", refresh);
if (signedIn()) refresh();
else signIn();
setInterval(refresh, INTERVAL);
