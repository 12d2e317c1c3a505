"""Profiles of hypothesis: `--hypothesis-profile=hostile` tries ten thousand inputs of each family."""

from hypothesis import HealthCheck, settings

settings.register_profile(
    "hostile", max_examples=10_000, database=None, suppress_health_check=list(HealthCheck)
)
