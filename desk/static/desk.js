// All that the desk needs of its own beside htmx: say it when a request did not get an answer, or failed behind the back
// of the person who types or reads. Only the answer to a click or a form may take the place of the page.
const CAUSES = ["click", "submit"];

const unreachable = (isSo) => {
  const notice = document.getElementById("unreachable");
  notice.hidden = !isSo;
  if (isSo) notice.scrollIntoView({ block: "nearest" });
};

document.addEventListener("htmx:sendError", () => unreachable(true));
document.addEventListener("htmx:beforeRequest", () => unreachable(false));
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (detail.isError && !CAUSES.includes(detail.requestConfig.triggeringEvent?.type)) {
    detail.shouldSwap = false;
    unreachable(true);
  }
});
