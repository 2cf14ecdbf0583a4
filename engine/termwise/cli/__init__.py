"""The command: read, call, render, exit code. The only place with files, a clock and a terminal."""
