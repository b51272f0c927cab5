/* zhitu: words in two languages, the search box, and small helpers that every page uses. */
"use strict";

/** @type {Record<string, [string, string]>} */
var zhituStrings = globalThis.zhituStrings;

var zhitu = (() => {
  const root = document.documentElement;
  /** @type {(() => void)[]} */
  const listeners = [];

  function remembered() {
    const asked = /[#&?]lang=(en|zh)/.exec(location.hash + location.search);
    if (asked) return asked[1];
    try { return localStorage.getItem("zhitu-language") || "zh"; } catch { return "zh"; }
  }

  let language = remembered();
  root.lang = language === "en" ? "en" : "zh-Hans";

  /** The word for `key` in the language of the page. @param {string} key @param {...unknown} values */
  function t(key, ...values) {
    const pair = zhituStrings[key] || [key, key];
    return values.reduce((/** @type {string} */ text, value, i) => text.replace(`{${i}}`, String(value)), pair[language === "en" ? 1 : 0]);
  }

  /** Make an element. Children are nodes or texts; a text is never read as markup.
   * @param {string} name @param {Record<string, any>} [attributes] @param {...(Node|string|null)} children @returns {any} */
  function h(name, attributes = {}, ...children) {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
      else if (value === true) element.setAttribute(key, "");
      else if (value !== false && value != null) element.setAttribute(key, String(value));
    }
    element.append(...children.filter((child) => child != null));
    return element;
  }

  /** An element of SVG. @param {string} name @param {Record<string, any>} [attributes] @param {...(Node|string)} children */
  function svg(name, attributes = {}, ...children) {
    const element = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) {
      if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
      else element.setAttribute(key, String(value));
    }
    element.append(...children);
    return element;
  }

  /** @param {string} id @returns {any} */
  const $ = (id) => document.getElementById(id);

  /** The JSON that stands in the page under `id`. @param {string} id */
  const data = (id) => JSON.parse($(id).textContent);

  function translate() {
    root.lang = language === "en" ? "en" : "zh-Hans";
    for (const element of document.querySelectorAll("[data-t]")) {
      const { t: key, v } = /** @type {HTMLElement} */ (element).dataset;
      element.textContent = t(key || "", ...(v ? JSON.parse(v) : []));
    }
    for (const name of ["placeholder", "aria-label", "title"]) {
      for (const element of document.querySelectorAll(`[data-t-${name}]`)) {
        element.setAttribute(name, t(element.getAttribute(`data-t-${name}`) || ""));
      }
    }
  }

  /** @param {string} to */
  function speak(to) {
    language = to;
    try { localStorage.setItem("zhitu-language", to); } catch { /* a page from a disk may have no storage */ }
    translate();
    listeners.forEach((listener) => listener());
  }

  /** What the part of the address after # holds, as `key=value&…`. @returns {Record<string, string>} */
  function state() {
    return Object.fromEntries(new URLSearchParams(location.hash.slice(1)));
  }

  /** Put the view's state into the address, so that the address can be shared. @param {Record<string, any>} values */
  function keep(values) {
    const kept = Object.entries(values).filter(([, value]) => value !== "" && value != null);
    if (language === "en") kept.push(["lang", "en"]);
    const hash = kept.map(([key, value]) => `${key}=${encodeURIComponent(value).replace(/%2C/g, ",").replace(/%7E/g, "~")}`).join("&");
    if (location.hash.slice(1) === hash) return;
    try { history.replaceState(null, "", hash ? `#${hash}` : "#"); } catch { location.hash = hash; }
  }

  const up = () => document.body.dataset.up || "";

  /** Load a script that stands beside the pages, once. @type {Map<string, Promise<boolean>>} */
  const loads = new Map();
  /** @param {string} path */
  function load(path) {
    const known = loads.get(path);
    if (known) return known;
    const promise = new Promise((/** @type {(done: boolean) => void} */ resolve) => {
      const script = document.createElement("script");
      script.src = up() + path;
      script.onload = () => resolve(true);
      script.onerror = () => resolve(false);
      document.head.append(script);
    });
    loads.set(path, promise);
    return promise;
  }

  /** Hand the reader a file. @param {string} name @param {Blob} blob */
  function download(name, blob) {
    const address = URL.createObjectURL(blob);
    const link = h("a", { href: address, download: name });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(address), 10000);
  }

  /** A table as CSV that Excel opens with its Chinese; a cell never begins a formula.
   * @param {string} name @param {unknown[][]} rows */
  function csv(name, rows) {
    const cell = (/** @type {unknown} */ value) => {
      const text = String(value ?? "").replace(/^[=+\-@\t\r]/, "'$&");
      return /[",\n\r]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
    };
    const text = "\ufeff" + rows.map((row) => row.map(cell).join(",")).join("\r\n") + "\r\n";
    download(name, new Blob([text], { type: "text/csv;charset=utf-8" }));
  }

  document.addEventListener("DOMContentLoaded", () => {
    if (language === "en") translate();
    $("language").addEventListener("click", () => speak(language === "en" ? "zh" : "en"));
  });

  return {
    t, h, svg, $, data, state, keep, load, up, download, csv,
    /** @param {() => void} listener */
    onLanguage: (listener) => listeners.push(listener),
    language: () => language,
    /** @param {number} year */
    year: (year) => (year ? String(year) : t("no_year")),
  };
})();

