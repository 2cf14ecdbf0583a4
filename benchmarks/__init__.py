"""What Termwise costs, measured: the only place that claims about speed may come from."""
