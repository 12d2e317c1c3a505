"""The colours of screen and documents."""

Colour = tuple[int, int, int]
"""Red, green and blue, 0 to 255."""

INK: Colour = (27, 39, 51)
BLUE: Colour = (31, 95, 168)
RED: Colour = (176, 42, 30)
AMBER: Colour = (178, 120, 20)
GREEN: Colour = (46, 125, 80)
BROWN: Colour = (150, 75, 0)
GREY: Colour = (110, 120, 130)
PALE: Colour = (238, 243, 248)
WHITE: Colour = (255, 255, 255)


def hex_of(colour: Colour) -> str:
    """As browsers and spreadsheets write it: #1f5fa8."""
    return "#" + "".join(f"{part:02x}" for part in colour)
