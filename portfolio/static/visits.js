// Tells the server which page was opened, for how long it was seen, and which projects and
// résumés were opened from it. No cookie and nothing that is kept here; who does not want to be
// counted (GPC, DNT) tells nothing.
"use strict";

(() => {
  if (navigator.globalPrivacyControl || navigator.doNotTrack === "1") return;
  const { profile } = document.currentScript.dataset;
  let since = document.hidden ? null : performance.now();

  function tell(kind, more) {
    const id = crypto.randomUUID?.();  // where the connection is private
    const event = { id, kind, path: location.pathname.slice(0, 500), profile, ...more };
    navigator.sendBeacon("/api/v1/visitors/events/", JSON.stringify({ events: [event] }));
  }

  const campaign = {};
  for (const [name, value] of new URLSearchParams(location.search)) {
    if (/^utm_(source|medium|campaign|term|content)$/.test(name)) campaign[name] = value.slice(0, 100);
  }
  // Who loads a page again or goes back to it has not come from elsewhere.
  const way = performance.getEntriesByType("navigation")[0]?.type;
  const again = way === "reload" || way === "back_forward";
  const referrer = again ? location.origin : document.referrer.slice(0, 2000);
  tell("page_view", { referrer, ...campaign });

  addEventListener("visibilitychange", () => {
    if (!document.hidden) {
      since = performance.now();
    } else if (since !== null) {
      tell("duration", { duration_ms: Math.min(Math.round(performance.now() - since), 864e5) });
      since = null;
    }
  });

  function follow({ target, button }) {
    if (button > 1) return;  // which opens a menu
    const link = target.closest?.("a[href]");
    const project = link?.closest("[data-project]")?.dataset.project;
    if (project) tell("project_view", { project });
    if (link && /\/resume\.(html|json|md)$/.test(link.pathname)) tell("download");
  }
  addEventListener("click", follow);
  addEventListener("auxclick", follow);
})();
