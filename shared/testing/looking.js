// What shared/testing/browser.py asks a page about itself. Nothing here changes the page.

const OWN_SCROLLING = "input, textarea, select";
const LONGEST_WORD_THAT_FITS = 20;
const TALLER_THAN_ITS_LINE = 6;
const STOPS = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]";

const told = (element) => {
  const text = (element.innerText || element.value || "").trim().replace(/\s+/g, " ").slice(0, 40);
  return `<${element.localName}${element.id && "#" + element.id}${element.className && "." + element.className}> ${text}`;
};

const isClipped = (element) => getComputedStyle(element).clipPath !== "none" || (element.parentElement && isClipped(element.parentElement));

// What is only for screen readers, or waits above the window for the focus, is not seen.
const seen = (element) => {
  const box = element.getBoundingClientRect();
  return element.checkVisibility({ visibilityProperty: true }) && !isClipped(element) && box.bottom + scrollY > 0;
};

// What is wider than its place, or sticks out of the window.
function overflowing() {
  const width = document.documentElement.clientWidth;
  const wide = document.scrollingElement.scrollWidth;
  const found = wide > width ? [`the page is ${wide} px wide in a window of ${width} px`] : [];
  for (const element of [...document.body.querySelectorAll("*")].filter(seen)) {
    const box = element.getBoundingClientRect();
    if (box.left < -0.5 || box.right > width + 0.5) found.push(`sticks out of the window: ${told(element)}`);
    const inside = getComputedStyle(element).display !== "inline" && !element.matches(OWN_SCROLLING);
    if (inside && element.scrollWidth > element.clientWidth + 1) found.push(`is too narrow for what it holds: ${told(element)}`);
    if (inside && element.scrollHeight > element.clientHeight + TALLER_THAN_ITS_LINE) found.push(`is too low for what it holds: ${told(element)}`);
  }
  return found;
}

// Words that stand on two lines though one line could hold them. Chromium as Debian has it knows no hyphenation.
function brokenWords() {
  const found = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const text = texts.currentNode;
    if (text.parentElement.closest("code, script, option") || !seen(text.parentElement)) continue;
    for (const word of text.data.matchAll(/\p{L}{2,}/gu)) {
      const range = document.createRange();
      range.setStart(text, word.index);
      range.setEnd(text, word.index + word[0].length);
      const lines = new Set([...range.getClientRects()].map((box) => Math.round(box.top)));
      if (lines.size > 1 && word[0].length <= LONGEST_WORD_THAT_FITS) found.push(word[0]);
    }
  }
  return found;
}

// What the Tab key must reach, in the order of the page. Of a group of radio buttons it reaches one.
function stops() {
  const radios = (element) => [...document.getElementsByName(element.name)].filter((each) => each.form === element.form);
  const isStop = (element) => {
    if (element.matches(":disabled") || element.tabIndex < 0 || !element.checkVisibility({ visibilityProperty: true })) return false;
    if (element.type !== "radio") return true;
    const group = radios(element);
    return element === (group.find((each) => each.checked) ?? group[0]);
  };
  return [...document.querySelectorAll(STOPS)].filter(isStop);
}

// Where the keyboard is: the place of the element among the stops, and whether a person sees that it has the focus.
function focused() {
  const element = document.activeElement;
  const style = getComputedStyle(element);
  const [box] = element.getClientRects();
  const middle = box && document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
  return {
    stop: stops().indexOf(element),
    told: told(element),
    ring: style.outlineStyle === "auto" || (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2),
    uncovered: Boolean(middle) && (element.contains(middle) || middle.contains(element)),
  };
}
