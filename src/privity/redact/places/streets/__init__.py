"""Streets and homes as people say them.

Read in this order:

- `street_words` knows the pieces: house numbers that are said in words, names, kinds of streets, units behind them.
- `said_streets` is what finds them: a kind of street without a number, roads that have numbers, answers to a question.
- It asks for more, each by itself: `asked_addresses` are parts that are all of an answer, `bare_streets` have no kind
  of street and `unnamed_streets` nothing else, `crossings` are two names, `highways` are where somebody is on one,
  `named_buildings` and `said_rooms` where one lives. `courts` of law are let go.
- `address_turns` follows an address that is read over several turns, and what answers "lane or drive?".
- `next_houses` are numbers of houses beside one that was told.
- `street_edges` adds what belongs right beside a street that was found.
"""
