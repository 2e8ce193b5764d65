"""The figures of `make bench`: the bot beside a bare Bolt app, in one run on one machine.

Nothing here is a test: it prints and never fails because something is slow, as another machine is another machine.
Read the ratios. Everything that is compared takes turns within each round, and a ratio is the median over the rounds.
"""
