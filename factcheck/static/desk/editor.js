// What the screens gain with JavaScript: keys, autosave with a live checklist,
// a new source row without a reload, and claims picked by selecting text.
// Everything works without this file.

const AUTOSAVE_MS = 2000;

const isTyping = (target) =>
  target.closest("textarea, select, [contenteditable], input:not([type=radio]):not([type=checkbox])") !== null;

// --- Keys -----------------------------------------------------------------
const rows = () => [...document.querySelectorAll("[data-rows] [data-open]")];

function step(by) {
  const all = rows();
  const row = document.activeElement?.closest(".row");
  const at = all.findIndex((link) => row?.contains(link));
  const next = all[at < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(all.length - 1, Math.max(0, at + by))];
  next?.focus();
  return Boolean(next);
}

function press(key) {
  if (key === "j" || key === "k") return step(key === "j" ? 1 : -1);
  const take = key === "t" && document.activeElement?.closest(".row")?.querySelector("[data-take]");
  if (take) return take.click(), true;
  const digit = document.querySelector(`[data-digit="${CSS.escape(key)}"]`);
  if (digit) {
    digit.focus();
    digit.click();
    return true;
  }
  const target = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
  if (!target) return false;
  if (target.matches("input")) target.focus();
  else target.click();
  return true;
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    const submit = event.target.closest("form")?.querySelector("[data-submit]");
    if (submit) {
      event.preventDefault();
      submit.click();
    }
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || isTyping(event.target)) return;
  if (event.key.length === 1 && press(event.key)) event.preventDefault();
});

// --- Source rows ----------------------------------------------------------
const form = document.querySelector("[data-autosave]");
const blank = document.querySelector("#blank-source");

form?.querySelector("[data-add-source]")?.addEventListener("click", (event) => {
  const taken = [...form.querySelectorAll("[name^=evidence-]")].map((field) => Number(field.name.split("-")[1]));
  const place = taken.length ? Math.max(...taken) + 1 : 0;
  const row = blank?.content.firstElementChild?.cloneNode(true);
  if (!row || place > 99) return;
  event.preventDefault();
  const from = /(evidence-)\d+/;
  for (const node of [row, ...row.querySelectorAll("*")]) {
    for (const name of ["id", "name", "for", "aria-describedby"]) {
      const value = node.getAttribute(name);
      if (value) node.setAttribute(name, value.replaceAll(new RegExp(from, "g"), `$1${place}`));
    }
  }
  row.querySelector("[data-number]").textContent = String(place + 1);
  const remove = row.querySelector("[data-remove]");
  remove.value = String(place);
  remove.textContent = `Remove source ${place + 1}`;
  row.querySelector("summary").textContent = `More about source ${place + 1}`;
  event.target.before(row);
  row.querySelector("input")?.focus();
});

form?.addEventListener("click", (event) => {
  const remove = event.target.closest("[data-remove]");
  if (!remove) return;
  event.preventDefault();
  const row = remove.closest("fieldset");
  const next = row.nextElementSibling?.querySelector("input, button") ?? row.nextElementSibling;
  row.remove();
  next?.focus();
  schedule(0);
});

// --- A local copy of what was typed, until the desk has it -----------------
// One per page, named by person and review, so that two windows keep apart.
const KEPT_FOR_MS = 14 * 24 * 3600 * 1000;
const UNTYPED = new Set(["csrfmiddlewaretoken", "owner", "version", "base", "page", "local"]);
const place = document.querySelector("[data-typed]");
const words = place && localWords(`desk.typed/${place.dataset.typed}/`);

function localWords(prefix) {
  const store = (act) => {
    try {
      return act(localStorage);
    } catch {
      return null; // no room, or forbidden: the draft on the desk is all there is
    }
  };
  const mark = form?.querySelector("[name=page]")?.value ?? "";
  const key = prefix + mark;
  const typed = () => [...new FormData(form)].filter(([name, value]) => !UNTYPED.has(name) && typeof value === "string");
  const said = (fields) => JSON.stringify(fields.filter(([, value]) => value.trim() && value !== "verdict"));
  const keep = (more = {}) => store((kept) => kept.setItem(key, JSON.stringify({ at: Date.now(), fields: typed(), ...more })));
  const forget = (name = key) => store((kept) => kept.removeItem(name));

  function send() {
    const field = form.querySelector("[name=local]");
    if (field) field.value = mark;
    keep();
  }

  // The desk took the form of that page whole: its answer says so in the address.
  function forgetWhatWasTaken() {
    const address = new URL(location.href);
    const taken = address.searchParams.get("taken");
    if (!taken) return;
    forget(prefix + taken);
    address.searchParams.delete("taken");
    history.replaceState(history.state, "", address);
  }

  function found() {
    const names = store((kept) => Object.keys(kept).filter((name) => name.startsWith("desk.typed/"))) ?? [];
    const copies = names.map((name) => [name, store((kept) => JSON.parse(kept.getItem(name)))]);
    for (const [name, copy] of copies) if (!copy?.fields || Date.now() - copy.at > KEPT_FOR_MS) forget(name);
    return copies
      .filter(([name, copy]) => name.startsWith(prefix) && copy?.fields && Date.now() - copy.at <= KEPT_FOR_MS)
      .sort(([, one], [, other]) => other.at - one.at);
  }

  function offer() {
    const shown = form ? said(typed()) : "";
    const isRefused = document.querySelector(".refusal") !== null;
    for (const [name, copy] of found()) {
      if (said(copy.fields) !== shown) show(name, copy);
      else if (!isRefused) forget(name);
    }
  }

  function show(name, copy) {
    const box = document.querySelector("#typed-here").content.firstElementChild.cloneNode(true);
    box.querySelector("time").textContent = new Date(copy.at).toLocaleString();
    const lines = copy.fields.filter(([field, value]) => value.trim() && field !== "form" && field !== "do");
    box.querySelector("textarea").value = lines.map(([field, value]) => `${field}: ${value}`).join("\n");
    const close = () => {
      forget(name);
      box.remove();
    };
    box.querySelector("[data-away]").addEventListener("click", close);
    const back = box.querySelector("[data-back]");
    if (!form) back.remove();
    back.addEventListener("click", () => {
      putBack(copy.fields);
      close();
      schedule(0);
    });
    place.append(box);
  }

  function putBack(fields) {
    const given = new Map(fields);
    const numbers = fields.map(([name]) => Number(/^evidence-(\d+)-/.exec(name)?.[1] ?? -1));
    const add = form.querySelector("[data-add-source]");
    for (let n = 0; n <= Math.max(...numbers); n += 1) if (!form.querySelector(`[name="evidence-${n}-url"]`)) add.click();
    for (const field of form.elements) {
      if (!field.name || UNTYPED.has(field.name) || field.name === "form" || field.type === "submit") continue;
      if (field.type === "radio" || field.type === "checkbox") field.checked = given.get(field.name) === field.value;
      else if (given.has(field.name)) field.value = given.get(field.name);
    }
  }

  forgetWhatWasTaken();
  return { keep, forget, send, offer };
}

