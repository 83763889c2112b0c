// Keeps the look-up for days without network; its list comes with the second page.
"use strict";
if ("serviceWorker" in navigator && isSecureContext) {
  addEventListener("load", async () => {
    const known = navigator.serviceWorker.controller;
    try {
      const worker = await navigator.serviceWorker.register("/service-worker.js");
      if (known && worker.active) worker.active.postMessage("refresh");
    } catch {
      // pages work all the same
    }
  });
}
