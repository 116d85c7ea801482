"""Documents that have a form of their own: what identifies people is hidden in them, and the form stays whole.

    redact_document(redactor, Kind.CSV, raw)        # bytes in, bytes out, with the findings

- `mapped` keeps where in a source each character of its text stands; `columns` says what a key or a header tells of
  what stands under it, `divided` finds cards whose digits a form parts, `pieces` conversations that JSON parts.
- One module a form: `json_form`, `csv_form`, `markup` (HTML, Markdown), `cues` (WebVTT, SRT), `mail`. Markup is also
  read as its `escapes` decode, with the documents in its `data_urls`, and what it hides is looked for `found_again`.
- `kinds` chooses among them.
"""

from privity.redact.documents.kinds import Kind, RedactedDocument, kind_of_name, redact_document

__all__ = ["Kind", "RedactedDocument", "kind_of_name", "redact_document"]