// --- Autosave with the live checklist -------------------------------------
let timer = 0;
let isSaving = false;
let isDirty = false;
let isLeaving = false;
let isOutdated = Boolean(form?.querySelector("[data-two-texts] section"));

function schedule(after) {
  isDirty = true;
  words?.keep();
  clearTimeout(timer);
  if (!isOutdated) timer = setTimeout(save, after);
}

async function save() {
  if (!isDirty || isSaving || isLeaving || isOutdated) return;
  isSaving = true;
  isDirty = false;
  const list = form.querySelector("[data-checklist]");
  try {
    const answer = await fetch(form.action, {
      method: "POST",
      body: new URLSearchParams(new FormData(form)),
      headers: { "X-Desk-Autosave": "1" },
    });
    const said = await answer.text();
    if (answer.ok) {
      list.innerHTML = said;
      if (!isDirty && !isLeaving) words?.forget();
      if (!list.querySelector(".missing")) forgetRefusal();
    } else if (answer.status === 412) {
      isOutdated = true;
      form.querySelector("[data-two-texts]").innerHTML = said;
      tell("Not saved: choose between the two texts above. What you typed stays here.");
    } else tell(`Not saved: ${answer.status === 403 && said.startsWith("<") ? "sign in again in another tab, then reload" : said.slice(0, 300)}`);
  } catch {
    isDirty = true;
    tell("Not saved: the desk cannot be reached. What you typed stays here; it is tried again.");
    timer = setTimeout(save, 5000);
  } finally {
    isSaving = false;
    if (isDirty) schedule(AUTOSAVE_MS);
  }
}

// The gate is open now: what it had refused is no longer true.
function forgetRefusal() {
  if (!document.querySelector(".refusal[data-code=gate]")) return;
  document.querySelector(".refusal[data-code=gate]").remove();
  for (const wrong of form.querySelectorAll(".wrong")) wrong.classList.remove("wrong");
  for (const error of form.querySelectorAll(".error")) error.remove();
}

function tell(said) {
  const place = form.querySelector("[data-saved]");
  if (place) {
    place.textContent = said;
    place.className = "error";
  }
}

form?.addEventListener("input", () => schedule(AUTOSAVE_MS));
form?.addEventListener("change", () => schedule(300));
form?.addEventListener("submit", () => {
  isLeaving = true;
  clearTimeout(timer);
  words?.send();
});
addEventListener("pageshow", () => {
  isLeaving = false;
});

words?.offer();

// --- The claim in hand, in the middle of its pane --------------------------
const pane = document.querySelector(".workspace .pane-article");
const here = pane?.querySelector(".claim-current");
if (here && pane.scrollHeight > pane.clientHeight + 1) {
  const offset = here.getBoundingClientRect().top - pane.getBoundingClientRect().top;
  pane.scrollTo({ top: pane.scrollTop + offset - pane.clientHeight / 3, behavior: "instant" });
}

// --- Claims by selecting text ---------------------------------------------
const article = document.querySelector("[data-article]");
const adding = document.querySelector("#add-claim");
const points = (text) => [...text].length;

if (article && adding) {
  document.addEventListener("selectionchange", () => {
    const selection = document.getSelection();
    if (!selection || selection.isCollapsed || !selection.rangeCount) return;
    const range = selection.getRangeAt(0);
    if (!article.contains(range.commonAncestorContainer)) return;
    const before = document.createRange();
    before.setStart(article, 0);
    before.setEnd(range.startContainer, range.startOffset);
    const exact = range.toString();
    const start = points(before.toString());
    adding.open = true;
    adding.querySelector("[name=exact]").value = exact;
    adding.querySelector("[name=start]").value = String(start);
    adding.querySelector("[name=end]").value = String(start + points(exact));
  });
}
