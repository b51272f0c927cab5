"""The graph of shared policies: regions on one side, what they share on the other, positions worked out here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from . import layout
from .facts import POLICY_KINDS, RELATIONS, ask, level_of, province_of
from .site import Site, environment, page_of, stem_of, to_json

SHOWN = 10_000  # nodes: what the canvas page still draws within a second
TIES = 60_000  # edges: 3 MB of the page
VIS = 400  # nodes up to which vis-network draws; beyond, our canvas does (vis: 28 frames a second at 2,000)
CALM = 45  # policies that a first look can take in; sets the first "shared by at least"

Payload = dict[str, Any]


def payload(connection: Any, *, limit: int = SHOWN) -> Payload:
    """Nodes and edges of the most shared policies, at most `limit` nodes, with positions.

    `shown` and `total` say how many policies are in the page and how many there are.
    """
    policies = list(
        ask(
            connection,
            """
            SELECT t.policy AS entity, any_value(e.label) AS label, any_value(e.kind) AS kind,
                   any_value(e.family) AS family,
                   count(DISTINCT t.region) FILTER (relation <> 'mentions') AS shared, count(DISTINCT t.region) AS met
            FROM zt_views.tie t JOIN zt_views.thing e ON e.entity = t.policy
            GROUP BY t.policy ORDER BY shared DESC, met DESC, t.policy""",
        )
    )
    regions = list(
        ask(
            connection,
            """
            SELECT e.entity, e.label, e.code, e.level, e.full_name
            FROM zt_views.thing e JOIN (SELECT region, count(*) AS ties FROM zt_views.tie GROUP BY region) t
                 ON t.region = e.entity
            ORDER BY t.ties DESC, e.entity""",
        )
    )
    ties = 0
    kept: list[Any] = []
    for row in policies[: max(limit - len(regions), limit * 2 // 3)]:
        ties += row["met"]
        if ties > TIES and kept:
            break
        kept.append(row)
    regions = regions[: limit - len(kept)]
    place = {row["entity"]: index for index, row in enumerate(regions)}
    which = {row["entity"]: index for index, row in enumerate(kept)}
    found = _ties(connection, place, which)
    used = sorted({region for region, _ in found})
    order = {region: index for index, region in enumerate(used)}
    nodes = [_region(regions[r]) for r in used] + [_policy(row, among=which) for row in kept]
    edges = [
        {"id": n, "from": order[r], "to": len(used) + p, "p": years}
        for n, ((r, p), years) in enumerate(sorted(found.items()))
    ]
    _place(nodes, edges, len(used))
    return {
        "nodes": nodes,
        "edges": edges,
        "total": len(policies),
        "shown": len(kept),
        "least": first_look([row["shared"] for row in policies if row["family"] not in which]),
    }


def first_look(shared: Sequence[int]) -> int:
    """The "shared by at least" with which a page opens: 2, or more where that would be too much to look at."""
    if not shared or max(shared) < 2:
        return 1
    least = 2
    while sum(n >= least for n in shared) > CALM and sum(n > least for n in shared) >= 8:
        least += 1
    return least


def _ties(connection: Any, place: dict[str, int], which: dict[str, int]) -> dict[tuple[int, int], dict[str, int]]:
    ties: dict[tuple[int, int], dict[str, int]] = {}
    for row in ask(connection, "SELECT region, policy, relation, first_year FROM zt_views.tie"):
        region, policy = place.get(row["region"]), which.get(row["policy"])
        if region is not None and policy is not None and row["relation"] in RELATIONS:
            ties.setdefault((region, policy), {})[row["relation"]] = row["first_year"] or 0
    return {pair: dict(sorted(years.items())) for pair, years in ties.items()}


def _region(row: Any) -> Payload:
    return {
        "label": row["label"],
        "full": row["full_name"] or row["label"],
        "kind": "region",
        "key": stem_of(row["entity"]),
        "href": page_of(row["entity"]),
        "province": province_of(row["entity"], row["code"]),
        "level": level_of(row["entity"], row["level"]),
    }


def _policy(row: Any, *, among: dict[str, int]) -> Payload:
    """A document, program or family; with `family` where the family that it belongs to is in the page as well."""
    kind = row["kind"] if row["kind"] in POLICY_KINDS else "document"
    node = {"label": row["label"], "kind": kind, "key": stem_of(row["entity"]), "href": page_of(row["entity"])}
    return node | {"family": stem_of(row["family"])} if row["family"] in among else node


def _place(nodes: list[Payload], edges: list[Payload], left: int) -> None:
    """Give every node its number, its side and its position."""
    pairs = [(e["from"], e["to"] - left) for e in edges]
    groups = [n["province"] for n in nodes[:left]]
    ranks = layout.two_sided_order(pairs, left=left, right=len(nodes) - left, groups=groups)
    spots = layout.stack(*ranks)
    for index, (node, rank, (x, y)) in enumerate(zip(nodes, ranks[0] + ranks[1], spots[0] + spots[1], strict=True)):
        node.update(id=index, side=int(index >= left), rank=rank, x=x, y=y)


def write_shared(site: Site, data: Payload) -> None:
    """`shared.html`: pyvis holds the network, our template dresses it, we write it."""
    site.write("shared.html", html(site, data))


def html(site: Site, data: Payload, *, evidence: Payload | None = None) -> str:
    """Text of the page; `evidence` goes into it where there are no files beside it."""
    from pyvis.network import Network

    small = len(data["nodes"]) <= VIS
    scripts = ["evidence.js", "draw-vis.js" if small else "draw-canvas.js", "graph.js"]
    network = Network(directed=True, cdn_resources="in_line")
    # The lists are handed over whole: add_node and add_edge search theirs each time, which is quadratic. Nothing
    # that pyvis would turn into markup or script is set: no heading, no title, no menu.
    network.nodes, network.edges = data["nodes"], data["edges"]
    network.set_options(to_json(OPTIONS if small else {}))
    network.path = "shared.html"
    network.templateEnv = _Environment(
        site.frame((["vis-network.js"] if small else []) + scripts, 0)
        | {"page": "shared.html", "facts": {k: v for k, v in data.items() if k not in ("nodes", "edges")}}
        | {"evidence": evidence or {}}
    )
    return network.generate_html("shared.html")


class _Environment:
    """What pyvis asks for a template, with our own values given to it besides the ones that pyvis gives."""

    def __init__(self, values: Payload) -> None:
        self._values = values

    def get_template(self, name: str) -> Any:
        return environment().get_template(name, globals=self._values)


OPTIONS: Payload = {
    "physics": {"enabled": False},
    "layout": {"randomSeed": 1, "improvedLayout": False},
    "interaction": {
        "hover": True,
        "dragNodes": False,
        "hideEdgesOnDrag": False,
        "keyboard": {"enabled": True, "bindToWindow": False},
        "multiselect": False,
        "selectConnectedEdges": False,
        "tooltipDelay": 3_600_000,
    },
    "nodes": {"shape": "box", "borderWidth": 1, "chosen": False},
    "edges": {"smooth": {"type": "cubicBezier", "forceDirection": "horizontal", "roundness": 0.86}, "chosen": False},
}
