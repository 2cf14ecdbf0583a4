"""Policy as code for contracts."""
