"""How a conversation is read, before anything is looked for in it: the normaliser, with an offset map.

Read in this order:

- `unseen` takes out what nobody sees and reads what stands for a sign, `parted_values` knows what parts nothing within
  a value only, `folding` makes ASCII of the rest, one character for each code point.
- `transcript` makes one text of many conversations, whose places are those of the originals. It knows who speaks where
  (`line_heads`, `rare_heads` and `inline_heads` say what stands before what is said) and how sure a
  recognizer was (`confidences`).
- `vocabulary`, `small_words`, `eponym_lists` and `written_lists` are small sets of words, `lexicon` is what is known of
  each word by itself.
- `triggers` says which patterns can occur in a text at all, `matches` searches for them, `cues` is what words announce.
- `numerals` reads digits, written and said: `spoken_numbers` knows the words, `broken_words` mends them, `misheard`
  knows those that a recognizer wrote for digits and `heard_as_words` the common ones among them, `counted` those by
  which a digit is only a count; `gaps` tells what stands between two of them, and `chains` joins what is said in
  several turns. `compact_days` are days of eight digits.
- `spelling` reads letters, `known_words` finds again what was read, `user_words` tells names of users, and
  `program_tokens` tells UUIDs, digests and base64.
"""
