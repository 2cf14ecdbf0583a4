"""The shipped vocabularies and policies, as a package so that an installed Termwise finds them."""
