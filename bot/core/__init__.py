"""The rules and the vocabulary: standard library only, no clock, no I/O, nothing asynchronous."""
