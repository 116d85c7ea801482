"""Tenants: made, named, found. What this room touches holds no content and no keys."""

from privity.platform.tenants import Profile, Tenant, Tenants

__all__ = ["Profile", "Tenant", "Tenants"]
