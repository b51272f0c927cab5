/* zhitu: how policies spread: curves of the regions that have adopted, and who came when. */
"use strict";

(() => {
  const { t, h, svg, $ } = zhitu, table = zhituTable;
  const DEFAULTS = { n: 1, fold: "1", kind: "family,document,program", rel: "issued,runs,implements", prov: "", level: "", since: "", until: "", colour: "level", p: "" };
  const LIMIT = 6, COLOURS = ["#1d5c86", "#b03a48", "#1f7a55", "#a8700a", "#6a4c93", "#3f8f9e"];
  const LEVELS = { nation: "#5b6b7a", province: "#6a4c93", prefecture: "#1d5c86", county: "#1f7a55", township: "#a8700a", village: "#b03a48", "": "#8b94a0" };
  const RELATIONS = { issued: "#b03a48", runs: "#1f7a55", implements: "#2f6db5" };
  /** @type {Record<string, any>} */ let state = { ...DEFAULTS };
  /** @type {ReturnType<typeof table.choose>} */ let chosen = { rows: [], columns: [], cell: () => null };
  /** @type {any[]} */ let picked = [];
  const years = table.data.years.filter(Boolean);

  /** Adoptions of a policy under the filters, the earliest first. @param {any} policy */
  function adopters(policy) {
    return chosen.rows.map((region) => ({ region, cell: chosen.cell(region.i, policy.i) })).filter((x) => x.cell)
      .sort((a, b) => (a.cell?.year || 9999) - (b.cell?.year || 9999) || a.region.i - b.region.i);
  }

  function span() {
    const seen = picked.flatMap((p) => adopters(p).map((x) => x.cell?.year || 0)).filter(Boolean);
    const [first, last] = [Math.min(...seen, ...(seen.length ? [] : [2015])), Math.max(...seen, ...(seen.length ? [] : [2015]))];
    return Array.from({ length: last - first + 1 }, (_, i) => first + i);
  }

  /* ---- curves ---- */

  function curves() {
    const range = span(), [w, hgt, left, bottom, right] = [760, 300, 44, 30, 190];
    const series = picked.map((policy) => {
      const found = adopters(policy).map((x) => x.cell?.year || 0).filter(Boolean);
      return range.map((year) => found.filter((y) => y <= year).length);
    });
    const most = Math.max(1, ...series.flat());
    const x = (/** @type {number} */ i) => left + (range.length < 2 ? 0.5 : i / (range.length - 1)) * (w - left - right);
    const y = (/** @type {number} */ n) => hgt - bottom - (n / most) * (hgt - bottom - 16);
    const picture = svg("svg", { class: "chart", viewBox: `0 0 ${w} ${hgt}`, role: "img", "aria-label": t("curve") });
    for (let n = 0, by = Math.max(1, Math.ceil(most / 5)); n <= most; n += by) {
      picture.append(svg("line", { class: "axis", x1: left, x2: w - right, y1: y(n), y2: y(n) }), svg("text", { class: "soft", x: left - 8, y: y(n) + 4, "font-size": 12, "text-anchor": "end" }, String(n)));
    }
    const every = Math.ceil(range.length / 10);
    range.forEach((year, i) => { if (i % every === 0) picture.append(svg("text", { class: "soft", x: x(i), y: hgt - 8, "font-size": 12, "text-anchor": "middle" }, String(year))); });
    const ends = spread(series.map((line) => y(line[line.length - 1])));
    series.forEach((line, s) => {
      const [dx, dy] = [s * 1.5, -s * 1.5]; // curves that run together stay visible side by side
      const path = line.map((n, i) => (i ? `H${x(i) + dx}V${y(n) + dy}` : `M${x(0) + dx} ${y(0)}V${y(n) + dy}`)).join("");
      picture.append(svg("path", { d: path, fill: "none", stroke: COLOURS[s], "stroke-width": 2.5 }));
      line.forEach((n, i) => { if (n && n !== line[i - 1]) picture.append(svg("circle", { cx: x(i) + dx, cy: y(n) + dy, r: 3.5, fill: COLOURS[s] })); });
      picture.append(svg("text", { x: w - right + 10, y: ends[s] + 4, "font-size": 12, fill: COLOURS[s] }, zhituShorten(picked[s].label, 14)));
    });
    return h("section", { class: "block" }, h("h2", {}, t("curve")), h("div", { class: "scroll" }, picture));
  }

  /** Places for labels that would lie on each other. @param {number[]} ys */
  function spread(ys) {
    const order = ys.map((_, i) => i).sort((a, b) => ys[a] - ys[b]), placed = [...ys];
    for (let i = 1; i < order.length; i++) placed[order[i]] = Math.max(placed[order[i]], placed[order[i - 1]] + 17);
    const over = order.length ? Math.max(0, placed[order[order.length - 1]] - 268) : 0;
    for (let i = order.length - 1, limit = 268; over && i >= 0; i--, limit -= 17) placed[order[i]] = Math.min(placed[order[i]], limit);
    return placed;
  }

  /* ---- one policy: who came when ---- */

  /** What a region is coloured by. @param {any} x @returns {string} */
  const group = (x) => (state.colour === "level" ? x.region.level : state.colour === "province" ? x.region.province : table.relations(x.cell.bits)[0] || "");

  function groups(/** @type {any[]} */ found) {
    const counts = new Map();
    for (const x of found) counts.set(group(x), (counts.get(group(x)) || 0) + 1);
    const names = state.colour === "level" ? Object.keys(LEVELS) : state.colour === "relation" ? Object.keys(RELATIONS) : [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([name]) => name);
    return names.filter((name) => counts.has(name)).map((name, i) => ({ name, n: counts.get(name), colour: state.colour === "level" ? /** @type {any} */ (LEVELS)[name] : state.colour === "relation" ? /** @type {any} */ (RELATIONS)[name] : [...COLOURS, "#8b94a0"][Math.min(i, 6)] }));
  }
  const groupName = (/** @type {string} */ name) => (state.colour === "province" ? name || t("no_province") : t(name || "no_level"));

  function bars(/** @type {any} */ policy, /** @type {number} */ index) {
    const found = adopters(policy), dated = found.filter((x) => x.cell?.year), range = span(), kinds = groups(found);
    const most = Math.max(1, ...range.map((year) => dated.filter((x) => x.cell?.year === year).length));
    const [w, hgt, left, bottom] = [760, Math.min(190, 60 + most * 14), 44, 26];
    const step = (w - left - 10) / range.length, unit = (hgt - bottom - 18) / most;
    const picture = svg("svg", { class: "chart", viewBox: `0 0 ${w} ${hgt}`, role: "group", "aria-label": policy.label });
    picture.append(svg("line", { class: "axis", x1: left, x2: w - 10, y1: hgt - bottom, y2: hgt - bottom }));
    const every = Math.ceil(range.length / 12);
    range.forEach((year, i) => {
      const here = dated.filter((x) => x.cell?.year === year), middle = left + (i + 0.5) * step, width = Math.min(46, step * 0.72);
      if (i % every === 0) picture.append(svg("text", { class: "soft", x: middle, y: hgt - 8, "font-size": 12, "text-anchor": "middle" }, String(year)));
      let low = hgt - bottom;
      for (const kind of kinds) {
        const some = here.filter((x) => group(x) === kind.name);
        if (!some.length) continue;
        const show = () => list(policy, some, t("year_adopters", year, some.length));
        const bar = svg("g", { class: "press", tabindex: 0, role: "button", "aria-label": `${year} ${groupName(kind.name)} ${some.length}`, onclick: show, onkeydown: (/** @type {KeyboardEvent} */ e) => { if (e.key === "Enter") show(); } });
        if (unit >= 8) for (let k = 0; k < some.length; k++) bar.append(svg("rect", { x: middle - width / 2, y: low - (k + 1) * unit + 1, width, height: unit - 2, rx: 2, fill: kind.colour }));
        else bar.append(svg("rect", { x: middle - width / 2, y: low - some.length * unit, width, height: some.length * unit, fill: kind.colour }));
        picture.append(bar);
        low -= some.length * unit;
      }
      if (here.length) picture.append(svg("text", { x: middle, y: low - 5, "font-size": 12, "text-anchor": "middle" }, String(here.length)));
    });
    const legend = h("p", { class: "note" }, ...kinds.slice(0, 8).flatMap((kind) => [zhitu.svg("svg", { width: 12, height: 12, class: "key", "aria-hidden": "true" }, svg("rect", { width: 12, height: 12, rx: 2, fill: kind.colour })), ` ${groupName(kind.name)} ${kind.n}  `]),
      found.length > dated.length ? t("no_date_note", found.length - dated.length) : "");
    const first = h("ol", { class: "first" }, ...found.slice(0, 8).map((x) => h("li", {}, h("b", {}, zhitu.year(x.cell?.year || 0)), " ", h("button", { type: "button", class: "link", onclick: () => table.show(x.region, policy) }, x.region.full), h("small", {}, ` ${table.relations(x.cell?.bits || 0).map((r) => t(r)).join("、")}`))));
    const heading = h("h2", {}, h("a", { href: zhitu.up() + policy.href }, policy.label), h("small", {}, ` ${t("regions_n", found.length)}`));
    heading.prepend(svg("svg", { width: 14, height: 14, class: "key", "aria-hidden": "true" }, svg("rect", { width: 14, height: 14, rx: 3, fill: COLOURS[index] })));
    return h("section", { class: "block" }, heading, h("div", { class: "scroll" }, picture), legend, h("h3", {}, t("first_adopters")), first);
  }

  /** In the panel: some regions of a policy. @param {any} policy @param {any[]} some @param {string} title */
  function list(policy, some, title) {
    $("panel").replaceChildren(table.head(policy, policy.kind), h("p", { class: "what" }, h("b", {}, title)), h("ul", { class: "plain" }, ...some.slice(0, 500).map((x) =>
      h("li", {}, h("button", { type: "button", class: "link", onclick: () => table.show(x.region, policy) }, x.region.full), h("small", {}, ` ${table.relations(x.cell.bits).map((r) => t(r)).join("、")}`)))));
  }

  /* ---- choosing ---- */

  function choices() {
    const word = $("find").value.trim();
    const fits = chosen.columns.filter((p) => picked.includes(p) || !word || p.label.includes(word));
    $("choices").replaceChildren(...[...fits].sort((a, b) => Number(picked.includes(b)) - Number(picked.includes(a)) || a.i - b.i).slice(0, 60).map((policy) =>
      h("li", {}, h("label", {}, h("input", { type: "checkbox", checked: picked.includes(policy), disabled: !picked.includes(policy) && picked.length >= LIMIT, onchange: () => toggle(policy) }), h("i", { class: `dot ${policy.kind}` }), h("span", {}, policy.label)))));
  }

  function toggle(/** @type {any} */ policy) {
    const next = picked.includes(policy) ? picked.filter((p) => p !== policy) : [...picked, policy].slice(0, LIMIT);
    state.p = next.map((p) => p.key).join(",") || "none";
    remember();
    refresh();
  }

  function refresh() {
    chosen = table.choose(state);
    const asked = state.p.split(",");
    picked = state.p ? asked.map((/** @type {string} */ key) => chosen.columns.find((p) => p.key === key)).filter(Boolean) : chosen.columns.slice(0, 4);
    $("status").textContent = [t("columns_shown", chosen.columns.length, table.data.total, chosen.rows.length, table.regions.length), `${t("selected")} ${picked.length}`].join(" · ");
    choices();
    $("charts").replaceChildren(...(picked.length ? [curves(), h("h2", { class: "visually-hidden" }, t("per_year")), ...picked.map(bars)] : [h("p", { class: "note" }, t(chosen.columns.length ? "nothing_chosen" : "nothing_left"))]));
    if (!$("panel").firstChild) $("panel").replaceChildren(h("p", { class: "note" }, t("pick_hint")));
  }

  function remember() {
    zhitu.keep(Object.fromEntries(Object.entries(state).filter(([key, value]) => String(value) !== String(/** @type {any} */ (DEFAULTS)[key]))));
  }

  function recall() {
    state = { ...DEFAULTS, ...Object.fromEntries(Object.entries(zhitu.state()).filter(([key]) => key in DEFAULTS)) };
    state.n = 1;
    table.fields(state);
  }

  function zhituShorten(/** @type {string} */ label, /** @type {number} */ size) { return label.length > size ? `${label.slice(0, size - 1)}…` : label; }

  $("filters").addEventListener("input", (/** @type {any} */ event) => {
    if (event.target.id === "find") return choices();
    if (event.target.closest("#choices")) return;
    Object.assign(state, table.read());
    remember();
    refresh();
  });
  $("filters").addEventListener("submit", (/** @type {Event} */ event) => event.preventDefault());
  $("reset").addEventListener("click", () => { state = { ...DEFAULTS }; table.fields(state); $("find").value = ""; remember(); refresh(); });
  $("csv").addEventListener("click", () => zhitu.csv("zhitu-timeline.csv", [table.TITLES, ...table.lines(chosen.rows, picked, chosen.cell)]));
  window.addEventListener("hashchange", () => { recall(); refresh(); });
  zhitu.onLanguage(() => { table.options(); table.fields(state); $("panel").replaceChildren(); refresh(); remember(); });
  if (window.matchMedia("(max-width: 800px)").matches) document.querySelector("details.filters")?.removeAttribute("open");
  table.options();
  recall();
  refresh();
})();
