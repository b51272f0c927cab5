/* zhitu: what the matrix and the timeline share: the table of adoptions, its filters, and the panel. */
"use strict";

var zhituTable = (() => {
  const { t, h, $ } = zhitu;
  const data = globalThis.zhituAdoptions;
  const RELATIONS = ["issued", "runs", "implements"];
  /** @typedef {{i: number, label: string, full: string, province: string, level: string, key: string, href: string, rank: number}} Region */
  /** @typedef {{i: number, label: string, kind: string, key: string, href: string, rank: number, folded: number}} Policy */
  /** @type {Region[]} */
  const regions = data.regions.map((/** @type {any[]} */ [label, full, province, level, key, href, rank], /** @type {number} */ i) => ({ i, label, full, province, level, key, href, rank }));
  /** @type {Policy[]} */
  const policies = data.policies.map((/** @type {any[]} */ [label, kind, key, href, rank, folded], /** @type {number} */ i) => ({ i, label, kind, key, href, rank, folded }));
  const width = policies.length;
  /** year index × 8 + bits of the relations; 0 is none */
  const cells = new Uint16Array(regions.length * width);
  data.cells.forEach((/** @type {string} */ row, /** @type {number} */ r) => {
    for (let c = 0; c < width; c++) { const code = row.charCodeAt(c); if (code >= 256) cells[r * width + c] = code - 255; }
  });

  const at = (/** @type {number} */ r, /** @type {number} */ c) => {
    const code = cells[r * width + c];
    return code ? { year: data.years[(code - 1) >> 3], bits: (code - 1) & 7 } : null;
  };
  const relations = (/** @type {number} */ bits) => RELATIONS.filter((_, i) => bits & (1 << i));

  /** Which cells the filters leave, as a function of (region, policy) that gives {year, bits} or null. @param {Record<string, any>} state */
  function sieve(state) {
    const wanted = state.rel.split(",").reduce((/** @type {number} */ sum, /** @type {string} */ r) => sum | (RELATIONS.includes(r) ? 1 << RELATIONS.indexOf(r) : 0), 0);
    const [since, until] = [Number(state.since) || 0, Number(state.until) || 9999];
    const asked = since > 0 || until < 9999;
    return (/** @type {number} */ r, /** @type {number} */ c) => {
      const code = cells[r * width + c];
      if (!code || !((code - 1) & wanted)) return null;
      const year = data.years[(code - 1) >> 3];
      return asked && (year < since || year > until) ? null : { year, bits: (code - 1) & 7 };
    };
  }

  /** Regions and policies that the filters leave. @param {Record<string, any>} state */
  function choose(state) {
    const cell = sieve(state), kinds = new Set(state.kind.split(","));
    const rows = regions.filter((region) => (!state.prov || region.province === state.prov) && (!state.level || region.level === state.level));
    const columns = [];
    const used = new Uint8Array(regions.length);
    for (const policy of policies) {
      if (!kinds.has(policy.kind) || (policy.folded && state.fold === "1" && kinds.has("family"))) continue;
      const holders = rows.filter((region) => cell(region.i, policy.i));
      if (holders.length < state.n) continue;
      columns.push(policy);
      for (const region of holders) used[region.i] = 1;
    }
    return { rows: rows.filter((region) => used[region.i]), columns, cell };
  }

  /** Fill the selects of the filters. */
  function options() {
    const fill = (/** @type {string} */ id, /** @type {[string, string][]} */ list) => {
      if (!$(id)) return;
      const value = $(id).value;
      $(id).replaceChildren(...list.map(([v, text]) => h("option", { value: v }, text)));
      $(id).value = value;
    };
    /** @returns {[string, string][]} */
    const pairs = (/** @type {string[]} */ list, text = (/** @type {string} */ v) => v) => [...new Set(list)].filter(Boolean).sort().map((v) => [v, text(v)]);
    fill("province", [["", t("any_province")], ...pairs(regions.map((r) => r.province))]);
    fill("level", [["", t("any_level")], ...["nation", "province", "prefecture", "county", "township", "village"].filter((l) => regions.some((r) => r.level === l)).map((l) => /** @type {[string, string]} */ ([l, t(l)]))]);
    for (const id of ["since", "until"]) fill(id, [["", "…"], ...data.years.filter(Boolean).map((/** @type {number} */ y) => [String(y), String(y)])]);
    const named = [...regions].sort((a, b) => a.full.localeCompare(b.full, "zh"));
    for (const [id, key] of [["path-a", "path_from"], ["path-b", "path_to"]]) fill(id, [["", t(key)], ...named.map((r) => /** @type {[string, string]} */ ([r.key, r.full]))]);
  }

  const FIELDS = [["province", "prov"], ["level", "level"], ["since", "since"], ["until", "until"], ["path-a", "a"], ["path-b", "b"], ["rows-by", "rows"], ["columns-by", "cols"], ["colour", "colour"]];

  /** Make the form say what the state says. @param {Record<string, any>} state */
  function fields(state) {
    for (const [name, key] of [["kind", "kind"], ["relation", "rel"]]) for (const box of $("filters").querySelectorAll(`[name=${name}]`)) box.checked = state[key].split(",").includes(box.value);
    for (const [id, key] of FIELDS) if ($(id)) $(id).value = state[key];
    $("fold").checked = state.fold === "1";
    if ($("least")) { $("least").value = state.n; $("least-value").textContent = state.n; }
  }

  /** What the form says. @returns {Record<string, any>} */
  function read() {
    const checked = (/** @type {string} */ group) => [...$("filters").querySelectorAll(`[name=${group}]:checked`)].map((box) => box.value).join(",");
    const found = Object.fromEntries(FIELDS.filter(([id]) => $(id)).map(([id, key]) => [key, $(id).value]));
    return { ...found, fold: $("fold").checked ? "1" : "0", kind: checked("kind"), rel: checked("relation"), ...($("least") ? { n: Number($("least").value) } : {}) };
  }

  const head = (/** @type {Region|Policy} */ thing, kind = "region") => h("h2", { class: "entity" }, h("i", { class: `dot ${kind}` }), h("a", { href: zhitu.up() + thing.href }, "full" in thing ? thing.full : thing.label));

  /** Show in the panel what the reports of a region say of a policy. @param {Region} region @param {Policy} policy */
  function show(region, policy) {
    const cell = at(region.i, policy.i), words = h("div");
    $("panel").replaceChildren(head(region), head(policy, policy.kind));
    if (!cell) return;
    $("panel").append(h("p", { class: "what" }, h("b", {}, zhitu.year(cell.year)), " · ", relations(cell.bits).map((r) => t(r)).join("、")), words);
    zhituEvidence.list(region.key, policy.key).then((list) => words.replaceChildren(list));
  }

  /** Rows for the CSV of what is shown. @param {Region[]} rows @param {Policy[]} columns @param {(r: number, c: number) => any} cell */
  function lines(rows, columns, cell) {
    const found = [];
    for (const policy of columns) for (const region of rows) {
      const c = cell(region.i, policy.i);
      if (c) found.push([region.full, region.province, region.level, policy.label, policy.kind, c.year || "", relations(c.bits).join(" "), region.href, policy.href]);
    }
    return found;
  }
  const TITLES = ["region", "province", "level", "policy", "policy_kind", "first_year", "relations", "region_page", "policy_page"];

  return { data, regions, policies, at, relations, choose, sieve, options, fields, read, show, head, lines, TITLES, RELATIONS };
})();
