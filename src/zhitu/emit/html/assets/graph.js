/* zhitu: the page of shared policies. Filters choose nodes and edges; a drawing (draw-vis.js or draw-canvas.js)
   shows them; the panel gives the words; the address holds the state. */
"use strict";

/** Colours and sizes of the drawing, read from the style sheet so that they are said once. */
function zhituStyle() {
  const css = getComputedStyle(document.documentElement);
  const v = (/** @type {string} */ name) => css.getPropertyValue(name).trim();
  return {
    /** @type {Record<string, string>} */
    kind: { region: v("--region"), document: v("--document"), program: v("--program"), family: v("--family") },
    /** @type {Record<string, string>} */
    relation: { issued: v("--issued"), runs: v("--runs"), implements: v("--implements"), mentions: v("--mentions") },
    /** @type {Record<string, number[]>} */
    dash: { issued: [], runs: [], implements: [7, 4], mentions: [2, 4] },
    faint: v("--line"), faintText: v("--faint"), text: v("--text"), card: v("--card"), picked: v("--picked"), ground: v("--ground"),
    face: v("--font"), left: 170, right: 286,
  };
}

/** A label that fits its card. @param {string} label @param {number} size */
function zhituShort(label, size) {
  let used = 0;
  for (let i = 0; i < label.length; i++) {
    used += label.charCodeAt(i) < 256 ? 0.55 : 1;
    if (used > size) return label.slice(0, i - 1) + "…";
  }
  return label;
}

/* The order of the cards comes from the build; where a filter leaves gaps, the cards close up in that order. */
var zhituStack = (() => {
  const [ROW, LEFT, RIGHT, MIDDLE, ROWS] = [34, 170, 286, 270, 46];
  const rowsFor = (/** @type {number} */ count) => Math.min(count, Math.max(ROWS, Math.ceil(Math.sqrt(count * 6))));
  /** @param {any[]} nodes */
  return (nodes) => {
    const sides = [0, 1].map((side) => nodes.filter((node) => node.side === side).sort((a, b) => a.rank - b.rank));
    const rows = Math.max(...sides.map((side) => rowsFor(side.length)));
    return sides.flatMap((side, which) => {
      const [used, width, sign] = [Math.max(1, rowsFor(side.length)), which ? RIGHT : LEFT, which ? 1 : -1];
      const step = ROW * Math.min(rows / used, 4);
      return side.map((node, i) => ({ ...node, x: sign * (MIDDLE / 2 + width / 2 + Math.floor(i / used) * width), y: Math.round(-(used - 1) * step / 2 + (i % used) * step) }));
    });
  };
})();

