/* zhitu: the page of a report. A link from elsewhere (#c-…, #o-…, #m-…) marks the words that it means. */
"use strict";

(() => {
  const article = /** @type {HTMLElement} */ (document.querySelector(".source"));

  /** The words of a note. @param {string} index @returns {HTMLElement[]} */
  const words = (index) => /** @type {HTMLElement[]} */ ([...article.querySelectorAll(`[data-n~="${CSS.escape(index)}"]`)]);

  /** @param {string} style @param {HTMLElement|null} note */
  function light(style, note) {
    for (const old of article.querySelectorAll(`.${style}`)) old.classList.remove(style);
    if (!note) return [];
    const found = words(note.dataset.i || "");
    for (const word of [note, ...found]) word.classList.add(style);
    return found;
  }

  /** Mark what the address names and bring it to where the eye is. */
  function arrive() {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return light("hit", null);
    if (target.dataset.i !== undefined) {
      const found = light("hit", target);
      (found[0] || target).scrollIntoView({ block: "center" });
    } else if (target.id.startsWith("m-")) {
      light("hit", null);
      const word = target.nextElementSibling;
      word?.classList.add("hit");
      word?.scrollIntoView({ block: "center" });
    }
  }

  const noteOf = (/** @type {EventTarget|null} */ target) => /** @type {HTMLElement|null} */ (/** @type {Element} */ (target).closest?.(".n"));

  article.addEventListener("mouseover", (event) => {
    const note = noteOf(event.target), word = /** @type {HTMLElement|null} */ (/** @type {Element} */ (event.target).closest("[data-n]"));
    if (note) light("near", note);
    else if (word) {
      light("near", null);
      for (const index of (word.dataset.n || "").split(" ")) article.querySelector(`.n[data-i="${index}"]`)?.classList.add("near");
    } else light("near", null);
  });
  article.addEventListener("focusin", (event) => light("near", noteOf(event.target)));
  article.addEventListener("click", (event) => {
    const note = noteOf(event.target);
    if (!note || /** @type {Element} */ (event.target).closest("a")) return;
    try { history.replaceState(null, "", `#${note.id}`); } catch { location.hash = note.id; }
    arrive();
  });
  for (const box of /** @type {NodeListOf<HTMLInputElement>} */ (document.querySelectorAll(".legend input"))) {
    box.addEventListener("change", () => article.classList.toggle(`no-${box.value}`, !box.checked));
  }
  window.addEventListener("hashchange", arrive);
  arrive();
  window.addEventListener("load", () => setTimeout(arrive)); // after the browser has gone to the note itself
})();
