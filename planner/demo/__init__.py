"""The built-in sample city: invented sources, served over real HTTP on loopback to the real spiders."""
