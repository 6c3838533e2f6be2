"""Matching of lists from the shell as a task of a plan: what it is called and how its questions are worded."""

from pathlib import Path

NAME = "match-lists"
TITLE = "Compare lists (command match --adjudicate)"
PROMPT = (Path(__file__).parent / "same_record.txt").read_text(encoding="utf-8")