(() => {
  const { t, h, $, keep } = zhitu;
  const graph = zhitu.data("graph");
  /** @typedef {{id: number, label: string, full?: string, kind: string, key: string, href: string, province?: string, level?: string, family?: string, side: number, rank: number, x: number, y: number}} Node_ */
  /** @typedef {{id: number, from: number, to: number, p: Record<string, number>, shown?: string}} Edge_ */
  /** @type {Node_[]} */ const nodes = graph.nodes;
  /** @type {Edge_[]} */ const edges = graph.edges;
  const STRENGTH = ["issued", "runs", "implements", "mentions"];
  const name = (/** @type {Node_} */ node) => `${node.side ? "p" : "r"}/${node.key}`;
  const byName = new Map(nodes.map((node) => [name(node), node]));
  const byPair = new Map(edges.map((edge) => [`${edge.from} ${edge.to}`, edge]));
  const years = [...new Set(edges.flatMap((edge) => Object.values(edge.p)))].filter(Boolean).sort();
  const DEFAULTS = { n: graph.facts.least, kind: "family,document,program", rel: "issued,runs,implements", prov: "", since: "", until: "", pick: "", focus: "", fold: "1", group: "1", a: "", b: "", table: "" };
  /** @type {Record<string, any>} */ let state = { ...DEFAULTS };
  /** @type {Node_[]} */ let shown = [];
  /** @type {Edge_[]} */ let lines = [];
  /** @type {string[]} */ let trail = [];
  /** @type {Node_[]} */ let placed = [];
  /** @type {ReturnType<typeof gather>} */ let groups = null;
  let moved = false; // somebody chose what the drawing shows
  const MANY = 60; // regions: beyond, one card a province is drawn in their place

  const drawing = /** @type {any} */ (zhituDraw)($("drawing"), { node: (/** @type {number} */ id) => (id < nodes.length ? pick(name(nodes[id])) : openProvince(id)), edge: (/** @type {number} */ id) => (id < edges.length ? pick(edgeName(edges[id])) : panelGroup(id)), none: () => pick("") }, graph.options);
  const edgeName = (/** @type {Edge_} */ edge) => `${name(nodes[edge.from])}~${name(nodes[edge.to])}`;

  /** The edges that the filters leave, each with the relation it is drawn for. */
  function filtered() {
    const kinds = new Set(state.kind.split(",")), relations = STRENGTH.filter((r) => state.rel.split(",").includes(r));
    const [since, until] = [Number(state.since) || 0, Number(state.until) || 9999];
    const asked = since > 0 || until < 9999, folded = state.fold === "1" && kinds.has("family");
    const fits = (/** @type {number} */ year) => !asked || (year >= since && year <= until);
    const left = edges.flatMap((edge) => {
      if (!kinds.has(nodes[edge.to].kind) || (folded && nodes[edge.to].family) || (state.prov && nodes[edge.from].province !== state.prov)) return [];
      const relation = relations.find((r) => r in edge.p && fits(edge.p[r]));
      return relation ? [{ ...edge, shown: relation }] : [];
    });
    const count = new Map();
    for (const edge of left) count.set(edge.to, (count.get(edge.to) || 0) + 1);
    return left.filter((edge) => count.get(edge.to) >= state.n);
  }

  /** A node with its neighbours, and the edges among them. @param {Edge_[]} some @param {Node_} node */
  function around(some, node) {
    const near = new Set([node.id]);
    for (const edge of some) if (edge.from === node.id) near.add(edge.to); else if (edge.to === node.id) near.add(edge.from);
    return some.filter((edge) => near.has(edge.from) && near.has(edge.to));
  }

  function choose() {
    const all = filtered();
    const centre = byName.get(state.focus);
    lines = centre ? around(all, centre) : all;
    const used = new Set(lines.flatMap((edge) => [edge.from, edge.to]));
    shown = nodes.filter((node) => used.has(node.id));
    return all;
  }

  /** One card a province in place of its regions, and one line in place of theirs; null where all can be shown. */
  function gather() {
    const regions = shown.filter((node) => !node.side);
    if (state.group !== "1" || state.prov || state.focus || (state.a && state.b) || regions.length <= MANY) return null;
    const names = [...new Set(regions.map((node) => node.province || ""))];
    const of = (/** @type {string} */ province) => nodes.length + names.indexOf(province);
    const cards = names.map((province) => {
      const some = regions.filter((node) => (node.province || "") === province);
      const label = `${province || t("no_province")} (${some.length})`;
      return { id: of(province), label, kind: "region", key: "", href: "", province, side: 0, rank: some[0].rank, x: 0, y: 0 };
    });
    /** @type {Map<string, Edge_ & {members: Edge_[]}>} */
    const curves = new Map();
    const curve = new Map();
    for (const edge of lines) {
      const from = of(nodes[edge.from].province || ""), key = `${from} ${edge.to}`;
      const found = curves.get(key) || { id: edges.length + curves.size, from, to: edge.to, p: {}, shown: edge.shown, members: [] };
      if (STRENGTH.indexOf(edge.shown || "") < STRENGTH.indexOf(found.shown || "")) found.shown = edge.shown;
      found.members.push(edge);
      curves.set(key, found);
      curve.set(edge.id, found.id);
    }
    const card = new Map(regions.map((node) => [node.id, of(node.province || "")]));
    return { cards: [...cards, ...shown.filter((node) => node.side)], curves: [...curves.values()], card, curve };
  }

  /** Mark in the drawing; regions and lines that stand gathered are marked by what stands for them.
   * @param {Set<number>|null} lit @param {Set<number>|null} litEdges @param {Set<number>} picked @param {number|null} edge */
  function markDrawing(lit, litEdges, picked, edge) {
    const card = (/** @type {number} */ id) => groups?.card.get(id) ?? id, curve = (/** @type {number} */ id) => groups?.curve.get(id) ?? id;
    drawing.mark(lit && new Set([...lit].map(card)), litEdges && new Set([...litEdges].map(curve)), new Set([...picked].map(card)), edge === null ? null : curve(edge));
  }

  /** Leave only the regions of the province whose card was pressed. @param {number} id */
  function openProvince(id) {
    Object.assign(state, { prov: groups?.cards.find((node) => node.id === id)?.province || "", n: Math.min(state.n, 2), pick: "" });
    if (!filtered().length) state.n = 1;
    fields();
    remember();
    draw();
    mark();
  }

  function draw() {
    const all = choose();
    groups = gather();
    const cards = groups ? groups.cards : shown;
    placed = cards.length === nodes.length ? cards : zhituStack(cards);
    drawing.show(placed, groups ? groups.curves : lines);
    fit();
    const policies = shown.filter((node) => node.side).length;
    const texts = [t("shown_of", policies, graph.facts.total), t("shown_regions", shown.length - policies)];
    if (groups) texts.push(t("group_note"));
    if (!policies) texts.push(t("nothing_left"));
    else if (state.n > 1 && policies < graph.facts.shown) texts.push(t("more_below"));
    else if (graph.facts.shown < graph.facts.total) texts.push(t("rest_hint", graph.facts.shown));
    $("status").textContent = texts.join(" · ");
    path(all);
    table();
  }

  /** Show all if that can be read, else the top at a size that can be. */
  function fit(whole = false) {
    moved = false;
    if (!placed.length) return;
    const [w, hgt] = [$("drawing").clientWidth, $("drawing").clientHeight];
    const xs = placed.map((n) => n.x), ys = placed.map((n) => n.y);
    const [left, right] = [min(xs) - 92, max(xs) + 150], [top, bottom] = [min(ys) - 24, max(ys) + 24];
    const across = Math.min(1.15, w / (right - left)), all = Math.min(across, hgt / (bottom - top));
    const scale = whole || all > 0.72 ? all : Math.min(1, Math.max(across, w < 600 ? 0.4 : 0.62));
    const y = hgt / scale >= bottom - top ? (top + bottom) / 2 : top + hgt / scale / 2;
    drawing.look(w / scale >= right - left - 1 ? (left + right) / 2 : 0, y, scale);
  }
  const min = (/** @type {number[]} */ list) => list.reduce((a, b) => Math.min(a, b), Infinity);
  const max = (/** @type {number[]} */ list) => list.reduce((a, b) => Math.max(a, b), -Infinity);

  /* ---- picking ---- */

  /** @param {string} what  a node's name, two names with ~ between, or nothing */
  function pick(what) {
    const apart = state.a && state.b;
    state.pick = what;
    if (what) { [state.a, state.b] = ["", ""]; trail = [what, ...trail.filter((w) => w !== what)].slice(0, 6); }
    fields();
    if (apart) draw();
    mark();
    remember();
  }

  function mark() {
    const [a, b] = state.pick.split("~").map((/** @type {string} */ n) => byName.get(n));
    if (state.a && state.b) return path(filtered());
    if (a && b) {
      const edge = byPair.get(`${a.id} ${b.id}`);
      markDrawing(new Set([a.id, b.id]), new Set([edge?.id || 0]), new Set([a.id, b.id]), edge ? edge.id : null);
      return edge && panelEdge(edge);
    }
    if (a) {
      const near = lines.filter((edge) => edge.from === a.id || edge.to === a.id);
      markDrawing(new Set([a.id, ...near.flatMap((e) => [e.from, e.to])]), new Set(near.map((e) => e.id)), new Set([a.id]), null);
      return panelNode(a);
    }
    markDrawing(null, null, new Set(), null);
    panelEmpty();
  }

  /** Bring what is picked into the picture when an address asks for it. */
  function reveal() {
    const node = byName.get(state.pick.split("~")[0]);
    if (!node || !shown.some((n) => n.id === node.id)) return;
    const at = placed.find((n) => n.id === (groups?.card.get(node.id) ?? node.id));
    if (!at) return;
    const { x, y } = drawing.screen(at.id), { clientWidth: w, clientHeight: hgt } = $("drawing");
    if ((x < 0 || x > w || y < 0 || y > hgt)) drawing.look(drawing.view().x, at.y, drawing.view().scale);
  }

  /* ---- panel ---- */

  function panel(/** @type {(Node|null)[]} */ ...parts) {
    const links = trail.length > 1 ? h("p", { class: "trail" }, h("small", {}, t("trail")), ...trail.slice(1).map((what) =>
      h("button", { type: "button", onclick: () => pick(what) }, what.split("~").map((n) => zhituShort(byName.get(n)?.label || "", 8)).join(" – ")))) : null;
    $("panel").replaceChildren(...[...parts, links].filter((part) => part !== null));
  }

  function panelEmpty() {
    panel(h("p", { class: "note" }, t("pick_hint")), h("h2", {}, t("most_shared")), h("ol", { class: "plain ranks" },
      ...top().map(([node, count]) => h("li", {}, h("button", { type: "button", class: "link", onclick: () => pick(name(node)) },
        h("i", { class: `dot ${node.kind}` }), node.label), h("small", {}, t("shared_by", count))))));
  }

  /** @returns {[Node_, number][]} */
  function top() {
    const count = new Map();
    for (const edge of lines) count.set(edge.to, (count.get(edge.to) || 0) + 1);
    return [...count].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, 12).map(([id, n]) => [nodes[id], n]);
  }

  const head = (/** @type {Node_} */ node) => h("h2", { class: "entity" }, h("i", { class: `dot ${node.kind}` }), h("a", { href: zhitu.up() + node.href }, node.full || node.label));

  /** The relations that one gathered line stands for. @param {number} id */
  function panelGroup(id) {
    const curve = groups?.curves.find((one) => one.id === id), card = groups?.cards.find((node) => node.id === curve?.from);
    if (!curve || !card) return;
    drawing.mark(new Set([curve.from, curve.to]), new Set([id]), new Set([curve.from, curve.to]), id);
    panel(head(nodes[curve.to]), h("p", { class: "what" }, h("b", {}, card.label)),
      h("div", { class: "neighbours" }, ...curve.members.slice(0, 100).map((edge) => neighbour(edge, nodes[edge.to], curve.members.length <= 3))));
  }

  /** @param {Edge_} edge */
  function panelEdge(edge) {
    const [a, b] = [nodes[edge.from], nodes[edge.to]];
    const words = h("div", {}, h("p", { class: "note" }, t("loading")));
    panel(head(a), head(b), summary(edge), words);
    zhituEvidence.list(a.key, b.key).then((list) => words.replaceChildren(list));
  }

  const summary = (/** @type {Edge_} */ edge) => h("p", { class: "what" }, ...STRENGTH.filter((r) => r in edge.p).flatMap((r) =>
    [h("i", { class: `dash ${r}` }), h("b", {}, t(r)), ` ${edge.p[r] || ""} `]));

  /** @param {Node_} node */
  function panelNode(node) {
    const near = lines.filter((edge) => edge.from === node.id || edge.to === node.id)
      .sort((a, b) => STRENGTH.indexOf(a.shown || "") - STRENGTH.indexOf(b.shown || "") || (a.p[a.shown || ""] || 9999) - (b.p[b.shown || ""] || 9999));
    const focused = state.focus === name(node);
    panel(head(node),
      h("p", { class: "note" }, [t(node.kind), node.province, node.level && t(node.level), t(node.side ? "shown_regions" : "policies_n", near.length)].filter(Boolean).join(" · ")),
      h("p", { class: "buttons" },
        h("button", { type: "button", onclick: () => { state.focus = focused ? "" : name(node); remember(); draw(); mark(); } }, t(focused ? "unfocus" : "focus")),
        h("a", { class: "button", href: zhitu.up() + node.href }, t("open_page"))),
      h("div", { class: "neighbours" }, ...near.slice(0, 60).map((edge, i) => neighbour(edge, node, near.length <= 4 || i < 1))),
      near.length > 60 ? h("p", { class: "note" }, h("a", { href: zhitu.up() + node.href }, t("open_page"))) : null);
  }

  /** @param {Edge_} edge @param {Node_} node @param {boolean} open */
  function neighbour(edge, node, open) {
    const other = nodes[edge.from === node.id ? edge.to : edge.from], words = h("div");
    const read = () => zhituEvidence.list(nodes[edge.from].key, nodes[edge.to].key).then((list) => words.replaceChildren(list));
    const box = h("details", { open, ontoggle: () => { if (box.open && !words.firstChild) read(); } },
      h("summary", {}, h("i", { class: `dash ${edge.shown}` }), other.label, h("small", {}, ` ${t(edge.shown || "")} ${edge.p[edge.shown || ""] || ""}`)), words);
    if (open) read();
    return box;
  }

  /* ---- path between two regions ---- */

  /** Breadth first from one region to the other: all policies that both have, else one shortest chain. @param {Edge_[]} all */
  function path(all) {
    const [a, b] = [byName.get(state.a), byName.get(state.b)];
    if (!a || !b || a === b) return;
    const of = new Map();
    for (const edge of all) for (const [from, to] of [[edge.from, edge.to], [edge.to, edge.from]]) of.has(from) ? of.get(from).push([to, edge]) : of.set(from, [[to, edge]]);
    const mine = new Map(of.get(a.id) || []), both = (of.get(b.id) || []).filter((/** @type {any} */ pair) => mine.has(pair[0]));
    const steps = both.length ? both.flatMap((/** @type {any} */ [id, edge]) => [mine.get(id), edge]) : chain(of, a.id, b.id);
    const used = new Set(steps.flatMap((/** @type {Edge_} */ edge) => [edge.from, edge.to]).concat([a.id, b.id]));
    markDrawing(used, new Set(steps.map((/** @type {Edge_} */ edge) => edge.id)), new Set([a.id, b.id]), null);
    const title = both.length ? t("path_direct", both.length) : steps.length ? t("path_steps", steps.length) : t("path_none");
    panel(head(a), head(b), h("p", { class: "what" }, h("b", {}, title)),
      h("div", { class: "neighbours" }, ...steps.map((/** @type {Edge_} */ edge) => {
        const words = h("div");
        const box = h("details", { ontoggle: () => { if (box.open && !words.firstChild) zhituEvidence.list(nodes[edge.from].key, nodes[edge.to].key).then((list) => words.replaceChildren(list)); } },
          h("summary", {}, h("i", { class: `dash ${edge.shown}` }), `${nodes[edge.from].label} ${t(edge.shown || "")} ${nodes[edge.to].label}`, h("small", {}, ` ${edge.p[edge.shown || ""] || ""}`)), words);
        return box;
      })));
  }

  /** @param {Map<number, [number, Edge_][]>} of @param {number} a @param {number} b @returns {Edge_[]} */
  function chain(of, a, b) {
    /** @type {Map<number, [number, Edge_]|null>} */
    const before = new Map([[a, null]]);
    for (const queue = [a]; queue.length && !before.has(b);) {
      const id = /** @type {number} */ (queue.shift());
      for (const [to, edge] of of.get(id) || []) if (!before.has(to)) { before.set(to, [id, edge]); queue.push(to); }
    }
    const steps = [];
    for (let step = before.get(b); step; step = before.get(step[0])) steps.unshift(step[1]);
    return steps;
  }

  /* ---- table, exports, state ---- */

  const sorted = () => [...lines].sort((a, b) => nodes[a.to].rank - nodes[b.to].rank || nodes[a.from].rank - nodes[b.from].rank);

  function table() {
    const on = state.table === "1", limit = 2000;
    $("rows").hidden = !on;
    $("drawing").hidden = on;
    $("table").setAttribute("aria-pressed", String(on));
    if (!on) return;
    const titles = ["policy", "kinds", "region", "province_filter", "relation", "first_year"];
    $("rows").replaceChildren(h("table", {}, h("thead", {}, h("tr", {}, ...titles.map((key) => h("th", { scope: "col" }, t(key))))),
      h("tbody", {}, ...sorted().slice(0, limit).map((edge) => {
        const [a, b] = [nodes[edge.from], nodes[edge.to]];
        return h("tr", {}, h("td", {}, h("a", { href: zhitu.up() + b.href }, b.label)), h("td", {}, t(b.kind)), h("td", {}, h("a", { href: zhitu.up() + a.href }, a.label)),
          h("td", {}, a.province || ""), h("td", {}, h("button", { type: "button", class: "link", onclick: () => pick(edgeName(edge)) }, t(edge.shown || ""))), h("td", {}, String(edge.p[edge.shown || ""] || "")));
      }))), lines.length > limit ? h("p", { class: "note" }, t("rows_shown", limit, lines.length)) : "");
  }

  function exportCsv() {
    zhitu.csv("zhitu-shared.csv", [["policy", "policy_kind", "region", "province", "relation", "first_year", "policy_page", "region_page"],
      ...sorted().map((edge) => [nodes[edge.to].label, nodes[edge.to].kind, nodes[edge.from].full, nodes[edge.from].province, edge.shown, edge.p[edge.shown || ""] || "", nodes[edge.to].href, nodes[edge.from].href])]);
  }

  function exportPng() {
    const source = drawing.canvas(), copy = document.createElement("canvas");
    [copy.width, copy.height] = [source.width, source.height];
    const pen = /** @type {CanvasRenderingContext2D} */ (copy.getContext("2d"));
    pen.fillStyle = zhituStyle().ground;
    pen.fillRect(0, 0, copy.width, copy.height);
    pen.drawImage(source, 0, 0);
    copy.toBlob((blob) => { if (blob) zhitu.download("zhitu-shared.png", blob); });
  }

  function remember() {
    keep(Object.fromEntries(Object.entries(state).filter(([key, value]) => String(value) !== String(/** @type {any} */ (DEFAULTS)[key]))));
  }

  function recall() {
    const asked = zhitu.state();
    state = { ...DEFAULTS, ...Object.fromEntries(Object.entries(asked).filter(([key]) => key in DEFAULTS)) };
    state.n = Math.max(1, Number(state.n) || DEFAULTS.n);
    fields();
  }

  /** Make the form say what the state says. */
  function fields() {
    const [kinds, relations] = [state.kind.split(","), state.rel.split(",")];
    for (const box of $("filters").querySelectorAll("[name=kind]")) box.checked = kinds.includes(box.value);
    for (const box of $("filters").querySelectorAll("[name=relation]")) box.checked = relations.includes(box.value);
    for (const [id, key] of [["province", "prov"], ["since", "since"], ["until", "until"], ["path-a", "a"], ["path-b", "b"]]) $(id).value = state[key];
    $("least").value = state.n;
    $("least-value").textContent = state.n;
    $("fold").checked = state.fold === "1";
    $("group").checked = state.group === "1";
  }

  const checked = (/** @type {string} */ group) => [...$("filters").querySelectorAll(`[name=${group}]:checked`)].map((box) => box.value).join(",");

  function read() {
    Object.assign(state, { n: Number($("least").value), fold: $("fold").checked ? "1" : "0", group: $("group").checked ? "1" : "0", kind: checked("kind"), rel: checked("relation"), prov: $("province").value, since: $("since").value, until: $("until").value, a: $("path-a").value, b: $("path-b").value });
    if (state.a && state.b) state.pick = "";
    fields();
    remember();
    draw();
    mark();
  }

  function options() {
    const fill = (/** @type {string} */ id, /** @type {[string, string][]} */ list) => {
      const value = $(id).value;
      $(id).replaceChildren(...list.map(([v, text]) => h("option", { value: v }, text)));
      $(id).value = value;
    };
    const provinces = [...new Set(nodes.filter((n) => !n.side).map((n) => n.province || ""))].filter(Boolean).sort();
    fill("province", [["", t("any_province")], ...provinces.map((p) => /** @type {[string, string]} */ ([p, p]))]);
    for (const id of ["since", "until"]) fill(id, [["", "…"], ...years.map((y) => /** @type {[string, string]} */ ([String(y), String(y)]))]);
    const regions = nodes.filter((n) => !n.side).sort((a, b) => (a.full || "").localeCompare(b.full || "", "zh"));
    for (const [id, key] of [["path-a", "path_from"], ["path-b", "path_to"]]) fill(id, [["", t(key)], ...regions.map((n) => /** @type {[string, string]} */ ([name(n), n.full || n.label]))]);
    $("find-list").replaceChildren(...nodes.slice(0, 3000).map((node) => h("option", { value: node.label })));
    const degree = new Map();
    for (const edge of edges) degree.set(edge.to, (degree.get(edge.to) || 0) + 1);
    $("least").max = Math.max(2, max([...degree.values()]));
  }

  function find() {
    const word = $("find").value.trim();
    const node = word && (nodes.find((n) => n.label === word) || nodes.find((n) => (n.full || n.label).includes(word)));
    if (!node) return;
    if (!shown.some((n) => n.id === node.id)) { Object.assign(state, { ...DEFAULTS, n: 1, rel: STRENGTH.join(","), fold: "0", table: state.table }); fields(); draw(); }
    const at = placed.find((n) => n.id === (groups?.card.get(node.id) ?? node.id));
    if (at) drawing.look(at.x, at.y, 0.9);
    pick(name(node));
  }

  function press() {
    let [timer, resized] = [0, 0];
    $("filters").addEventListener("submit", (/** @type {Event} */ event) => event.preventDefault());
    $("filters").addEventListener("input", (/** @type {any} */ event) => {
      if (event.target.id === "find") return;
      $("least-value").textContent = $("least").value;
      clearTimeout(timer);
      timer = setTimeout(read, event.target.type === "range" ? 120 : 0);
    });
    $("find").addEventListener("change", find);
    $("reset").addEventListener("click", () => { state = { ...DEFAULTS }; trail = []; fields(); remember(); draw(); mark(); });
    $("csv").addEventListener("click", exportCsv);
    $("png").addEventListener("click", exportPng);
    $("copy").addEventListener("click", async () => {
      try { await navigator.clipboard.writeText(location.href); $("copy").textContent = t("copied"); } catch { prompt(t("copy_link"), location.href); }
      setTimeout(() => { $("copy").textContent = t("copy_link"); }, 1500);
    });
    $("zoom-in").addEventListener("click", () => { moved = true; drawing.zoom(1.3); });
    $("zoom-out").addEventListener("click", () => { moved = true; drawing.zoom(1 / 1.3); });
    $("fit").addEventListener("click", () => fit(true));
    $("table").addEventListener("click", () => { state.table = state.table ? "" : "1"; remember(); table(); if (!state.table) { drawing.resize(); draw(); mark(); } });
    for (const event of ["pointerdown", "wheel", "keydown"]) $("drawing").addEventListener(event, () => { moved = true; }, { capture: true, passive: true });
    // a window of another size shows all again, unless somebody chose what it shows; the drawing takes its own new size first
    window.addEventListener("resize", () => { clearTimeout(resized); resized = setTimeout(() => { if (!moved) fit(); }, 200); });
    window.addEventListener("hashchange", () => { recall(); draw(); mark(); reveal(); });
    zhitu.onLanguage(() => { options(); fields(); draw(); mark(); remember(); });
  }

  if (window.matchMedia("(max-width: 800px)").matches) document.querySelector("details.filters")?.removeAttribute("open");
  options();
  recall();
  press();
  draw();
  mark();
  reveal();
  /** @type {any} */ (window).zhituGraph = { screen: (/** @type {string} */ n) => drawing.screen(/** @type {Node_} */ (byName.get(n)).id), cards: () => placed.map((node) => ({ id: node.id, label: node.label, at: drawing.screen(node.id) })), state: () => ({ ...state }), shown: () => shown.length, look: drawing.look, view: drawing.view };
})();
