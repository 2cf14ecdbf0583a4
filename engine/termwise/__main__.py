"""`python -m termwise` is the command."""

import sys

from termwise.cli.app import main

sys.exit(main())
