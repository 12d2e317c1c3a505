"""One thin script per step of the wizard; `app.py` puts them in order."""
