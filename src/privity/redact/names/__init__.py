"""Names of people, and words that are capitalised like them.

`people` is the detector. `parts` tells what one word says about being part of a name, `questions` which questions a
name answers, `doubts` and `uses` what speaks against one. In speech, where nothing has a capital, `heard` asks the
words around a name, `worldly` does so for English words that are names, and `introduced` for those that only the talk
makes one; `told` and `told_alone` find those that stand in the `slots` that talk has for a name, which `placed` and
`addressed` know. `company` adds what stands beside a name, `spelled` and `spelled_on` what is spelled of it, and
`learned` finds each again wherever it comes up, even as `misheard`. `speakers` are the names of those who speak;
`capitals` are capitalised words that no dictionary knows. In writing, `written` finds initials and surnames that
stand first, `titled` adds titles, `name_forms` reads lists, references and the fields of forms, and `identified` what
stands before somebody's number. `firms` lets those stay that answer a call, `eponyms` what medicine calls after
somebody, by the lists of `eponym_lists` and, where no noun follows, by what stands around it (`bare_eponyms`), `works`
films and songs, those that are called like places too, `nobodys` goods, letters and countries where they stand as such;
`patients` takes off what says that somebody is one.
"""
