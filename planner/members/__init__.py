"""Members: many persons whose weeks are planned from the same facts, each with their own wishes and private address."""
