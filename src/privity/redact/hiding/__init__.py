"""What stands in the place of a value.

`ways` puts a label, a mask, or what another way makes in the place of every span, in texts and in words with times.
`tokens` are keyed, or given back by whoever holds the vault; `surrogates` are made-up values of the same kind, with
names from `made_up_names` and dates moved by `date_shift`. `coarsening` lets a part stay where a policy says so.
`canonical` makes one form of all spellings of a value, `calendar_dates` reads a date and writes another like it.
`audio_windows` says where a recording has to be silent.
"""
