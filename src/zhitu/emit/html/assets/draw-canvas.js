/* zhitu: draws large graphs on a plain canvas. While the reader drags, the last picture is moved; it is drawn
   anew when the hand rests, so that ten thousand cards move as easily as ten. */
"use strict";

/** @param {HTMLElement} host @param {{node: (id: number) => void, edge: (id: number) => void, none: () => void}} on */
var zhituDraw = (host, on) => {
  const style = zhituStyle();
  const canvas = document.createElement("canvas"), ink = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  const buffer = document.createElement("canvas"), under = /** @type {CanvasRenderingContext2D} */ (buffer.getContext("2d"));
  host.append(canvas);
  /** @type {any[]} */ let nodes = [];
  /** @type {any[]} */ let edges = [];
  /** @type {Map<number, any>} */ let byId = new Map();
  /** @type {Set<number>|null} */ let lit = null;
  /** @type {Set<number>|null} */ let litEdges = null;
  /** @type {Set<number>} */ let picked = new Set();
  /** @type {number|null} */ let pickedEdge = null;
  let view = { x: 0, y: 0, scale: 1 }, drawn = { x: 0, y: 0, scale: 1 };
  let [width, height, ratio, timer, waiting] = [0, 0, 1, 0, false];
  const MARGIN = 0.25; // of the stage, drawn beyond each edge so that a short drag shows no gap

  function resize() {
    ratio = Math.min(2, window.devicePixelRatio || 1);
    [width, height] = [host.clientWidth, host.clientHeight];
    [canvas.width, canvas.height] = [width * ratio, height * ratio];
    [buffer.width, buffer.height] = [width * ratio * (1 + 2 * MARGIN), height * ratio * (1 + 2 * MARGIN)];
    afresh();
  }

  const half = (/** @type {any} */ node) => (node.side ? style.right : style.left) / 2 - 8;

  /** Corners of what the buffer holds. */
  function reach() {
    const [w, h] = [width * (0.5 + MARGIN) / drawn.scale, height * (0.5 + MARGIN) / drawn.scale];
    return { left: drawn.x - w, right: drawn.x + w, top: drawn.y - h, bottom: drawn.y + h };
  }

  function lines(/** @type {any} */ box) {
    /** @type {Map<string, any[]>} */
    const groups = new Map();
    for (const edge of edges) {
      const [a, b] = [byId.get(edge.from), byId.get(edge.to)];
      if (Math.max(a.y, b.y) < box.top || Math.min(a.y, b.y) > box.bottom) continue;
      if (b.x < box.left || a.x > box.right) continue;
      const key = pickedEdge === edge.id ? "picked" : litEdges && !litEdges.has(edge.id) ? "faint" : edge.shown;
      const group = groups.get(key);
      if (group) group.push([a, b, edge]); else groups.set(key, [[a, b, edge]]);
    }
    const many = edges.length > 4000; // beyond, a curve is not told from a line, and costs three times as much
    const crowd = many ? 0.3 : 0.75;
    const order = ["faint", "mentions", "implements", "runs", "issued", "picked"];
    for (const key of order) {
      const group = groups.get(key);
      if (!group) continue;
      const shown = key === "picked" ? group[0][2].shown : key;
      under.strokeStyle = key === "faint" ? style.faint : style.relation[shown];
      under.globalAlpha = key === "faint" ? 0.35 : key === "picked" || litEdges ? 1 : crowd;
      under.lineWidth = Math.max(key === "picked" ? 4 : key === "faint" ? 0.6 : 1.6, (key === "picked" ? 2 : 0.8) / drawn.scale);
      under.setLineDash(drawn.scale > 0.3 && key !== "faint" ? style.dash[shown] : []);
      for (let i = 0; i < group.length; i += 16) { // short paths: one long path is stroked far slower
        under.beginPath();
        for (const [a, b] of group.slice(i, i + 16)) {
          const [x, y, u, v] = [a.x + half(a), a.y, b.x - half(b), b.y];
          under.moveTo(x, y);
          if (many) under.lineTo(u, v);
          else under.bezierCurveTo((x + u) / 2, y, (x + u) / 2, v, u, v);
        }
        under.stroke();
      }
    }
    under.globalAlpha = 1;
    under.setLineDash([]);
  }

  function cards(/** @type {any} */ box) {
    const readable = 14 * drawn.scale >= 6.5;
    under.font = `14px ${style.face}`;
    under.textBaseline = "middle";
    for (const node of nodes) {
      const w = half(node);
      if (node.x + w < box.left || node.x - w > box.right || node.y < box.top - 20 || node.y > box.bottom + 20) continue;
      const faint = !!lit && !lit.has(node.id), colour = faint ? style.faint : style.kind[node.kind];
      if (!readable) {
        under.fillStyle = colour;
        under.fillRect(node.x - w, node.y - 10, w * 2, 20);
        continue;
      }
      under.beginPath();
      under.roundRect(node.x - w, node.y - 14, w * 2, 28, 5);
      under.fillStyle = picked.has(node.id) ? style.picked : style.card;
      under.fill();
      under.strokeStyle = colour;
      under.lineWidth = picked.has(node.id) ? 3 : 1;
      under.stroke();
      under.fillStyle = faint ? style.faintText : style.text;
      under.fillText(zhituShort(node.label, node.side ? 19 : 10), node.x - w + 9, node.y + 1, w * 2 - 16);
    }
  }

  /** Draw everything anew. */
  function paint() {
    drawn = { ...view };
    under.setTransform(1, 0, 0, 1, 0, 0);
    under.fillStyle = style.ground;
    under.fillRect(0, 0, buffer.width, buffer.height);
    const scale = drawn.scale * ratio;
    under.setTransform(scale, 0, 0, scale, buffer.width / 2 - drawn.x * scale, buffer.height / 2 - drawn.y * scale);
    const box = reach();
    lines(box);
    cards(box);
    blit();
  }

  /** Show the last picture where it belongs now. */
  function blit() {
    const by = view.scale / drawn.scale;
    ink.setTransform(1, 0, 0, 1, 0, 0);
    ink.fillStyle = style.ground;
    ink.fillRect(0, 0, canvas.width, canvas.height);
    const [w, h] = [buffer.width * by, buffer.height * by];
    const x = canvas.width / 2 - w / 2 + (drawn.x - view.x) * view.scale * ratio;
    const y = canvas.height / 2 - h / 2 + (drawn.y - view.y) * view.scale * ratio;
    ink.drawImage(buffer, x, y, w, h);
  }

  let stale = false;
  /** Draw anew before the next frame, once, however often it is asked for. */
  function afresh() {
    if (!stale) { stale = true; requestAnimationFrame(() => { stale = false; paint(); }); }
  }

  function soon() {
    if (!waiting) { waiting = true; requestAnimationFrame(() => { waiting = false; blit(); }); }
    clearTimeout(timer);
    timer = setTimeout(paint, 90);
  }

  const place = (/** @type {any} */ event) => {
    const box = canvas.getBoundingClientRect();
    const [px, py] = [event.clientX - box.left, event.clientY - box.top];
    return { px, py, x: view.x + (px - width / 2) / view.scale, y: view.y + (py - height / 2) / view.scale };
  };

  const nodeAt = (/** @type {any} */ p) => nodes.find((node) => Math.abs(p.x - node.x) <= half(node) && Math.abs(p.y - node.y) <= 15);

  function edgeAt(/** @type {any} */ p) {
    const near = 7 / view.scale;
    /** @type {[number, any]} */
    let [best, found] = [near, null];
    for (const edge of edges) {
      const [a, b] = [byId.get(edge.from), byId.get(edge.to)];
      const [x, u] = [a.x + half(a), b.x - half(b)];
      if (p.x < x - near || p.x > u + near || p.y < Math.min(a.y, b.y) - near || p.y > Math.max(a.y, b.y) + near) continue;
      const s = Math.min(1, Math.max(0, (p.x - x) / (u - x || 1)));
      // the curve's x runs almost evenly with its parameter; one Newton step is enough to find the parameter
      let q = s;
      const m = 0.5;
      for (let i = 0; i < 3; i++) {
        const fx = 3 * (1 - q) ** 2 * q * m + 3 * (1 - q) * q * q * m + q ** 3 - s;
        const d = 3 * m * (1 - q) ** 2 + 3 * q * q * (1 - m) || 0.5;
        q -= fx / d;
      }
      const y = edges.length > 4000 ? a.y + s * (b.y - a.y) : a.y + (3 * (1 - q) * q * q + q ** 3) * (b.y - a.y);
      if (Math.abs(y - p.y) < best) [best, found] = [Math.abs(y - p.y), edge];
    }
    return found;
  }

  function zoom(/** @type {number} */ factor, px = width / 2, py = height / 2) {
    const scale = Math.min(3, Math.max(0.02, view.scale * factor));
    view.x += (px - width / 2) * (1 / view.scale - 1 / scale);
    view.y += (py - height / 2) * (1 / view.scale - 1 / scale);
    view.scale = scale;
    soon();
  }

  /** @type {Map<number, {x: number, y: number}>} */
  const fingers = new Map();
  let moved = 0;
  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    moved = 0;
  });
  canvas.addEventListener("pointermove", (event) => {
    const finger = fingers.get(event.pointerId);
    if (!finger) { const p = place(event); canvas.style.cursor = nodeAt(p) || (edges.length < 5000 && edgeAt(p)) ? "pointer" : "grab"; return; }
    const [dx, dy] = [event.clientX - finger.x, event.clientY - finger.y];
    moved += Math.abs(dx) + Math.abs(dy);
    if (fingers.size === 2) {
      const [other] = [...fingers].filter(([id]) => id !== event.pointerId).map(([, f]) => f);
      const before = Math.hypot(finger.x - other.x, finger.y - other.y);
      const after = Math.hypot(event.clientX - other.x, event.clientY - other.y);
      const box = canvas.getBoundingClientRect();
      zoom(after / (before || 1), (event.clientX + other.x) / 2 - box.left, (event.clientY + other.y) / 2 - box.top);
    } else {
      view.x -= dx / view.scale;
      view.y -= dy / view.scale;
      soon();
    }
    fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
  });
  canvas.addEventListener("pointerup", (event) => {
    fingers.delete(event.pointerId);
    if (moved > 5) return;
    const p = place(event), node = nodeAt(p), edge = node ? null : edgeAt(p);
    if (node) on.node(node.id);
    else if (edge) on.edge(edge.id);
    else on.none();
  });
  canvas.addEventListener("pointercancel", (event) => fingers.delete(event.pointerId));
  canvas.addEventListener("wheel", (event) => {
    event.preventDefault();
    const p = place(event);
    zoom(Math.exp(-event.deltaY / 500), p.px, p.py);
  }, { passive: false });
  host.addEventListener("keydown", (event) => {
    const step = 80 / view.scale;
    const moves = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] };
    const move = moves[/** @type {"ArrowUp"} */ (event.key)];
    if (move) { view.x += move[0]; view.y += move[1]; soon(); }
    else if (event.key === "+" || event.key === "=") zoom(1.25);
    else if (event.key === "-") zoom(0.8);
    else return;
    event.preventDefault();
  });
  window.addEventListener("resize", resize);
  resize();

  return {
    /** @param {any[]} someNodes @param {any[]} someEdges */
    show(someNodes, someEdges) {
      [nodes, edges] = [someNodes, someEdges];
      byId = new Map(nodes.map((node) => [node.id, node]));
      afresh();
    },
    /** @param {Set<number>|null} some @param {Set<number>|null} someEdges @param {Set<number>} chosen @param {number|null} edge */
    mark(some, someEdges, chosen, edge) { [lit, litEdges, picked, pickedEdge] = [some, someEdges, chosen, edge]; afresh(); },
    /** @param {number} x @param {number} y @param {number} scale */
    look(x, y, scale) { view = { x, y, scale }; afresh(); },
    view: () => ({ ...view }),
    /** @param {number} factor */
    zoom: (factor) => zoom(factor),
    /** @param {number} id */
    screen(id) { const node = byId.get(id); return { x: width / 2 + (node.x - view.x) * view.scale, y: height / 2 + (node.y - view.y) * view.scale }; },
    canvas: () => canvas,
    resize,
  };
};
