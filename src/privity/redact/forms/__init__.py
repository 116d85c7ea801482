"""What has a written form of its own: `table` is the table of forms, `patterns` the detector that searches them.

`alone` is all that runs under a policy that looks for nothing else.
"""
