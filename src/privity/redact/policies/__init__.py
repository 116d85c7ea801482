"""What is hidden, and what a policy adds to the detectors.

`policy` is one policy, `files` reads it from YAML, strictly. `rules` carries out what it lets through or hides by name
or pattern, which `patterns` compiles; `plugins` finds recognizers that others wrote, and `safe_harbor` says what a
result may claim. The shipped policies lie beside.
"""
