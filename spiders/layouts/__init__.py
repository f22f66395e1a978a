"""How sites lay out what they tell, as data: a list of cards, rows of JSON, markup, a calendar, a feed.

A layout names the elements that its answers are known by. Where one is missing the site was laid out anew: the answer
is refused, by the name of what is missing, and gives no event at all, since what is read past it would be a guess. So
what was known of the source stays as it was. An answer that holds its frame and nothing in it is an empty list.
"""

from spiders.layouts.calendars import Calendar
from spiders.layouts.cards import Cards, OneOf
from spiders.layouts.feeds import Posts
from spiders.layouts.layout import Layout
from spiders.layouts.markup import Markup
from spiders.layouts.rows import Rows
from spiders.layouts.site import Proof, Site, by_rule, itself

__all__ = ["Calendar", "Cards", "Layout", "Markup", "OneOf", "Posts", "Proof", "Rows", "Site", "by_rule", "itself"]
