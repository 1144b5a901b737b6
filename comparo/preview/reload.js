// Reloads the page when the site behind it has changed, and keeps the place that was read.
"use strict";

(() => {
  const script = document.currentScript;
  const place = `comparo ${location.pathname}`;

  const kept = JSON.parse(sessionStorage.getItem(place));
  if (kept && !("broken" in document.documentElement.dataset)) {
    sessionStorage.removeItem(place);
    scrollTo(...kept);
  }

  const reload = () => {
    if (!sessionStorage.getItem(place)) {
      sessionStorage.setItem(place, JSON.stringify([scrollX, scrollY]));
    }
    history.scrollRestoration = "manual";
    location.reload();
  };

  const hear = (event) => {
    if (event.data === script.dataset.version) return;
    if (document.hidden) addEventListener("visibilitychange", reload, { once: true });
    else reload();
  };

  // A browser has but six connections to a host: all tabs share one.
  if (typeof SharedWorker === "function") {
    new SharedWorker(new URL("worker.js", script.src)).port.onmessage = hear;
  } else {
    new EventSource(new URL("events", script.src)).onmessage = hear;
  }
})();
