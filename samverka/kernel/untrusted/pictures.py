"""Pictures drawn anew: turned the right way up, in the colours every screen knows, with nothing else in the file.

What a telephone writes beside the picture (where, when, with what, a small picture of what was cut away) is gone.
"""

import io
from typing import Any

from PIL import Image, ImageCms, ImageOps
from PIL.JpegImagePlugin import get_sampling

from .limits import MOST_PIXELS, Reason, Unfit

_QUALITY = 90


def redrawn(content: bytes, kind: str) -> bytes:
    """Return the PNG or JPEG picture drawn anew. Raises Unfit when it has too many pixels, and Pillow's errors."""
    Image.MAX_IMAGE_PIXELS = None  # our own limit is asked before anything is unpacked
    with Image.open(io.BytesIO(content), formats=[kind]) as picture:
        if picture.width * picture.height > MOST_PIXELS:
            raise Unfit(Reason.TOO_MANY_PIXELS)
        options = _as_fine(picture) if kind == "JPEG" else {}
        drawn = _plain(_in_common_colours(ImageOps.exif_transpose(picture)), kind)
    # A new picture has none of the facts that the read one carries.
    clean = Image.new(drawn.mode, drawn.size)
    clean.paste(drawn)
    file = io.BytesIO()
    clean.save(file, format=kind, **options)
    return file.getvalue()


def _as_fine(picture: Any) -> dict[str, Any]:
    """Return how to write a JPEG as fine as it was: neither larger nor worse to look at."""
    tables = picture.quantization
    if picture.mode not in {"RGB", "L"} or any(max(table) > 255 for table in tables.values()):
        return {"quality": _QUALITY}
    return {"qtables": tables, "subsampling": get_sampling(picture)}


def _in_common_colours(picture: Any) -> Any:
    """Return the picture in sRGB when it says how its colours are meant; as it is when that cannot be read."""
    profile = picture.info.get("icc_profile")
    if not profile or picture.mode not in {"RGB", "RGBA", "CMYK"}:
        return picture
    mode = "RGBA" if picture.mode == "RGBA" else "RGB"
    try:
        meant = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        return ImageCms.profileToProfile(picture, meant, ImageCms.createProfile("sRGB"), outputMode=mode)
    except (ImageCms.PyCMSError, OSError, ValueError):
        return picture


def _plain(picture: Any, kind: str) -> Any:
    """Return the picture in a mode that every program shows."""
    if picture.mode.startswith("I"):
        picture = picture.point(lambda value: value / 256).convert("L")
    if kind == "JPEG":
        return picture if picture.mode in {"RGB", "L"} else picture.convert("RGB")
    if picture.mode in {"LA", "PA", "RGBA"} or "transparency" in picture.info:
        return picture.convert("RGBA")
    return picture if picture.mode in {"RGB", "L"} else picture.convert("RGB")
