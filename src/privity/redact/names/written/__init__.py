"""Names by the form that they have in writing, where capitals and signs tell what speech does not have.

- `charted`: initials before an age and surnames that stand first, as charts have them.
- `enumerated`: those that stand in a row of names.
- `identified`: who stands right before somebody's number or date of birth.
- `initialled`: names that stand with an initial, "B. Tuilagi, RN".
- `addressed`: those with initials that something is for or signed with.
- `signed`: who signs a letter or a form.
- `name_forms`: lists, references, mentions, fields of forms.

Two do nothing but mend what others found: `titled` adds the title before a name and the initial behind it, `patients`
takes off what says that somebody is one.
"""
