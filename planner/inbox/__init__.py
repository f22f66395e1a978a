"""What the user hands in: announcements, links and pictures that become events of their own."""
