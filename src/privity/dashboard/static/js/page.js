// What every page does with a script: copies, keys, reasons on hover, exact local times, dialogs. All of it is extra.
const root = document.documentElement;
root.classList.add("scripted");

const all = (selector, within = document) => [...within.querySelectorAll(selector)];
const writing = (element) => element.matches?.("input, textarea, select, [contenteditable]");

/* Ids, commands and checkpoints copy. */
async function copy(button) {
  await navigator.clipboard.writeText(button.dataset.copy);
  if (button.classList.contains("done")) return;
  const before = [...button.childNodes];
  button.classList.add("done");
  button.replaceChildren("✓ Copied");
  setTimeout(() => {
    button.classList.remove("done");
    button.replaceChildren(...before);
  }, 1600);
}

/* Hidden spans copy as [CARD]. */
document.addEventListener("copy", (event) => {
  const selection = getSelection();
  if (!selection.rangeCount || writing(document.activeElement)) return;
  const part = selection.getRangeAt(0).cloneContents();
  if (!part.querySelector(".bar")) return;
  for (const bar of all(".bar", part)) bar.replaceWith(`[${bar.textContent}]`);
  for (const line of all("li", part)) line.append("\n");
  event.clipboardData.setData("text/plain", part.textContent.replace(/[ \t]*\n\s*/g, "\n").trim());
  event.preventDefault();
});

/* A hidden span tells its reason when it is pointed at or focused; without a script, when it is pressed. */
function reason(bar) {
  return document.getElementById(bar.getAttribute("popovertarget"));
}
function show(bar) {
  const box = reason(bar);
  if (!box || box.matches(":popover-open")) return;
  box.showPopover({ source: bar });
  bar.setAttribute("aria-expanded", "true");
  if (CSS.supports("position-area", "bottom") || innerWidth <= 720) return;
  const place = bar.getBoundingClientRect();
  box.style.left = `${Math.min(place.left, innerWidth - box.offsetWidth - 16)}px`;
  box.style.top = `${place.bottom}px`;
}
function hide(bar) {
  const box = reason(bar);
  if (box?.matches(":popover-open")) box.hidePopover();
  bar.removeAttribute("aria-expanded");
}
for (const bar of all("button.bar")) {
  bar.addEventListener("pointerenter", (event) => event.pointerType === "mouse" && show(bar));
  bar.addEventListener("pointerleave", () => bar !== document.activeElement && hide(bar));
  bar.addEventListener("focus", () => bar.matches(":focus-visible") && show(bar));
  bar.addEventListener("blur", () => hide(bar));
}

/* Exact times in the reader's own zone, beside UTC. */
const local = new Intl.DateTimeFormat(undefined, { dateStyle: "long", timeStyle: "long" });
for (const time of all("time[data-exact]")) {
  const here = local.format(new Date(time.dateTime));
  if (!/UTC$/.test(here)) time.dataset.exact = `${here} · ${time.dateTime.slice(11, 23)}Z`;
}

/* Dialogs; their danger opens once what is asked for has been typed. */
for (const opener of all("[data-dialog]")) {
  const dialog = document.getElementById(opener.dataset.dialog);
  opener.addEventListener("click", (event) => {
    event.preventDefault();
    dialog.showModal();
  });
  dialog.querySelector("[data-close]")?.addEventListener("click", (event) => {
    event.preventDefault();
    dialog.close();
  });
}
for (const field of all("[data-typed]")) {
  const danger = field.form.querySelector(".danger");
  const look = () => { danger.disabled = field.value.trim().toLowerCase() !== field.dataset.typed; };
  field.addEventListener("input", look);
  look();
}

/* On a phone: the menu, and panels as tabs. */
const nav = document.getElementById("nav");
const menu = document.querySelector("[data-menu]");
menu?.addEventListener("click", (event) => {
  event.preventDefault();
  nav.classList.toggle("open");
  if (nav.classList.contains("open")) nav.querySelector("a").focus();
});
document.addEventListener("click", (event) => {
  if (nav?.classList.contains("open") && !nav.contains(event.target) && !menu.contains(event.target)) nav.classList.remove("open");
});
for (const tabs of all("[data-tabs]")) {
  const links = all("a", tabs);
  const parts = links.map((link) => document.querySelector(link.hash));
  const choose = (chosen) => links.forEach((link, at) => {
    link.toggleAttribute("aria-current", at === chosen);
    parts[at].classList.toggle("shown", at === chosen);
  });
  links.forEach((link, at) => link.addEventListener("click", (event) => { event.preventDefault(); choose(at); }));
  choose(0);
}

/* A selection that changes what is shown needs no button. */
for (const select of all(".filters select")) {
  select.addEventListener("change", () => select.form.requestSubmit());
  select.form.querySelector("button.link")?.classList.add("hidden-words");
}

/* Keys. */
const rows = () => all("[data-rows] a.row, [data-turns] > li");
function move(by) {
  const found = rows();
  if (!found.length) return;
  const current = document.querySelector("tr[aria-current] a.row");
  const at = found.indexOf(document.activeElement);
  const from = at >= 0 ? at : current ? found.indexOf(current) : by > 0 ? -1 : found.length;
  found[Math.max(0, Math.min(found.length - 1, from + by))].focus();
}
function nextBar() {
  const bars = all("button.bar[popovertarget]");
  if (bars.length) bars[(bars.indexOf(document.activeElement) + 1) % bars.length].focus({ focusVisible: true });
}
const KEYS = {
  "/": () => document.querySelector(".find input")?.focus(),
  j: () => move(1),
  k: () => move(-1),
  h: nextBar,
  p: () => document.querySelector("[data-verify]")?.click(),
  v: () => document.querySelector("[data-verify], [data-grown]")?.click(),
  c: () => (document.activeElement.closest?.("tr")?.querySelector(".copy") ?? document.querySelector("main .copy"))?.click(),
};
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") nav?.classList.remove("open");
  if (event.ctrlKey || event.metaKey || event.altKey || writing(event.target) || document.querySelector("dialog[open]")) return;
  const act = KEYS[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});
document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-copy]");
  if (button) copy(button);
});
