"""Any address -> the best source behind it, or the reason why there is none.

`address` understands what a person gives, `platforms` and `page_links` know what may stand behind it, `search` decides
what to ask, `visit` asks it on the web.
"""
