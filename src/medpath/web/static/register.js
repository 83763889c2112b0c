// Lets the browser keep the look-up for days without network. The list is fetched from the second page on.
"use strict";
if ("serviceWorker" in navigator && isSecureContext) {
  addEventListener("load", async () => {
    const known = navigator.serviceWorker.controller;
    try {
      const worker = await navigator.serviceWorker.register("/service-worker.js");
      if (known && worker.active) worker.active.postMessage("refresh");
    } catch {
      // a browser that keeps nothing: pages work all the same
    }
  });
}
