"""Registerutdrag: everything that is held about one person (GDPR, Article 15), and nothing about anyone else."""

from __future__ import annotations

from plats.web.registers.extracts.gathering import make_extract
from plats.web.registers.extracts.model import Extract, Section
from plats.web.registers.extracts.subjects import Candidate, Subject, candidates, subject_of

__all__ = ["Candidate", "Extract", "Section", "Subject", "candidates", "make_extract", "subject_of"]
