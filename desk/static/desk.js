// All that the desk needs of its own beside htmx: say it when a request did not reach the desk.
document.addEventListener("htmx:sendError", () => {
  const notice = document.getElementById("unreachable");
  notice.hidden = false;
  notice.scrollIntoView({ block: "nearest" });
});
document.addEventListener("htmx:beforeRequest", () => {
  document.getElementById("unreachable").hidden = true;
});
