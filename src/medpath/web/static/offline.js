// The look-up without network, in a list that the browser keeps.
"use strict";
const box = document.querySelector("#offline-query");
const found = document.querySelector("#offline-found");
const said = document.querySelector("#offline-said");
const age = document.querySelector("#offline-age");
const words = document.querySelector("#offline-words").dataset;

const folded = (text) => text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
const element = (name, textContent, className = "") => Object.assign(document.createElement(name), { textContent, className });

const prepare = (list) =>
  list.medicines.map(([id, name, status, date, substances, conditions, numbers]) => {
    const medicine = {
      id, name, date,
      status: list.statuses[status],
      substances: substances.map((place) => list.substances[place]),
      conditions: conditions.map((place) => list.conditions[place]),
    };
    medicine.start = folded(name);
    medicine.words = folded([name, id, id.replaceAll("-", "/"), ...numbers, ...medicine.substances, ...medicine.conditions].join(" "));
    return medicine;
  });

const rank = (medicine, query) => 2 * !medicine.start.startsWith(query) + (medicine.status.code !== "authorised");

const show = (medicines, text) => {
  const query = folded(text.trim());
  found.replaceChildren();
  said.textContent = "";
  if (!query) return;
  const parts = query.split(/\s+/);
  const fitting = medicines.filter((medicine) => parts.every((part) => medicine.words.includes(part)));
  fitting.sort((one, other) => rank(one, query) - rank(other, query) || one.start.localeCompare(other.start));
  said.textContent = words.found.replace("{number}", fitting.length);
  for (const medicine of fitting.slice(0, 50)) {
    const item = element("li", "", medicine.status.look);
    const link = element("a", medicine.name);
    link.href = words.medicines + medicine.id;
    const status = element("span", medicine.status.word + (medicine.date ? " · " + medicine.date : ""), "status " + medicine.status.look);
    const about = element("p", [...medicine.substances, ...medicine.conditions].join("; "), "note");
    link.lang = about.lang = "en";
    item.append(link, " ", status, about);
    found.append(item);
  }
};

// also on the first visit
const keep = async () => {
  if (!navigator.serviceWorker || (await caches.match("/offline.json"))) return;
  (await navigator.serviceWorker.ready).active.postMessage("refresh");
};

let begun = false;

const begin = async () => {
  if (begun) return;
  begun = true;
  let list;
  try {
    list = await (await fetch("/offline.json")).json();
    for (const status of list.statuses) status.word = status.words[words.language];
  } catch {
    said.textContent = words.missing;
    age.textContent = "";
    begun = false;
    return;
  }
  keep();
  const medicines = prepare(list);
  age.textContent = words.age.replace("{day}", list.data_date ? list.data_date.slice(0, 10) : "–");
  box.addEventListener("input", () => show(medicines, box.value));
  const asked = new URLSearchParams(location.search).get("q");
  if (asked) box.value = asked;
  show(medicines, box.value);
};
// On a first visit the list comes when it is wanted.
box.addEventListener("focus", begin);
if (navigator.serviceWorker?.controller || location.search) begin();
