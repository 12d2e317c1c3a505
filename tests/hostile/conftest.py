"""Profiles of hypothesis: `--hypothesis-profile=hostile` tries a hundred thousand inputs."""

from hypothesis import HealthCheck, settings

settings.register_profile(
    "hostile", max_examples=100_000, database=None, suppress_health_check=list(HealthCheck)
)
