/* zhitu: regions × policies. Only what is in sight is drawn, so that size does not matter. */
"use strict";

(() => {
  const { t, h, $ } = zhitu, table = zhituTable;
  const DEFAULTS = { n: 2, fold: "1", kind: "family,document,program", rel: "issued,runs,implements", prov: "", level: "", since: "", until: "", rows: "cluster", cols: "cluster", a: "", b: "", pick: "", size: "", table: "" };
  /** @type {Record<string, any>} */ let state = { ...DEFAULTS };
  /** @type {ReturnType<typeof table.choose>} */ let chosen = { rows: [], columns: [], cell: () => null };
  const years = table.data.years.filter(Boolean);
  const canvas = $("canvas"), pen = canvas.getContext("2d"), grid = $("grid");
  let cursor = { r: -1, c: -1 }, hover = { r: -1, c: -1 };
  const css = getComputedStyle(document.documentElement);
  const ink = (/** @type {string} */ name) => css.getPropertyValue(name).trim();
  const NAMES = { left: () => (window.innerWidth < 800 ? 96 : 150), top: () => (window.innerWidth < 800 ? 96 : 168) };

  /** Colour of a year: dark blue for the earliest, yellow for the latest. @param {number} year */
  function colour(year) {
    if (!year) return ink("--faint");
    const stops = [[13, 60, 97], [27, 110, 140], [72, 164, 143], [160, 200, 105], [240, 190, 60]];
    const place = years.length < 2 ? 0 : ((year - years[0]) / (years[years.length - 1] - years[0])) * (stops.length - 1);
    const [low, part] = [Math.min(stops.length - 2, Math.floor(place)), place - Math.min(stops.length - 2, Math.floor(place))];
    return `rgb(${stops[low].map((v, i) => Math.round(v + (stops[low + 1][i] - v) * part)).join(",")})`;
  }
  const palette = new Map([0, ...years].map((year) => [year, colour(year)]));

  function sort() {
    const { rows, columns, cell } = chosen;
    const [perRow, perColumn, firstRow, firstColumn] = [new Map(), new Map(), new Map(), new Map()];
    for (const row of rows) for (const column of columns) {
      const found = cell(row.i, column.i);
      if (!found) continue;
      perRow.set(row, (perRow.get(row) || 0) + 1);
      perColumn.set(column, (perColumn.get(column) || 0) + 1);
      firstRow.set(row, Math.min(firstRow.get(row) || 9999, found.year || 9999));
      firstColumn.set(column, Math.min(firstColumn.get(column) || 9999, found.year || 9999));
    }
    const by = { cluster: (/** @type {any} */ x) => x.rank, by_count: (/** @type {any} */ x) => -(perRow.get(x) || perColumn.get(x) || 0), by_code: (/** @type {any} */ x) => x.i, by_first: (/** @type {any} */ x) => firstRow.get(x) || firstColumn.get(x) || 9999 };
    const order = (/** @type {any[]} */ list, /** @type {"cluster"} */ key) => key === /** @type {any} */ ("by_name") ? list.sort((a, b) => a.label.localeCompare(b.label, "zh")) : list.sort((a, b) => by[key](a) - by[key](b) || a.i - b.i);
    order(rows, state.rows);
    order(columns, state.cols);
  }

  /** Pixels of a cell: as asked, else as large as lets few columns fill the stage. */
  const cellSize = () => state.size || Math.min(36, Math.max(22, Math.floor((grid.clientWidth - NAMES.left() - 70) / Math.max(1, chosen.columns.length))));

  function layout() {
    $("sizer").style.width = `${NAMES.left() + chosen.columns.length * cellSize() + 60}px`;
    $("sizer").style.height = `${NAMES.top() + chosen.rows.length * cellSize() + 12}px`;
    draw();
  }

  let waiting = false;
  function draw() {
    if (!waiting) { waiting = true; requestAnimationFrame(() => { waiting = false; paint(); }); }
  }

  function fitCanvas() {
    const ratio = Math.min(2, window.devicePixelRatio || 1);
    const [w, hgt] = [grid.clientWidth, grid.clientHeight];
    if (canvas.width !== Math.round(w * ratio) || canvas.height !== Math.round(hgt * ratio)) {
      canvas.width = Math.round(w * ratio);
      canvas.height = Math.round(hgt * ratio);
      canvas.style.width = `${w}px`;
      canvas.style.height = `${hgt}px`;
    }
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    return [w, hgt];
  }

  /** First and last row and column in sight. @param {number} w @param {number} hgt */
  function sight(w, hgt) {
    const cell = cellSize(), [x, y] = [grid.scrollLeft, grid.scrollTop];
    return {
      c0: Math.floor(x / cell), c1: Math.min(chosen.columns.length, Math.ceil((x + w - NAMES.left()) / cell) + 1),
      r0: Math.floor(y / cell), r1: Math.min(chosen.rows.length, Math.ceil((y + hgt - NAMES.top()) / cell) + 1),
    };
  }

  function paint() {
    const [w, hgt] = fitCanvas(), { c0, c1, r0, r1 } = sight(w, hgt);
    const [left, top] = [NAMES.left() - grid.scrollLeft, NAMES.top() - grid.scrollTop];
    pen.fillStyle = ink("--ground");
    pen.fillRect(0, 0, w, hgt);
    paintCells({ c0, c1, r0, r1, left, top });
    pen.fillStyle = ink("--ground");
    pen.fillRect(0, 0, w, NAMES.top());
    pen.fillRect(0, 0, NAMES.left(), hgt);
    if (cellSize() >= 11) paintNames({ c0, c1, r0, r1, left, top });
  }

  function paintCells(/** @type {any} */ { c0, c1, r0, r1, left, top }) {
    const size = cellSize(), gap = size > 8 ? 2 : size > 4 ? 1 : 0, inset = size > 8 ? Math.round(size * 0.26) : size > 4 ? 1 : 0;
    if (size > 8) {
      pen.fillStyle = ink("--shade");
      for (let r = r0; r < r1; r++) if (r % 2 === 0) pen.fillRect(left + c0 * size, top + r * size, (c1 - c0) * size, size);
    }
    for (let r = r0; r < r1; r++) for (let c = c0; c < c1; c++) {
      const found = chosen.cell(chosen.rows[r].i, chosen.columns[c].i);
      if (!found) continue;
      const less = found.bits & 1 ? gap / 2 : inset;
      pen.fillStyle = palette.get(found.year);
      pen.fillRect(left + c * size + less, top + r * size + less, size - 2 * less, size - 2 * less);
    }
    const box = (/** @type {{r: number, c: number}} */ p, /** @type {string} */ style, /** @type {number} */ line) => {
      if (p.r < 0 || p.c < 0) return;
      pen.strokeStyle = style;
      pen.lineWidth = line;
      pen.strokeRect(left + p.c * size + 0.5, top + p.r * size + 0.5, size - 1, size - 1);
    };
    box(hover, ink("--soft"), 1);
    box(cursor, ink("--text"), 2.5);
  }

  function paintNames(/** @type {any} */ { c0, c1, r0, r1, left, top }) {
    const size = cellSize(), font = Math.min(13, size - 3);
    pen.textBaseline = "middle";
    pen.font = `${font}px ${ink("--font")}`;
    for (let r = r0; r < r1; r++) {
      const y = top + r * size + size / 2;
      if (y < NAMES.top()) continue;
      pen.fillStyle = r === hover.r || r === cursor.r ? ink("--accent") : ink("--text");
      pen.textAlign = "right";
      pen.fillText(short(chosen.rows[r].label, (NAMES.left() - 14) / font), NAMES.left() - 8, y);
    }
    pen.textAlign = "left";
    pen.save();
    pen.beginPath();
    pen.rect(NAMES.left() - 4, 0, 1e5, NAMES.top());
    pen.clip();
    for (let c = c0; c < c1; c++) {
      pen.save();
      pen.translate(left + c * size + size / 2, NAMES.top() - 7);
      pen.rotate(-Math.PI / 3.2);
      pen.fillStyle = c === hover.c || c === cursor.c ? ink("--accent") : ink("--text");
      pen.fillText(short(chosen.columns[c].label, (NAMES.top() * 1.12) / font), 0, 0);
      pen.restore();
    }
    pen.restore();
  }

  function short(/** @type {string} */ label, /** @type {number} */ size) {
    let used = 0;
    for (let i = 0; i < label.length; i++) {
      used += label.charCodeAt(i) < 256 ? 0.55 : 1;
      if (used > size) return label.slice(0, i - 1) + "…";
    }
    return label;
  }

  /** What lies under the pointer; r or c is -1 over names. @param {MouseEvent} event */
  function under(event) {
    const box = grid.getBoundingClientRect(), size = cellSize();
    const [px, py] = [event.clientX - box.left, event.clientY - box.top];
    const c = px < NAMES.left() ? -1 : Math.floor((px - NAMES.left() + grid.scrollLeft) / size);
    const r = py < NAMES.top() ? -1 : Math.floor((py - NAMES.top() + grid.scrollTop) / size);
    return { r: r < chosen.rows.length ? r : -1, c: c < chosen.columns.length ? c : -1 };
  }

  function pick(/** @type {{r: number, c: number}} */ p) {
    cursor = p;
    const [row, column] = [chosen.rows[p.r], chosen.columns[p.c]];
    state.pick = row && column ? `${row.key}~${column.key}` : "";
    if (row && column) table.show(row, column);
    remember();
    draw();
  }

  /** What both regions have, and what only one has. */
  function compare() {
    const [a, b] = [state.a, state.b].map((key) => table.regions.find((region) => region.key === key));
    if (!a || !b || a === b) return false;
    const kinds = new Set(state.kind.split(",")), cell = table.sieve(state);
    const list = (/** @type {(p: any) => any} */ test) => table.policies.filter((p) => kinds.has(p.kind) && !(p.folded && state.fold === "1" && kinds.has("family")) && test(p));
    const parts = [
      [t("both_have"), list((p) => cell(a.i, p.i) && cell(b.i, p.i))],
      [t("only_a", a.label), list((p) => cell(a.i, p.i) && !cell(b.i, p.i))],
      [t("only_a", b.label), list((p) => !cell(a.i, p.i) && cell(b.i, p.i))],
    ];
    $("panel").replaceChildren(table.head(a), table.head(b), ...parts.map(([title, found], i) =>
      h("details", { class: "predicate", open: i === 0 }, h("summary", {}, /** @type {string} */ (title), " ", h("small", {}, String(found.length))),
        h("ul", { class: "plain" }, .../** @type {any[]} */ (found).slice(0, 400).map((p) => h("li", {},
          h("button", { type: "button", class: "link", onclick: () => table.show(cell(a.i, p.i) ? a : b, p) }, h("i", { class: `dot ${p.kind}` }), p.label),
          h("small", {}, ` ${[cell(a.i, p.i), cell(b.i, p.i)].map((c) => (c ? zhitu.year(c.year) : "")).filter(Boolean).join(" / ")}`)))))));
    return true;
  }

  function scale() {
    const few = years.length > 9 ? years.filter((/** @type {number} */ _, /** @type {number} */ i) => i % Math.ceil(years.length / 8) === 0 || i === years.length - 1) : years;
    const square = (/** @type {string} */ fill, inset = 0) => zhitu.svg("svg", { width: 14, height: 14, class: "key", "aria-hidden": "true" }, zhitu.svg("rect", { x: inset, y: inset, width: 14 - 2 * inset, height: 14 - 2 * inset, fill }));
    $("scale").replaceChildren(...few.flatMap((/** @type {number} */ year) => [square(palette.get(year) || ""), ` ${year} `]), h("span", { class: "gap" }), square(ink("--soft")), ` ${t("own_version")} `, square(ink("--soft"), 4), ` ${t("higher_version")}`);
  }

  function rows() {
    const on = state.table === "1", limit = 2000;
    $("rows").hidden = !on;
    grid.hidden = on;
    $("table").setAttribute("aria-pressed", String(on));
    if (!on) return draw();
    const lines = table.lines(chosen.rows, chosen.columns, chosen.cell);
    $("rows").replaceChildren(h("table", {}, h("thead", {}, h("tr", {}, ...["policy", "region", "province_filter", "first_year", "relation"].map((key) => h("th", { scope: "col" }, t(key))))),
      h("tbody", {}, ...lines.slice(0, limit).map((line) => h("tr", {}, h("td", {}, h("a", { href: line[8] }, line[3])), h("td", {}, h("a", { href: line[7] }, line[0])), h("td", {}, line[1]), h("td", {}, line[5]),
        h("td", {}, String(line[6]).split(" ").map((r) => t(r)).join("、")))))), h("p", { class: "note" }, t("rows_shown", Math.min(limit, lines.length), lines.length)));
  }

  function remember() {
    zhitu.keep(Object.fromEntries(Object.entries(state).filter(([key, value]) => String(value) !== String(/** @type {any} */ (DEFAULTS)[key]))));
  }

  function refresh() {
    chosen = table.choose(state);
    if (!chosen.columns.length && table.policies.length && state.n > 1 && !Object.keys(zhitu.state()).includes("n")) { state.n = 1; chosen = table.choose(state); table.fields(state); }
    sort();
    const total = table.data.total;
    $("status").textContent = [t("columns_shown", chosen.columns.length, total, chosen.rows.length, table.regions.length), chosen.columns.length ? "" : t("nothing_left"), table.policies.length < total && state.n <= 2 ? t("matrix_cap", table.policies.length) : ""].filter(Boolean).join(" · ");
    const [a, b] = state.pick.split("~");
    cursor = { r: chosen.rows.findIndex((row) => row.key === a), c: chosen.columns.findIndex((column) => column.key === b) };
    if (!compare()) {
      const [region, policy] = [table.regions.find((row) => row.key === a), table.policies.find((column) => column.key === b)];
      if (region && policy) table.show(region, policy);
      else $("panel").replaceChildren(h("p", { class: "note" }, t("cell_hint")), h("p", { class: "note" }, t("matrix_help")));
    }
    layout();
    rows();
  }

  function read() {
    Object.assign(state, table.read());
    remember();
    refresh();
  }

  function recall() {
    state = { ...DEFAULTS, ...Object.fromEntries(Object.entries(zhitu.state()).filter(([key]) => key in DEFAULTS)) };
    state.n = Number(state.n) || 1;
    if (state.size) state.size = Math.min(40, Math.max(2, Number(state.size) || 22));
    table.fields(state);
  }

  function zoom(/** @type {number} */ factor) {
    state.size = Math.min(40, Math.max(2, Math.round(cellSize() * factor + (factor > 1 ? 1 : -1))));
    remember();
    layout();
  }

  let timer = 0;
  $("filters").addEventListener("input", (/** @type {any} */ event) => {
    $("least-value").textContent = $("least").value;
    clearTimeout(timer);
    timer = setTimeout(read, event.target.type === "range" ? 120 : 0);
  });
  $("filters").addEventListener("submit", (/** @type {Event} */ event) => event.preventDefault());
  grid.addEventListener("scroll", draw, { passive: true });
  window.addEventListener("resize", draw);
  grid.addEventListener("mousemove", (/** @type {MouseEvent} */ event) => {
    const p = under(event);
    if (p.r === hover.r && p.c === hover.c) return;
    hover = p;
    const [row, column] = [chosen.rows[p.r], chosen.columns[p.c]];
    grid.style.cursor = row || column ? "pointer" : "";
    grid.title = [row?.full, column?.label, row && column && chosen.cell(row.i, column.i) ? zhitu.year(chosen.cell(row.i, column.i)?.year || 0) : ""].filter(Boolean).join("\n");
    draw();
  });
  grid.addEventListener("click", (/** @type {MouseEvent} */ event) => {
    const p = under(event);
    if (p.r >= 0 && p.c >= 0) return pick(p);
    const name = p.r >= 0 ? chosen.rows[p.r] : p.c >= 0 ? chosen.columns[p.c] : null;
    if (name) location.href = zhitu.up() + name.href;
  });
  grid.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
    const steps = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
    const step = steps[/** @type {"ArrowUp"} */ (event.key)];
    if (!step || !chosen.rows.length) return;
    event.preventDefault();
    const r = Math.min(chosen.rows.length - 1, Math.max(0, cursor.r + step[0])), c = Math.min(chosen.columns.length - 1, Math.max(0, cursor.c + step[1]));
    grid.scrollTop = Math.min(grid.scrollTop, r * cellSize());
    grid.scrollTop = Math.max(grid.scrollTop, (r + 1) * cellSize() + NAMES.top() - grid.clientHeight);
    grid.scrollLeft = Math.min(grid.scrollLeft, c * cellSize());
    grid.scrollLeft = Math.max(grid.scrollLeft, (c + 1) * cellSize() + NAMES.left() - grid.clientWidth);
    pick({ r, c });
  });
  $("zoom-in").addEventListener("click", () => zoom(1.25));
  $("zoom-out").addEventListener("click", () => zoom(0.8));
  $("table").addEventListener("click", () => { state.table = state.table ? "" : "1"; remember(); rows(); });
  $("reset").addEventListener("click", () => { state = { ...DEFAULTS }; table.fields(state); remember(); refresh(); });
  $("csv").addEventListener("click", () => zhitu.csv("zhitu-matrix.csv", [table.TITLES, ...table.lines(chosen.rows, chosen.columns, chosen.cell)]));
  $("png").addEventListener("click", () => canvas.toBlob((/** @type {Blob|null} */ blob) => { if (blob) zhitu.download("zhitu-matrix.png", blob); }));
  window.addEventListener("hashchange", () => { recall(); refresh(); });
  zhitu.onLanguage(() => { table.options(); table.fields(state); scale(); refresh(); remember(); });
  if (window.matchMedia("(max-width: 800px)").matches) document.querySelector("details.filters")?.removeAttribute("open");

  const most = Math.max(2, ...table.policies.slice(0, 1).map((p) => table.regions.filter((r) => table.at(r.i, p.i)).length));
  $("least").max = most;
  table.options();
  recall();
  scale();
  refresh();
  /** @type {any} */ (window).zhituMatrix = { place: (/** @type {string} */ a, /** @type {string} */ b) => { const [r, c] = [chosen.rows.findIndex((row) => row.key === a), chosen.columns.findIndex((column) => column.key === b)]; const box = grid.getBoundingClientRect(); return { x: box.left + NAMES.left() - grid.scrollLeft + (c + 0.5) * cellSize(), y: box.top + NAMES.top() - grid.scrollTop + (r + 0.5) * cellSize() }; }, rows: () => chosen.rows.map((row) => row.key), columns: () => chosen.columns.map((column) => column.key) };
})();
