"""Contractors: their documents, how they were rated, who fits an order and why, and the life of one hiring."""

from __future__ import annotations
