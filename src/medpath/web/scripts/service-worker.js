// Keeps the look-up for days without network: its page, its script and a small list of all medicines.
// Everything else is always asked of the server; nothing is answered from here while the server can be reached.
"use strict";
const FILES = "[files]";
const LIST = "/offline.json";
const KEPT = "medpath-" + FILES.join("|").length + "-" + FILES.map((file) => file.split(".").at(-2)).join("");
const PAGES = ["/offline", "/zh/offline"];

addEventListener("install", (event) => {
  event.waitUntil(caches.open(KEPT).then((cache) => cache.addAll([...FILES, ...PAGES])).then(() => skipWaiting()));
});

addEventListener("activate", (event) => {
  event.waitUntil(
    (async () => {
      const fresh = await caches.open(KEPT);
      for (const name of await caches.keys()) {
        if (!name.startsWith("medpath-") || name === KEPT) continue;
        const list = await (await caches.open(name)).match(LIST);
        if (list && !(await fresh.match(LIST))) await fresh.put(LIST, list);
        await caches.delete(name);
      }
      await clients.claim();
    })(),
  );
});

const refresh = async () => {
  try {
    const answer = await fetch(LIST);
    if (answer.ok) await (await caches.open(KEPT)).put(LIST, answer);
  } catch {
    // without network the list that is kept stays
  }
};

addEventListener("message", (event) => {
  if (event.data === "refresh") event.waitUntil(refresh());
});

const offline = async (request) => {
  try {
    return await fetch(request);
  } catch (problem) {
    const cache = await caches.open(KEPT);
    const address = new URL(request.url);
    if (address.pathname === LIST) {
      const list = await cache.match(LIST);
      if (list) return list;
    }
    const file = await cache.match(address.pathname);
    if (file) return file;
    if (request.mode !== "navigate") throw problem;
    const page = await cache.match(address.pathname.startsWith("/zh") ? PAGES[1] : PAGES[0]);
    if (!page) throw problem;
    return page;
  }
};

addEventListener("fetch", (event) => {
  const request = event.request;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== location.origin) return;
  if (request.mode === "navigate" || address.pathname === LIST || FILES.includes(address.pathname)) {
    event.respondWith(offline(request));
  }
});
