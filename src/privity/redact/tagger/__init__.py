"""A small trained tagger that looks again at what the rules found in English.

Rules know what was thought of. The tagger has learned from made-up texts what words around it make of a word, and finds
names, places, dates and numbers in phrases that no rule has, and lets go what rules took for one. `seen` is what it
reads of a word, `weights` what it has learned, and `second_look` what is made of both. `tools/tagger.py` trains it;
docs/redaction-model.md is its card. A policy that `looks_for: rules` goes without it.
"""
