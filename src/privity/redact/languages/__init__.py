"""Other languages than English: `readable` says what nobody here can read, `romance` finds what is said in two others.

`signs` has what a word tells of its language: the commonest words of many, and letters that English has not.
`romance` knows the words and phrases of Spanish and French from `romance_lists`. What is in neither is hidden whole.
`german` lets ordinary German words go that were taken for names.
"""
