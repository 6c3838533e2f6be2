"""From points to grades, from points to heat bands. Fit and heat are never added: they answer different questions."""

from leads.qualification.profile import Profile


def grade_of(points: int, profile: Profile) -> str:
    """A, B, C or D of fit points (0..100)."""
    if points >= profile.from_a:
        return "A"
    if points >= profile.from_b:
        return "B"
    return "C" if points >= profile.from_c else "D"


def band_of(points: float, profile: Profile) -> str:
    """hot, warm or cold of heat points (0..100)."""
    if points >= profile.from_hot:
        return "hot"
    return "warm" if points >= profile.from_warm else "cold"