/* The search box: shards of the index are read when the box is first used, the most important first. */
(() => {
  /** @typedef {[label: string, kind: string, page: string, names: string, weight: number, place: string]} Entry */
  /** @type {Entry[]} */
  const entries = [];
  /** @type {Map<string, string>} */
  const initials = new Map();
  const KINDS = { r: "region", a: "agency", i: "institution", d: "document", p: "program", f: "family", t: "report" };
  let [total, started] = [0, false];

  /** Called by the shards. */
  /** @type {any} */ (zhitu).index = (/** @type {number} */ shards, /** @type {Entry[]} */ more) => { total = shards; for (const entry of more) entries.push(entry); };
  /** Called by initials.js: letters and the characters whose reading begins with them. */
  /** @type {any} */ (zhitu).initials = (/** @type {Record<string, string>} */ table) => {
    for (const [letter, characters] of Object.entries(table)) {
      for (const character of characters) initials.set(character, (initials.get(character) || "") + letter);
    }
  };

  async function start(/** @type {() => void} */ refresh) {
    if (started) return;
    started = true;
    await zhitu.load("assets/initials.js");
    await zhitu.load("search/0.js");
    refresh();
    for (let shard = 1; shard < total; shard++) {
      await zhitu.load(`search/${shard}.js`);
      refresh();
    }
  }

  /** Does a run of characters of `text` read `letters`? @param {string} text @param {string} letters */
  function reads(text, letters) {
    for (let start = 0; start + letters.length <= text.length; start++) {
      let i = 0;
      while (i < letters.length && (initials.get(text[start + i]) || text[start + i].toLowerCase()).includes(letters[i])) i++;
      if (i === letters.length) return start;
    }
    return -1;
  }

  /** How well an entry answers; smaller is better, Infinity is not at all. @param {Entry} entry @param {string} query @param {boolean} latin */
  function score([label, , , names, weight, place], query, latin) {
    const at = label.indexOf(query);
    let value = Infinity;
    if (label === query) value = 0;
    else if (at === 0) value = 1;
    else if (at > 0) value = 2;
    else if (names && names.includes(query)) value = 3;
    else if (place && query.length > 2 && (place + label).includes(query)) value = 5;
    else if (latin) {
      const start = reads(label, query);
      value = start === 0 ? (label.length === query.length ? 1.5 : 2.5) : start > 0 ? 4 : Infinity;
    }
    return value - Math.min(0.4, weight / 500) + label.length / 1000;
  }

  /** @param {string} text @returns {Entry[]} */
  function find(text) {
    const query = text.trim().toLowerCase().replace(/[《》“”"\s]/g, "");
    if (!query) return [];
    const latin = /^[a-z0-9]{2,}$/.test(query);
    /** @type {[number, Entry][]} */
    const found = [];
    for (const entry of entries) {
      const value = score(entry, query, latin);
      if (value < Infinity) found.push([value, entry]);
    }
    found.sort((a, b) => a[0] - b[0] || (a[1][2] < b[1][2] ? -1 : 1));
    return found.slice(0, 41).map((pair) => pair[1]);
  }

  document.addEventListener("DOMContentLoaded", () => {
    const [box, list] = [zhitu.$("search"), zhitu.$("found")];
    let active = -1;

    function close() {
      list.hidden = true;
      box.setAttribute("aria-expanded", "false");
      box.removeAttribute("aria-activedescendant");
      active = -1;
    }

    function refresh() {
      if (!box.value.trim()) return close();
      const found = find(box.value);
      list.replaceChildren(...found.slice(0, 40).map(([label, kind, page, , , place], i) =>
        zhitu.h("li", { id: `found-${i}`, role: "option" },
          zhitu.h("a", { href: zhitu.up() + page, tabindex: -1 },
            zhitu.h("i", { class: `dot ${KINDS[/** @type {"r"} */ (kind)]}` }), zhitu.h("b", {}, label),
            zhitu.h("small", {}, [place, zhitu.t(KINDS[/** @type {"r"} */ (kind)])].filter(Boolean).join(" · "))))));
      if (!found.length) list.append(zhitu.h("li", { class: "none" }, zhitu.t("search_none")));
      if (found.length > 40) list.append(zhitu.h("li", { class: "none" }, zhitu.t("search_more")));
      list.hidden = false;
      box.setAttribute("aria-expanded", "true");
      active = -1;
    }

    function move(/** @type {number} */ step) {
      const options = list.querySelectorAll("[role=option]");
      if (!options.length) return;
      options[active]?.classList.remove("active");
      active = (active + step + options.length) % options.length;
      options[active].classList.add("active");
      options[active].scrollIntoView({ block: "nearest" });
      box.setAttribute("aria-activedescendant", options[active].id);
    }

    box.addEventListener("focus", () => start(refresh));
    box.addEventListener("input", () => { start(refresh); refresh(); });
    box.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
      if (event.key === "ArrowDown") move(1);
      else if (event.key === "ArrowUp") move(-1);
      else if (event.key === "Escape") close();
      else if (event.key === "Enter") list.querySelector(active < 0 ? "a" : ".active a")?.click();
      else return;
      event.preventDefault();
    });
    document.addEventListener("click", (event) => { if (!box.parentElement.contains(event.target)) close(); });
    document.addEventListener("keydown", (event) => {
      const busy = /** @type {HTMLElement} */ (event.target).closest("input, select, textarea");
      if (event.key === "/" && !busy) { event.preventDefault(); box.focus(); }
    });
  });
})();
