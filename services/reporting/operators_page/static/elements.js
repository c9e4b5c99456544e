// Finding and making elements. Text is only ever set as text.

export const find = (selector) => document.querySelector(selector);

export function made(name, attributes, ...content) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...content);
  return element;
}
