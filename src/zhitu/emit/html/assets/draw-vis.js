/* zhitu: draws the graph with vis-network; positions are given, nothing moves by itself. */
"use strict";

/** @param {HTMLElement} host @param {{node: (id: number) => void, edge: (id: number) => void, none: () => void}} on @param {any} options */
var zhituDraw = (host, on, options) => {
  const nodes = new vis.DataSet(), edges = new vis.DataSet();
  const network = new vis.Network(host, { nodes, edges }, options);
  /** @type {any[]} */ let shown = [];
  /** @type {any[]} */ let lines = [];
  const style = zhituStyle();

  network.on("click", (/** @type {any} */ event) => {
    if (event.nodes.length) on.node(event.nodes[0]);
    else if (event.edges.length) on.edge(event.edges[0]);
    else on.none();
  });
  network.on("hoverNode", () => { host.style.cursor = "pointer"; });
  network.on("hoverEdge", () => { host.style.cursor = "pointer"; });
  network.on("blurNode", () => { host.style.cursor = ""; });
  network.on("blurEdge", () => { host.style.cursor = ""; });

  /** @param {any} node @param {boolean} faint @param {boolean} picked */
  function card(node, faint, picked) {
    const colour = faint ? style.faint : style.kind[node.kind];
    const width = node.side ? style.right : style.left;
    return {
      id: node.id, x: node.x, y: node.y, label: zhituShort(node.label, node.side ? 19 : 10),
      widthConstraint: { minimum: width - 16, maximum: width - 16 }, margin: 7,
      borderWidth: picked ? 3 : 1, shapeProperties: { borderRadius: 5 },
      font: { size: 14, face: style.face, color: faint ? style.faintText : style.text, align: "left" },
      color: { background: picked ? style.picked : style.card, border: colour, hover: { background: style.picked, border: colour } },
    };
  }

  /** @param {any} edge @param {boolean} faint @param {boolean} picked */
  function line(edge, faint, picked) {
    return {
      id: edge.id, from: edge.from, to: edge.to, width: picked ? 4 : faint ? 0.5 : 1.6, hoverWidth: 2,
      dashes: style.dash[edge.shown].length ? style.dash[edge.shown] : false,
      color: { color: faint ? style.faint : style.relation[edge.shown], hover: style.relation[edge.shown], opacity: faint ? 0.5 : 0.85 },
    };
  }

  return {
    /** @param {any[]} someNodes @param {any[]} someEdges */
    show(someNodes, someEdges) {
      [shown, lines] = [someNodes, someEdges];
      nodes.clear(); edges.clear();
      nodes.add(shown.map((node) => card(node, false, false)));
      edges.add(lines.map((edge) => line(edge, false, false)));
    },
    /** Make all but these faint; null for none. @param {Set<number>|null} lit @param {Set<number>|null} litEdges @param {Set<number>} picked @param {number|null} pickedEdge */
    mark(lit, litEdges, picked, pickedEdge) {
      nodes.update(shown.map((node) => card(node, !!lit && !lit.has(node.id), picked.has(node.id))));
      edges.update(lines.map((edge) => line(edge, !!litEdges && !litEdges.has(edge.id), edge.id === pickedEdge)));
    },
    /** @param {number} x @param {number} y @param {number} scale */
    look(x, y, scale) { network.moveTo({ position: { x, y }, scale, animation: false }); },
    view() { return { ...network.getViewPosition(), scale: network.getScale() }; },
    /** @param {number} factor */
    zoom(factor) { network.moveTo({ scale: network.getScale() * factor, animation: false }); },
    /** Where a node is on the screen, for tests and tips. @param {number} id */
    screen(id) { return network.canvasToDOM(network.getPosition(id)); },
    canvas: () => host.querySelector("canvas"),
    resize() { network.redraw(); },
  };
};
