"""Other languages than English: `readable` says what nobody here can read, `romance` finds what is said in two others.

`romance` knows the words and phrases of Spanish and French from `romance_lists`. What is in neither is hidden whole.
`german` lets ordinary German words go that were taken for names.
"""
