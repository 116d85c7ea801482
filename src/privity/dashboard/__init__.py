"""The pages at `/app`: for people, in their browsers. Each page is one act, and its `.json` is the same act.

A page is a struct of facts and a template. The struct is what `.json` answers with, so nothing is on a page that a
program could not read, and nothing is decided in a template. Scripts, styles and fonts come from this room only; the
content security policy (`policy`) allows nothing else and nothing inline.
"""

from privity.dashboard.app import make_site

__all__ = ["make_site"]
