"""The rules of Flagclient: frozen data and pure functions, standard library only, no clock and no I/O."""
