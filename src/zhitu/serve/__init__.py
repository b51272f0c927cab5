"""A build on loopback: its pages, a read-only SPARQL endpoint, a page to ask questions, and IRIs that answer."""

from zhitu.serve.app import Limits, create_app, run

__all__ = ["Limits", "create_app", "run"]
