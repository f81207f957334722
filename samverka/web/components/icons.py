# ruff: noqa: E501  (drawings are long)
"""Few icons, drawn for this product on a grid of 24, put straight into the page so that they take the text's colour."""

from django.utils.html import format_html
from django.utils.safestring import SafeString

#: name -> what stands inside the svg element
ICONS: dict[str, str] = {
    "arrow-left": '<path d="M20 12H4m6-6-6 6 6 6"/>',
    "arrow-right": '<path d="M4 12h16m-6-6 6 6-6 6"/>',
    "calendar": '<rect x="4" y="5" width="16" height="15" rx="2"/><path d="M4 10h16M8 3v4m8-4v4"/>',
    "check": '<path d="m5 12.5 4.5 4.5L19 7.5"/>',
    "chevron-down": '<path d="m6 9 6 6 6-6"/>',
    "clock": '<circle cx="12" cy="12" r="8.5"/><path d="M12 7v5l3.5 2"/>',
    "copy": '<rect x="8" y="8" width="12" height="12" rx="2"/><path d="M16 8V6a2 2 0 0 0-2-2H6a2 2 0 0 0-2 2v8a2 2 0 0 0 2 2h2"/>',
    "cross": '<path d="m6 6 12 12M18 6 6 18"/>',
    "document": '<path d="M6 3h8l4 4v14H6zM14 3v4h4M9 12h6m-6 4h6"/>',
    "download": '<path d="M12 4v11m-5-5 5 5 5-5M5 20h14"/>',
    "globe": '<circle cx="12" cy="12" r="8.5"/><path d="M3.5 12h17M12 3.5c5 5 5 12 0 17M12 3.5c-5 5-5 12 0 17"/>',
    "help": '<circle cx="12" cy="12" r="8.5"/><path d="M9.5 9.5a2.5 2.5 0 1 1 3.4 2.3c-.6.3-.9.8-.9 1.7M12 16.6v.1"/>',
    "home": '<path d="m4 11 8-7 8 7v9h-5v-6H9v6H4z"/>',
    "info": '<circle cx="12" cy="12" r="8.5"/><path d="M12 11v5m0-8.1V8"/>',
    "link": '<path d="m10 14 4-4m-2.5-3 2-2a4 4 0 0 1 5.6 5.6l-2 2M12.5 17l-2 2a4 4 0 0 1-5.6-5.6l2-2"/>',
    "lock": '<rect x="5" y="11" width="14" height="9" rx="2"/><path d="M8 11V8a4 4 0 0 1 8 0v3"/>',
    "mail": '<rect x="3" y="5" width="18" height="14" rx="2"/><path d="m4 7 8 6 8-6"/>',
    "menu": '<path d="M4 7h16M4 12h16M4 17h16"/>',
    "pencil": '<path d="m4 20 1-4L16 5l3 3L8 19zM14 7l3 3"/>',
    "people": '<circle cx="8.5" cy="8" r="3"/><circle cx="16.5" cy="9" r="2.5"/><path d="M3 19c0-3.6 2.2-5.5 5.5-5.5S14 15.4 14 19m1.5-5c3-.3 5.5 1.4 5.5 4.5"/>',
    "person": '<circle cx="12" cy="8" r="3.5"/><path d="M5 20c0-4 2.8-6 7-6s7 2 7 6"/>',
    "phone": '<path d="M7 3.5 10 8l-1.5 2c1 2 2.5 3.5 4.5 4.5l2-1.5 4.5 3-1 3.5c-7 1.5-15-6.5-14-14.5z"/>',
    "pin": '<path d="M12 21c4.5-5 6.5-8.3 6.5-11a6.5 6.5 0 0 0-13 0c0 2.7 2 6 6.5 11z"/><circle cx="12" cy="10" r="2.3"/>',
    "plus": '<path d="M12 5v14M5 12h14"/>',
    "printer": '<path d="M7 8V4h10v4M7 17H4V9h16v8h-3"/><path d="M7 14h10v6H7z"/>',
    "readers": '<path d="M2.5 12C5 7.8 8.2 5.7 12 5.7s7 2.1 9.5 6.3c-2.5 4.2-5.7 6.3-9.5 6.3S5 16.2 2.5 12z"/><circle cx="12" cy="12" r="2.8"/>',
    "search": '<circle cx="10.5" cy="10.5" r="6.5"/><path d="m15.5 15.5 5 5"/>',
    "warning": '<path d="M12 4 2.5 20h19zM12 10v4.5m0 2.6v.1"/>',
}

#: the shape that goes with each side, so that colour never stands alone
SHAPES: dict[str, tuple[str, str]] = {
    "public": ("0 0 12 12", '<rect width="12" height="12" rx="1.5"/>'),
    "civil": ("0 0 12 12", '<circle cx="6" cy="6" r="6"/>'),
    "shared": ("0 0 20 12", '<path d="M10 1a6 6 0 1 0 0 10 6 6 0 1 0 0-10z"/>'),
}

#: the three readers' circles as pictures: a dot, one ring, two rings
CIRCLES: dict[str, str] = {
    "me": '<circle cx="18" cy="12" r="9.5" stroke-dasharray="3 3.4"/><circle class="solid" cx="18" cy="12" r="3.5"/>',
    "party": '<circle cx="18" cy="12" r="9.5"/><circle class="solid" cx="14.5" cy="12" r="2.5"/><circle class="solid" cx="21.5" cy="12" r="2.5"/>',
    "all": '<circle cx="13" cy="12" r="9.5"/><circle cx="23" cy="12" r="9.5"/><circle class="solid" cx="18" cy="12" r="2.5"/>',
}


def icon(name: str, label: str = "") -> SafeString:
    """Return the icon `name` as SVG. With `label` it is a picture with that name, without it is decoration.

    Raises KeyError for an icon that does not exist, so that a slip is seen at once.
    """
    inside = SafeString(ICONS[name])
    if label:
        return format_html('<svg class="icon" viewBox="0 0 24 24" role="img" aria-label="{}">{}</svg>', label, inside)
    return format_html('<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">{}</svg>', inside)


def side_shape(side: str) -> SafeString:
    """Return the shape of a side (public, civil or shared) as decoration. Raises KeyError for another word."""
    box, inside = SHAPES[side]
    return format_html(
        '<svg class="side-shape side-shape--{}" viewBox="{}" aria-hidden="true">{}</svg>', side, box, SafeString(inside)
    )


def circle_picture(circle: str) -> SafeString:
    """Return the picture of a readers' circle (me, party or all) as decoration."""
    return format_html('<svg class="icon" viewBox="0 0 36 24" aria-hidden="true">{}</svg>', SafeString(CIRCLES[circle]))
