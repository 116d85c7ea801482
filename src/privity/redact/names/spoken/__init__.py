"""Names in speech, which a recognizer writes without capitals: each module is one way in which the talk tells of them.

Words that are in no dictionary come first, then English words that are also names, which need more to speak for them.
Read in this order:

- `heard`: words that are no English ones, "is gideon there".
- `worldly`: English words that are announced by a title, a cue or another part of the name, "mister love".
- `phrases`: a table of phrases that hold a name and hardly anything else, "taken mark off the list", "is mark coming",
  "this is marigold"; `fit_words` judges what each holds. `mentioned` has those for people whom nobody introduces.
- `slots` knows the words before and behind a name. By them `answers` takes whatever word is all of an answer to a
  question for a name, "royal", "linh do", `told` a given name and a surname that are both words, "my name is will
  brown", and `told_alone` a given name by itself, "okay rose i can".
- `short_names`: names like small words or months, "mister do", "jun".
"""
