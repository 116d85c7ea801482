"""The four transactions, one module each, because each may be opened by one room only.

| module     | opened by  | may touch                                            |
|------------|------------|------------------------------------------------------|
| `tenant`   | `gate`     | tables of schema `tenant`, under row-level security  |
| `lookup`   | `identity` | named functions of schema `identity`, by exact key   |
| `platform` | `platform` | schema `platform`: tenants, schedules, no content    |
| `ledger`   | `notary`   | schema `ledger`: inbox and tree                      |

The database enforces the second column by roles; import-linter enforces the first by module, so nothing is re-exported
here. All four run statements in the same way: see `statements`.
"""
