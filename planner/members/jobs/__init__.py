"""The jobs of an organisation on many machines: what each does, when it is due, and the queue in the database that
hands each to one worker."""
