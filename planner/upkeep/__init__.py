"""What keeps an installation going while nobody looks: the lines of schedulers, and the doctor who examines it."""
