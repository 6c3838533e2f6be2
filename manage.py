#!/usr/bin/env python3
"""Django's command line for Winnow."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    if sys.argv[1:2] == ["match"] and "--adjudicate" not in sys.argv:
        # Lists are matched without models and database; a short one is done before those have loaded.
        from pipeline.management.commands.match import Command

        Command().run_from_argv(sys.argv)
    else:
        execute_from_command_line(sys.argv)
