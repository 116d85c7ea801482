"""What names somebody on networks: mail and web addresses, IP addresses, user names, and the passwords with them.

`mailboxes` reads addresses that are said, `asked_mailboxes` those that answer a question from their first word on, and
`handle_pieces` what is said of one by itself. `network_addresses` are those of machines. `credentials` are said letter
by letter or word by word, `cased_secrets` with the capital that they have, `credential_tokens` written as one token;
`secret_echoes` are secrets said before they are named, `chosen_secrets` those that somebody makes up, `known_secrets`
what is said again. `told_codes` are those of doors and messages. `credential_words` are the words around all of them.
"""
