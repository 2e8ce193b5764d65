"""What in a text a flag or a letter is better without: where it stands, of what kind it is, and what to write instead.

`check.check_flag` and `check.check_letter` read a text; the words and phrases stand in `lexicon/*.toml`.
"""
