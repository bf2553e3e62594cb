"""Order templates: blank orders that a trade fills its own way, and the fields that a shop adds of its own."""

from __future__ import annotations

from wotui.domain.templates.own_fields import OwnField
from wotui.domain.templates.template import ListNamed, Material, OrderTemplate, Preset, Step

__all__ = ["ListNamed", "Material", "OrderTemplate", "OwnField", "Preset", "Step"]
