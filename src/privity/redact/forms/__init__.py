"""What has a written form of its own: `table` is the table of forms, `patterns` the detector that searches them.

A `rule` is one row of the table; `records` are the rows that need the name of what is behind it, `abroad` those of
other countries, `spanish_and_french` those behind a name in these languages, `users` those of the names of users,
`keys` those of keys of programs.

`alone` is all that runs under a policy that looks for nothing else.
"""
