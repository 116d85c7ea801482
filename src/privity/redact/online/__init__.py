"""What names somebody on networks: mail and web addresses, IP addresses, user names, and the passwords with them.

- `mailboxes` reads addresses that are said. It asks `asked_mailboxes` for those that answer a question from their first
  word on, `mailbox_pieces` for those that come over several turns, `spelled_mailboxes` for those that are spelled once
  more, `handle_pieces` for what is said of one by itself, and `mailbox_edges` for what stands before one and is none.
- `network_addresses` are those of machines.
- `credentials` are user names and passwords that are said letter by letter or word by word; `credential_words` are the
  words around all of them. `chosen_secrets` are those that somebody makes up, `secret_echoes` are said before they are
  named, `known_secrets` are said again. `said_logins` are user names behind what is done with them. `cased_secrets` are
  said with the capital that they have, `signed_secrets` with a sign behind their digits, `credential_tokens` are
  written as one token, `mixed_secrets` by their form alone, `told_codes` are those of doors and messages, `named_doors`
  those of doors that were named some words before.
- `users_in_logs` are those that logs and tickets name.
"""
