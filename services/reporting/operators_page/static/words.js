// What people read: names, numbers, times, and what to do about a problem.

const whole = new Intl.NumberFormat("nl-NL", { maximumFractionDigits: 0 });
const tenth = new Intl.NumberFormat("nl-NL", { maximumFractionDigits: 1 });
const clock = new Intl.DateTimeFormat("nl-NL", { timeStyle: "medium" });
const minutes = new Intl.DateTimeFormat("nl-NL", { timeStyle: "short" });
const dayAndClock = new Intl.DateTimeFormat("nl-NL", { dateStyle: "short", timeStyle: "short" });

export const count = (number) => whole.format(number);
export const rate = (number) => tenth.format(number);
export const timeOfDay = (moment) => clock.format(moment);
export const shortTime = (moment) => minutes.format(moment);

export function since(moment) {
  return moment.toDateString() === new Date().toDateString() ? clock.format(moment) : dayAndClock.format(moment);
}

export function duration(seconds) {
  if (seconds < 1) return "< 1 s";
  if (seconds < 60) return `${whole.format(seconds)} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 86400) return `${Math.floor(seconds / 3600)} u ${Math.floor((seconds % 3600) / 60)} min`;
  return `${Math.floor(seconds / 86400)} d`;
}

export const groups = {
  service: "Tussen de diensten",
  from_partner: "Van partners",
  to_partner: "Naar partners",
  dead_letters: "Onbestelbaar",
  dead_letters_of_partner: "Onbestelbaar, per partner",
};

// `intake.from.<house>.<partner>`, `partner.<house>.<partner>.out` and `….dead` are shown as the partner with its house.
export function queueName(name) {
  const found = /^(?:[a-z-]+\.from|partner)\.([^.]+)\.([^.]+?)(?:\.(?:out|dead))?$/.exec(name);
  return found ? `${found[2]} (${found[1]})` : name;
}

// `hollands-midden.dji`, `unknown:` and the queue where the message lay, or `services`. The house stands beside it.
export function senderName(name) {
  if (name.startsWith("unknown:")) return `onbekend, in de rij van ${queueName(name.slice("unknown:".length))}`;
  return name === "services" ? "de diensten" : name.slice(name.indexOf(".") + 1);
}

const messages = (amount) => (amount === 1 ? "1 bericht" : `${count(amount)} berichten`);
const stand = (amount) => (amount === 1 ? "staat" : "staan");

const concerns = {
  broker_down: () => ({
    title: "De berichtenmakelaar antwoordt niet",
    advice: "Niets gaat verloren: wat weg moet, blijft in de uitbakken. Start RabbitMQ opnieuw; daarna loopt alles vanzelf door.",
    alert: "BrokerDown",
  }),
  broker_memory: () => ({
    title: "De berichtenmakelaar heeft te weinig geheugen en neemt niets meer aan",
    advice: "Niets gaat verloren: partners en uitbakken wachten. Kijk wie het vasthoudt (operators.md); daarna loopt alles vanzelf door.",
    alert: "BrokerShortOfMemory",
  }),
  broker_disk: () => ({
    title: "De schijf van de berichtenmakelaar is bijna vol; hij neemt niets meer aan",
    advice: "Niets gaat verloren: partners en uitbakken wachten. Maak ruimte op de schijf; daarna loopt alles vanzelf door.",
    alert: "BrokerShortOfDisk",
  }),
  service_down: (service) => ({
    title: `Dienst ${service} antwoordt niet`,
    advice: "Wat voor deze dienst binnenkomt, blijft in de wachtrij. Kijk in het logboek van de dienst en start hem opnieuw.",
    alert: "ProcessDown",
  }),
  relay_down: (service) => ({
    title: `De doorgever van ${service} antwoordt niet`,
    advice: "Wat de dienst te melden heeft, blijft in de uitbak. Kijk in het logboek van de doorgever en start hem opnieuw.",
    alert: "ProcessDown",
  }),
  database_cannot_write: (service) => ({
    title: `De database van ${service} kan niet schrijven`,
    advice: "Niets gaat verloren: berichten wachten, opdrachten van mensen worden geweigerd. Maak ruimte op de schijf; daarna loopt alles vanzelf door.",
    alert: "DatabaseCannotWrite",
  }),
  requests_fail: (service, share) => ({
    title: `${Math.round(100 * share)}% van de verzoeken aan ${service} mislukt`,
    advice: "Mensen krijgen fouten te zien. 503: de database antwoordt niet of kan niet schrijven; 500: een fout in de dienst, zie het logboek.",
    alert: "RequestsFail",
  }),
  braked: (service) => ({
    title: `Dienst ${service} is gestopt met verwerken: bijna alles mislukt`,
    advice: "Niet de berichten zijn ziek, maar de dienst; ze wachten nog. Kijk in het logboek van de dienst. Is er net een nieuwe versie: zet de vorige terug.",
    alert: "BrakePulled",
  }),
  pauses: (service) => ({
    title: `Dienst ${service} neemt geen berichten aan`,
    advice: "Zijn database of iets anders dat hij nodig heeft, antwoordt niet. De berichten wachten; er gaat niets verloren.",
    alert: "ConsumingPauses",
  }),
  dead_letters: (_, amount) => ({
    title: `${messages(amount)} onbestelbaar`,
    advice: "Deze berichten lieten hun lezer steeds vallen. Bekijk ze vóór al het andere, in de wachtrij dead-letters.",
    alert: "DeadLetters",
  }),
  dead_letters_of_partner: (queue, amount) => ({
    title: `${messages(amount)} van of aan ${queueName(queue)} onbestelbaar`,
    advice: "De partner liet ze verlopen of weigerde ze, of ze lieten intake steeds vallen. Neem contact op met de partner; niemand leest deze wachtrij.",
    alert: "DeadLettersOfPartner",
  }),
  parked: (queue, amount) => ({
    title: `${messages(amount)} uit ${queueName(queue)} ${stand(amount)} apart`,
    advice: "De rest loopt door. De reden staat hieronder bij Apart gezet.",
    alert: "MessagesParked",
  }),
  queue_waits_long: (queue, seconds) => ({
    title: `Wachtrij ${queueName(queue)} loopt achter: de oudste wacht ${duration(seconds)}`,
    advice: "Loopt de lezer van deze wachtrij, en antwoordt zijn database? Een achterstand na een storing loopt vanzelf in.",
    alert: "QueueWaitsLong",
  }),
  outbox_waits_long: (service, seconds) => ({
    title: `De uitbak van ${service} loopt achter: de oudste wacht ${duration(seconds)}`,
    advice: "Loopt de doorgever, en neemt de berichtenmakelaar aan (geheugen, schijf)?",
    alert: "OutboxWaitsLong",
  }),
  postponed_waits_long: (queue, seconds) => ({
    title: `Een bericht uit ${queueName(queue)} is al ${duration(seconds)} uitgesteld`,
    advice: "Het wordt vanzelf opnieuw geprobeerd; wat in dezelfde casus volgt, wacht erachter. De reden staat in de tabel postponed van de dienst.",
    alert: "PostponedWaitsLong",
  }),
  partner_does_not_fetch: (queue, seconds) => ({
    title: `${queueName(queue)} haalt berichten niet op: de oudste wacht ${duration(seconds)}`,
    advice: "Neem contact op met de partner. Verder houdt dit niets op.",
    alert: "PartnerDoesNotFetch",
  }),
  failed_logins: (_, amount) => ({
    title: `${count(amount)} aanmeldingen bij de berichtenmakelaar mislukten in tien minuten`,
    advice: "Iemand raadt wachtwoorden, of een systeem houdt een oud wachtwoord aan. Wie aangemeld is, merkt er niets van.",
    alert: "FailedLogins",
  }),
};

export const describe = (problem) => concerns[problem.concern](problem.about, problem.amount);
export const isBad = (problem) => /_down$|^(broker_.+|dead_letters|database_cannot_write|requests_fail|braked|pauses)$/.test(problem.concern);

export const kinds = {
  rejected: { name: "geweigerd", meaning: "in strijd met een regel" },
  unexpected: { name: "onverwacht", meaning: "een fout in de dienst" },
  exhausted: { name: "opgegeven", meaning: "te vaak geprobeerd" },
};

export const done = {
  looked: "ingezien",
  corrected: "verbeterd",
  replayed: "opnieuw aangeboden",
  discarded: "verwijderd",
};

export const steps = {
  openings: "is ingezien; dat is vastgelegd",
  corrections: "is verbeterd en staat nog apart. Bied het nu opnieuw aan",
  replays: "is opnieuw aangeboden. Mislukt het weer, dan staat het hier straks met een nieuw nummer",
  discards: "is verwijderd",
};

const groupSteps = {
  replays: "opnieuw aangeboden. Wat weer mislukt, staat straks opnieuw in de lijst",
  discards: "verwijderd",
};

export const handled = (step, amount, sender) =>
  `${messages(amount)} van ${senderName(sender)} ${amount === 1 ? "is" : "zijn"} ${groupSteps[step]}.`;

// Nothing tells the house of a message that cannot be read.
export const house = (name) => name || "onbekend";

export const refusals = {
  silence: "De dienst antwoordt niet. Of het gelukt is, ziet u in de lijst zodra hij dat weer doet.",
  other: "Het is niet gelukt.",
  403: "Met deze toegangscode mag dit niet.",
  404: "Dit bericht staat niet meer apart.",
  409: "Dit kan niet:",
  413: "Het bericht is te groot voor deze pagina; gebruik de opdracht parking.",
  503: "De dienst antwoordt niet. Of het gelukt is, ziet u in de lijst zodra hij dat weer doet.",
};

// A service tells what each value of a message is and how long, in English.
export function structureWord(value) {
  if (typeof value !== "string") return value;
  return value.replace(/^(\d+) more$/, "en nog $1").replace(/^text of /, "tekst, lengte ").replace(/^number of /, "getal, lengte ").replace(/^truth value$/, "ja of nee");
}
