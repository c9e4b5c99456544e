// Throughput over time, drawn as SVG. Arrow keys, a pointer or a finger read off the values of one moment.

import { rate, shortTime, timeOfDay } from "./words.js";

const NAMESPACE = "http://www.w3.org/2000/svg";
const MARGIN = { left: 44, right: 8, top: 8, bottom: 22 };
const FINEST = 300;

const svg = document.querySelector("#plot");
const legend = document.querySelector("#legend");

let names = [];
let points = [];
let spanSeconds = 300;
let buckets = [];
let cursor = null;

export function show(serviceNames, newPoints) {
  names = serviceNames;
  points.push(...newPoints);
  const newest = points.at(-1)?.[0] ?? 0;
  points = points.filter(([time]) => time > newest - 3600);
  draw();
}

export const newest = () => points.at(-1)?.[0] ?? 0;

export function choose(seconds) {
  spanSeconds = seconds;
  cursor = null;
  draw();
}

// Means over equal pieces of time, so that an hour is as quick to draw as five minutes.
function gathered() {
  const end = newest();
  const width = Math.max(2, spanSeconds / FINEST);
  const found = new Map();
  for (const [time, ...rates] of points) {
    if (time <= end - spanSeconds) continue;
    const key = Math.floor(time / width);
    const bucket = found.get(key) ?? { time: key * width, count: 0, sums: rates.map(() => 0) };
    bucket.count += 1;
    rates.forEach((value, index) => { bucket.sums[index] += value; });
    found.set(key, bucket);
  }
  return [...found.values()].map(({ time, count, sums }) => [time, ...sums.map((sum) => sum / count)]);
}

function draw() {
  buckets = gathered();
  const { width, height } = svg.getBoundingClientRect();
  if (!width) return;
  const scale = scales(width, height);
  svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
  svg.replaceChildren(...grid(scale, width, height), ...names.map((_, index) => line(scale, index)), ...cursorLine(scale, height));
  const at = buckets[cursor ?? buckets.length - 1];
  legend.replaceChildren(...names.map((name, index) => legendItem(name, index, at)));
  svg.setAttribute("aria-label", description(at));
}

function scales(width, height) {
  const end = newest();
  const top = niceTop(Math.max(1, ...buckets.flatMap(([, ...rates]) => rates)));
  const inner = { width: width - MARGIN.left - MARGIN.right, height: height - MARGIN.top - MARGIN.bottom };
  return {
    top,
    end,
    x: (time) => MARGIN.left + inner.width * (1 - (end - time) / spanSeconds),
    y: (value) => MARGIN.top + inner.height * (1 - value / top),
  };
}

function niceTop(value) {
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 4, 5, 10].map((step) => step * power).find((step) => step >= value);
}

function grid(scale, width, height) {
  const parts = [];
  for (let step = 0; step <= 4; step += 1) {
    const value = (scale.top * step) / 4;
    const y = scale.y(value);
    parts.push(element("line", { x1: MARGIN.left, x2: width - MARGIN.right, y1: y, y2: y, class: "grid" }));
    parts.push(element("text", { x: MARGIN.left - 6, y: y + 4, "text-anchor": "end" }, rate(value)));
  }
  if (!scale.end) return parts;
  const every = spanSeconds / 5;
  for (let time = Math.ceil((scale.end - spanSeconds) / every) * every; time <= scale.end; time += every) {
    const x = scale.x(time);
    if (x < MARGIN.left + 16 || x > width - 20) continue;
    parts.push(element("text", { x, y: height - 5, "text-anchor": "middle" }, shortTime(new Date(time * 1000))));
  }
  return parts;
}

function line(scale, index) {
  const path = buckets.map((bucket) => `${scale.x(bucket[0]).toFixed(1)},${scale.y(bucket[index + 1] ?? 0).toFixed(1)}`);
  return element("polyline", { points: path.join(" "), class: `series series-${index % 6}` });
}

function cursorLine(scale, height) {
  if (cursor === null || !buckets[cursor]) return [];
  const x = scale.x(buckets[cursor][0]);
  return [element("line", { x1: x, x2: x, y1: MARGIN.top, y2: height - MARGIN.bottom, class: "cursor" })];
}

function legendItem(name, index, at) {
  const sample = element("svg", { viewBox: "0 0 28 8", "aria-hidden": "true" });
  sample.append(element("line", { x1: 0, x2: 28, y1: 4, y2: 4, class: `series series-${index % 6}` }));
  const item = document.createElement("li");
  item.append(sample, `${name} ${at ? rate(at[index + 1] ?? 0) : "–"}`);
  return item;
}

function description(at) {
  if (!at) return "Doorvoer per dienst: nog geen metingen";
  const values = names.map((name, index) => `${name} ${rate(at[index + 1] ?? 0)}`).join(", ");
  return `Doorvoer per dienst om ${timeOfDay(new Date(at[0] * 1000))}: ${values} berichten per seconde`;
}

function element(name, attributes, text) {
  const made = document.createElementNS(NAMESPACE, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  if (text !== undefined) made.textContent = text;
  return made;
}

function move(steps) {
  const last = buckets.length - 1;
  cursor = Math.max(0, Math.min(last, (cursor ?? last) + steps));
  draw();
}

svg.addEventListener("keydown", (event) => {
  const steps = { ArrowLeft: -1, ArrowRight: 1, Home: -FINEST, End: FINEST }[event.key];
  if (steps) {
    event.preventDefault();
    move(steps);
  } else if (event.key === "Escape") {
    cursor = null;
    draw();
  }
});
svg.addEventListener("pointermove", (event) => {
  const { left, width } = svg.getBoundingClientRect();
  const part = (event.clientX - left - MARGIN.left) / (width - MARGIN.left - MARGIN.right);
  const time = newest() - spanSeconds * (1 - part);
  const after = buckets.findIndex((bucket) => bucket[0] >= time);
  cursor = after < 0 ? buckets.length - 1 : after;
  draw();
});
for (const leaving of ["pointerleave", "blur"]) {
  svg.addEventListener(leaving, () => { cursor = null; draw(); });
}
new ResizeObserver(draw).observe(svg);
