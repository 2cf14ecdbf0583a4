"""How well its own tests test a policy: what they have seen of it, and which changes of it they would notice."""
