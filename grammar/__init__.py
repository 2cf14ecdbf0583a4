"""The grammar, as a package so that an installed Termwise finds it; `termwise.library` reads it."""
