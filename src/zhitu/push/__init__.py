"""A graph into a triple store, over SPARQL 1.1 Graph Store Protocol or SPARQL 1.1 Update.

Nothing here runs but by `zhitu push`: it is the only part of zhitu that sends anything anywhere.
"""

from zhitu.push.load import Plan, Pushed, plan, push

__all__ = ["Plan", "Pushed", "plan", "push"]
