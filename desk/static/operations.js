// Draws the plot of throughput and keeps it up to date, and leaves a part of the page alone while somebody is in it.

const HEIGHT = 240;

function colour(element, name) {
  return getComputedStyle(element).getPropertyValue(name).trim();
}

const language = document.documentElement.lang;
const clock = new Intl.DateTimeFormat(language, { timeZone: "Europe/Amsterdam", hour: "2-digit", minute: "2-digit" });
const seconds = new Intl.DateTimeFormat(language, { timeZone: "Europe/Amsterdam", hour: "2-digit", minute: "2-digit", second: "2-digit" });
const day = new Intl.DateTimeFormat(language, { timeZone: "Europe/Amsterdam", weekday: "short", hour: "2-digit", minute: "2-digit" });

function draw(figure) {
  const columns = columnsOf(figure);
  const [moments] = columns;
  const drawn = moments.at(-1) - moments[0];
  const written = drawn > 86400 ? day : drawn > 600 ? clock : seconds;
  const time = (moment) => written.format(moment * 1000);
  const stroke = colour(figure, "--line");
  const axis = { stroke: colour(figure, "--quiet"), grid: { stroke, width: 1 }, ticks: { stroke, width: 1 } };
  const value = (_, number) => (number === null ? "–" : number.toLocaleString(language));
  const options = {
    width: figure.clientWidth,
    height: HEIGHT,
    axes: [
      { ...axis, values: (_, moments) => moments.map(time), space: 80 },
      { ...axis, size: 56, values: (_, numbers) => numbers.map((number) => number.toLocaleString(language)) },
    ],
    scales: { y: { range: (_, least, most) => [0, Math.max(1, most)] } },
    series: [
      { label: figure.dataset.time, value: (_, moment) => (moment === null ? "–" : time(moment)) },
      { ...line(figure, "now"), value },
      { ...line(figure, "before"), value, dash: [6, 4] },
    ],
  };
  figure.replaceChildren();
  figure.plot = new uPlot(options, columns, figure);
}

function columnsOf(figure) {
  const { moments, now, before } = JSON.parse(figure.dataset.plot);
  return [moments, now, before];
}

function line(figure, name) {
  return { label: figure.dataset[name], stroke: colour(figure, `--plot-${name}`), width: 2, points: { show: false } };
}

function move(figure, steps) {
  const { plot } = figure;
  const last = plot.data[0].length - 1;
  const at = Math.min(last, Math.max(0, (plot.cursor.idx ?? last) + steps));
  plot.setCursor({ left: plot.valToPos(plot.data[0][at], "x"), top: HEIGHT / 2 });
}

for (const figure of document.querySelectorAll("[data-plot]")) {
  draw(figure);
  new ResizeObserver(() => figure.plot.setSize({ width: figure.clientWidth, height: HEIGHT })).observe(figure);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => draw(figure));
  figure.addEventListener("keydown", (event) => {
    const steps = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!steps) return;
    event.preventDefault();
    move(figure, steps);
  });
}

document.addEventListener("htmx:beforeRequest", (event) => {
  const isIn = document.activeElement?.closest("#state, #set-aside");
  if (event.target.id === "state" && (document.hidden || isIn)) event.preventDefault();
});
document.addEventListener("htmx:oobBeforeSwap", (event) => {
  const { target, fragment } = event.detail;
  if (!target.plot) return;
  target.dataset.plot = fragment.querySelector("[data-plot]").dataset.plot;
  target.plot.setData(columnsOf(target));
  event.detail.shouldSwap = false;
});
