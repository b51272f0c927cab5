"""A finished graph, opened for reading: `zhitu.open("outputs")`."""

from __future__ import annotations

import unicodedata
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zhitu.errors import QueryError, StoreError

if TYPE_CHECKING:
    import networkx as nx
    import rdflib

    from zhitu.store import Store

Record = dict[str, Any]


class Graph:
    """What a build wrote, as records, as a NetworkX graph, as an rdflib graph.

    >>> with zhitu.open("outputs") as graph:      # doctest: +SKIP
    ...     graph.shared_policies(regions=3)
    """

    def __init__(self, out: Path, store: Store) -> None:
        self.out = out
        self._store = store
        self._rdf: Any = None

    def __enter__(self) -> Graph:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"zhitu.Graph({self.out.as_posix()!r})"

    def close(self) -> None:
        """Lets go of the store, so that a build may write into it."""
        self._store.close()

    @property
    def connection(self) -> Any:
        """The DuckDB connection, read-only: every table and view of `zhitu.tables`."""
        return self._store.connection

    def entities(self, kind: str | None = None) -> list[Record]:
        """All entities, or those of one kind: region, agency, institution, document, program.

        Each is a dict of entity (key), kind, label, region (key of parent, jurisdiction or scope), code, level,
        full_name, zone, document_class, edition, family, family_name, reports (in how many it is met).
        """
        query = "SELECT * FROM entity_all WHERE $kind IS NULL OR kind = $kind ORDER BY entity"
        return self._records(query, {"kind": kind})

    def claims(self, *, about: str | None = None, predicate: str | None = None) -> list[Record]:
        """All claims, or those whose subject or object is `about`, a key such as `region:321302`.

        Each is a dict of claim, subject, subject_label, predicate, object, object_label, status, year, report, file,
        quote, char_start, char_end, rule.
        """
        query = """
            SELECT c.claim, c.subject, s.label AS subject_label, c.predicate, c.object, o.label AS object_label,
                   c.status, r.year, c.report, r.file, c.quote, c.char_start, c.char_end, c.rule
            FROM claims c JOIN reports r USING (report)
                 LEFT JOIN entity_all s ON s.entity = c.subject LEFT JOIN entity_all o ON o.entity = c.object
            WHERE ($about IS NULL OR c.subject = $about OR c.object = $about)
              AND ($predicate IS NULL OR c.predicate = $predicate)
            ORDER BY r.year, r.file, c.report, c.char_start, c.claim"""
        return self._records(query, {"about": about, "predicate": predicate})

    def observations(self, *, region: str | None = None) -> list[Record]:
        """All figures, or those of one region (a key): indicator_text, value, unit, year, quote, report and so on."""
        query = """SELECT b.*, r.file FROM observations b JOIN reports r USING (report)
                   WHERE $region IS NULL OR b.region = $region
                   ORDER BY b.year, r.file, b.report, b.char_start, b.observation"""
        return self._records(query, {"region": region})

    def shared_policies(self, *, regions: int = 2) -> list[Record]:
        """Policies that at least so many regions adopt, the most shared first.

        Each is a dict of policy (key), label, kind (document, program, family), first_year, regions: a list of dicts
        of region (key), label, first_year.
        """
        query = """
            SELECT a.policy, min(a.policy_label) AS label, min(a.kind) AS kind, min(a.first_year) AS first_year,
                   list({'region': a.region, 'label': coalesce(g.full_name, g.label), 'first_year': a.first_year}
                        ORDER BY a.first_year, a.region) AS regions
            FROM adoptions a LEFT JOIN entity_all g ON g.entity = a.region
            GROUP BY a.policy HAVING count(DISTINCT a.region) >= $regions
            ORDER BY count(DISTINCT a.region) DESC, a.policy"""
        return self._records(query, {"regions": regions})

    def find(self, name: str) -> list[Record]:
        """The entities whose key, division code, or one of whose names is `name`; marks and width do not matter."""
        query = """SELECT * FROM entity_all e WHERE e.entity = $name OR e.code = $name OR e.full_name = $name
                   OR e.entity IN (SELECT entity FROM label_all
                                   WHERE regexp_replace(name, '[《》“”"〈〉\\s]', '', 'g') = $bare)
                   ORDER BY e.reports DESC, e.entity"""
        folded = unicodedata.normalize("NFKC", name).strip()
        bare = "".join(ch for ch in folded if ch not in '《》“”"〈〉 ')
        return self._records(query, {"name": folded, "bare": bare})

    def near(self, name: str, *, limit: int = 5) -> list[str]:
        """Labels that hold `name`, or look like it."""
        query = """SELECT label FROM entity_all
                   WHERE contains(label, $name) OR jaro_winkler_similarity(label, $name) > 0.85
                   GROUP BY label ORDER BY max(contains(label, $name)) DESC,
                   max(jaro_winkler_similarity(label, $name)) DESC, label LIMIT $limit"""
        return [row["label"] for row in self._records(query, {"name": name, "limit": limit})]

    def view(self, *, nodes: int = 400, height: int = 640) -> Any:
        """The graph of shared policies for a notebook, in an isolated frame; `.save(path)` writes it as one file."""
        from zhitu.emit.html.notebook import frame

        return frame(self.connection, nodes=nodes, height=height)

    def to_networkx(self) -> nx.MultiDiGraph[Any]:
        """The entity graph: nodes with type, label, region code; edges keyed by predicate, with years and a quote."""
        from zhitu.emit.network import to_networkx

        return to_networkx(self.connection)

    def to_rdflib(self) -> rdflib.Graph:
        """The whole graph, parsed from graph.ttl; above some hundred thousand triples `sparql` is much faster."""
        import rdflib

        graph = rdflib.Graph()
        graph.parse(self._turtle(), format="turtle")
        return graph

    def sparql(self, query: str) -> list[Record]:
        """Answers of a SELECT query, a dict of strings a row; None where a variable is not bound.

        The prefixes of the contract need not be declared. Raises QueryError.
        """
        import pyoxigraph as ox

        prefixes = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in self._prefixes().items())
        try:
            solutions = self._oxigraph().query(prefixes + query)
        except SyntaxError as error:
            raise QueryError(f"this is no SPARQL: {error}", remedy="check the query") from error
        if not isinstance(solutions, ox.QuerySolutions):
            raise QueryError("only SELECT queries have rows", remedy="for others use to_rdflib().query(…)")
        names = [variable.value for variable in solutions.variables]
        return [{name: getattr(row[name], "value", None) for name in names} for row in solutions]

    def _oxigraph(self) -> Any:
        import pyoxigraph as ox

        if self._rdf is None:
            self._rdf = ox.Store()
            self._rdf.bulk_load(path=str(self._turtle()), format=ox.RdfFormat.TURTLE)
        return self._rdf

    def _prefixes(self) -> dict[str, str]:
        """Those that graph.ttl opens with."""
        with self._turtle().open(encoding="utf-8") as file:
            head = [line.split() for line in takewhile(lambda line: line.startswith("@prefix"), file)]
        return {words[1].rstrip(":"): words[2].strip("<>") for words in head}

    def _turtle(self) -> Path:
        path = self.out / "graph.ttl"
        if not path.exists():
            raise StoreError(f"there is no {path}", remedy=f"write it: zhitu build INPUT -o {self.out}")
        return path

    def _records(self, query: str, parameters: Record) -> list[Record]:
        cursor = self.connection.cursor().execute(query, {k: v for k, v in parameters.items() if f"${k}" in query})
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def open_graph(out: str | Path) -> Graph:
    """Opens what `build` wrote into `out`, for reading. Raises StoreError where there is nothing."""
    from zhitu.store import FILE, open_store

    folder = Path(out)
    return Graph(folder, open_store(folder / FILE, read_only=True))
