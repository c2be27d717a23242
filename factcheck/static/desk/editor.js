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

// --- Autosave with the live checklist -------------------------------------
let timer = 0;
let isSaving = false;
let isDirty = false;
let isLeaving = false;

function schedule(after) {
  isDirty = true;
  clearTimeout(timer);
  timer = setTimeout(save, after);
}

async function save() {
  if (!isDirty || isSaving || isLeaving) return;
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
      if (!list.querySelector(".missing")) forgetRefusal();
    }
    else tell(`Not saved: ${answer.status === 403 && said.startsWith("<") ? "sign in again in another tab, then reload" : said.slice(0, 300)}`);
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
});
addEventListener("pageshow", () => {
  isLeaving = false;
});

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
