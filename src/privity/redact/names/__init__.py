"""Names of people, and words that are capitalised like them.

Read in this order:

- `parts` tells what one word says about being part of a name, `questions` which questions a name answers.
- `people` is the detector: names behind a cue, from the lists, in answers. Then it asks the others, one after another.
- `spoken` finds names in speech, where nothing has a capital and the words around a name are all that tell of it.
- `company` adds what stands beside a name, `spelled` what is spelled of it, and `spelled_on` what is spelled further.
- `learned` finds each name again wherever it comes up in the conversation, even as `misheard`.

Beside it, each by itself: `capitals` finds capitalised words that no dictionary knows, `speakers` the names of those
who speak, `either_name` the other of two between which somebody cannot tell, and `written` what only writing has.
`nobodys` lets go of what is called like somebody and is nobody.
"""
