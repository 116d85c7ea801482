"""What stands in the place of a value.

`ways` puts a label, a mask, or what another way makes in the place of every span, in texts and in words with times.
`tokens` are keyed, or given back by whoever holds the vault; `surrogates` are `made_up` values of the same kind, with
dates moved by `date_shift`. A `conversation` tells such ways what else is hidden in it and how its `dates` are read.
`spellings` makes one form of all spellings of a value. `coarsening` lets a part stay where a policy says so.
`audio_windows` says where a recording has to be silent.
"""
