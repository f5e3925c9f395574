#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Small image files and what Pillow and transformers make of them: Tests/Fixtures/images.

usage: images_reference.py [FOLDER]   (made with torch 2.13.0, torchvision 0.28.0, transformers 5.24.0, Pillow 13.0.0)

Needs pillow, numpy, safetensors, torch, torchvision and transformers. `pixels.safetensors` holds what
load_image returns of each file ("NAME") and what is left when transparency is laid on white
("NAME.white"); `resized.safetensors` Image.resize and Image.thumbnail; `processed.safetensors` what the
processors described in processors/*.json return, by the Pillow backend ("PROCESSOR.IMAGE.pil") and by
torchvision's ("PROCESSOR.IMAGE.torchvision").
"""
import io, json, os, pathlib, struct, sys, zlib

os.environ["HF_HUB_OFFLINE"] = "1"
import numpy as np, torch
from PIL import Image, ImageFilter
from safetensors.numpy import save_file
import transformers
from transformers.image_transforms import convert_to_rgb
from transformers.image_utils import load_image

ROOT = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parents[1] / "images")
(ROOT / "processors").mkdir(parents=True, exist_ok=True)
random = np.random.default_rng(5)


def picture(width, height, channels=3):
    """Smooth colours with edges and a little noise."""
    y, x = np.mgrid[0:height, 0:width].astype(np.float64)
    planes = [127 + 90 * np.sin(x / (5 + 2 * c) + c) * np.cos(y / (7 + c)) + 60 * ((x // 9 + y // 6 + c) % 2 - .5)
              for c in range(channels)]
    noisy = np.stack(planes, -1) + random.normal(0, 6, (height, width, channels))
    return np.clip(noisy, 0, 255).astype(np.uint8)


def image(width=37, height=29, mode="RGB"):
    array = picture(width, height, len(Image.new(mode, (1, 1)).getbands()))
    return Image.fromarray(array[..., 0] if array.shape[-1] == 1 else array, mode)


def exif(orientation, big=False):
    order, mark = (">", b"MM") if big else ("<", b"II")
    return b"Exif\0\0" + mark + struct.pack(order + "HIHHHIHHI", 42, 8, 1, 0x112, 3, 1, orientation, 0, 0)


def xmp(orientation):
    return f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><r tiff:Orientation="{orientation}"/></x:xmpmeta>'.encode()


def chunk(name, data):
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png(width, height, depth, colour, rows, before=b"", interlace=0):
    """A PNG that Pillow does not write: rows are bytes, each without its filter."""
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, interlace))
            + before + chunk(b"IDAT", zlib.compress(b"".join(b"\0" + r for r in rows), 9)) + chunk(b"IEND", b""))


def interlaced(array):
    """Adam7 rows of an array of pixels, each a row of bytes with its filter cut off by png()."""
    rows = []
    for x, y, dx, dy in ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)):
        part = array[y::dy, x::dx]
        if part.size: rows += [row.tobytes() for row in part]
    return rows


def save(name, picture, **options):
    picture.save(ROOT / name, **options)


def jpegs():
    save("baseline.jpg", image(), quality=88)
    save("full-colour.jpg", image(), quality=90, subsampling=0)
    save("progressive.jpg", image(64, 160), quality=80, progressive=True)
    save("grey.jpg", image(mode="L"), quality=85)
    save("cmyk.jpg", image(mode="CMYK"), quality=92)
    save("one.jpg", image(1, 1))
    for value in range(1, 9): save(f"exif-{value}.jpg", image(23, 17), quality=90, exif=exif(value, value % 2 == 0))
    save("xmp-8.jpg", image(23, 17), quality=90, xmp=xmp(8))
    # YCCK: what Adobe writes when it transforms CMYK; the same scan, read with another transform.
    data = (ROOT / "cmyk.jpg").read_bytes()
    at = data.index(b"Adobe")
    (ROOT / "ycck.jpg").write_bytes(data[:at + 11] + b"\x02" + data[at + 12:])
    save("wide.jpg", image(160, 90), quality=85)
    save("tall.jpg", image(61, 143), quality=85)


def pngs():
    save("rgb.png", image())
    save("rgba.png", image(mode="RGBA"))
    save("grey.png", image(mode="L"))
    save("grey-alpha.png", image(mode="LA"))
    save("palette.png", image().quantize(13))
    save("palette-clear.png", image().quantize(200), transparency=bytes(range(0, 200, 7)))
    save("bits-1.png", image(mode="L").point(lambda v: 255 * (v > 120)).convert("1"))
    save("one.png", image(1, 1))
    save("exif-6.png", image(23, 17), exif=exif(6))
    a16 = lambda c: (random.integers(0, 65536, (11, 13, c)) if c > 1 else random.integers(0, 400, (11, 13, c))).astype(">u2")
    for name, colour, c in (("grey-16", 0, 1), ("rgb-16", 2, 3), ("grey-alpha-16", 4, 2), ("rgba-16", 6, 4)):
        (ROOT / f"{name}.png").write_bytes(png(13, 11, 16, colour, [r.tobytes() for r in a16(c)]))
    for bits in (2, 4):
        rows = [bytes(random.integers(0, 256, (13 * bits + 7) // 8, dtype=np.uint8)) for _ in range(11)]
        (ROOT / f"bits-{bits}.png").write_bytes(png(13, 11, bits, 0, rows))
    rgb = picture(13, 11)
    (ROOT / "interlaced.png").write_bytes(png(13, 11, 8, 2, interlaced(rgb), interlace=1))
    rgba = picture(13, 11, 4)
    (ROOT / "rgba-interlaced.png").write_bytes(png(13, 11, 8, 6, interlaced(rgba), interlace=1))
    key = rgb.copy(); key[::2, ::3] = (10, 20, 30)
    (ROOT / "rgb-key.png").write_bytes(
        png(13, 11, 8, 2, [r.tobytes() for r in key], chunk(b"tRNS", struct.pack(">HHH", 10, 20, 30))))
    grey = rgb[..., 0].copy(); grey[::2] = 77
    (ROOT / "grey-key.png").write_bytes(
        png(13, 11, 8, 0, [r.tobytes() for r in grey], chunk(b"tRNS", struct.pack(">H", 77))))
    packet = b"XML:com.adobe.xmp\0\1\0\0\0" + zlib.compress(xmp(5))
    (ROOT / "xmp-5.png").write_bytes(png(13, 11, 8, 2, [r.tobytes() for r in rgb], chunk(b"iTXt", packet)))
    save("animated.png", image(19, 12), save_all=True, append_images=[image(19, 12)])


SIDE = 30
PROCESSORS = {
    "clip": ("CLIP", dict(size={"shortest_edge": SIDE}, crop_size=SIDE)),
    "clip-larger-crop": ("CLIP", dict(size={"shortest_edge": SIDE}, crop_size={"height": 37, "width": 46})),
    "clip-bounded": ("CLIP", dict(size={"shortest_edge": SIDE, "longest_edge": 40}, do_center_crop=False)),
    "clip-scaled": ("CLIP", dict(size=SIDE, crop_size=SIDE, do_normalize=False, resample=2)),
    "siglip": ("Siglip", dict(size={"height": SIDE, "width": SIDE})),
    "siglip-bytes": ("Siglip", dict(size={"height": SIDE, "width": SIDE}, do_rescale=False)),
    "vit": ("ViT", dict(size=SIDE)),
    "vit-nearest": ("ViT", dict(size=SIDE, resample=0)),
    "vit-within": ("ViT", dict(size={"max_height": 25, "max_width": SIDE})),
    "llava": ("Llava", dict(size={"shortest_edge": SIDE}, crop_size=SIDE)),
    "llava-pad": ("Llava", dict(size={"shortest_edge": SIDE}, crop_size=SIDE, do_pad=True)),
    "idefics3": ("Idefics3", dict(size={"longest_edge": 48}, max_image_size={"longest_edge": 16})),
    "idefics3-whole": ("Idefics3", dict(size={"longest_edge": 48}, max_image_size={"longest_edge": 16}, do_image_splitting=False)),
    "smolvlm": ("SmolVLM", dict(size={"longest_edge": 40}, max_image_size={"longest_edge": 20}, do_pad=False)),
}


def processed():
    result = {}
    for name, (kind, options) in PROCESSORS.items():
        slow = getattr(transformers, kind + "ImageProcessorPil", None) or getattr(
            __import__(f"transformers.models.{kind.lower()}.image_processing_pil_{kind.lower()}", fromlist=["x"]),
            kind + "ImageProcessorPil")
        fast = getattr(transformers, kind + "ImageProcessor")
        described = json.loads(slow(**options).to_json_string())
        if "size" in options: described["size"] = options["size"]
        (ROOT / "processors" / f"{name}.json").write_text(json.dumps(described, indent=1, sort_keys=True) + "\n")
        for file in ("wide.jpg", "tall.jpg", "rgb.png", "one.png"):
            picture = load_image(str(ROOT / file))
            for backend, processor in (("pil", slow(**options)), ("torchvision", fast(**options))):
                nested = kind in ("Idefics3", "SmolVLM")
                extra = dict(return_row_col_info=True) if nested else {}
                out = processor([[picture]] if nested else picture, return_tensors="np", **extra)
                values = np.asarray(out["pixel_values"], dtype=np.float32)
                if nested: values = values[0]
                result[f"{name}.{file}.{backend}"] = np.ascontiguousarray(values)
                if nested and backend == "pil":
                    result[f"{name}.{file}.grid"] = np.array([out["rows"][0][0], out["cols"][0][0]], np.int32)
    save_file(result, ROOT / "processed.safetensors")
    worst = max(float(np.abs(v - result[k[:-3] + "torchvision"]).max()) for k, v in result.items()
                if k.endswith(".pil") and v.shape == result[k[:-3] + "torchvision"].shape)
    print("worst difference of the two backends after normalisation:", worst)


def main():
    jpegs(); pngs()
    files = sorted(p.name for p in ROOT.iterdir() if p.suffix in (".jpg", ".png"))
    pixels = {name: np.asarray(load_image(str(ROOT / name))) for name in files}
    for name in files:
        picture = Image.open(ROOT / name)
        if "A" in picture.getbands() or "transparency" in picture.info:
            pixels[name + ".white"] = convert_to_rgb(picture, return_numpy=True)
    save_file({k: np.ascontiguousarray(v) for k, v in pixels.items()}, ROOT / "pixels.safetensors")
    resized = {}
    for file in ("tall.jpg", "rgb.png"):
        picture = load_image(str(ROOT / file))
        for method in range(6):
            for width, height in ((30, 30), (7, 50), (80, 20), (1, 1), (37, 12), (61, 40)):
                resized[f"{file}.{method}.{width}x{height}"] = np.asarray(picture.resize((width, height), method))
        for width, height in ((20, 20), (40, 9), (300, 300), (60, 3)):
            small = picture.copy(); small.thumbnail((width, height), reducing_gap=None)
            resized[f"{file}.thumbnail.{width}x{height}"] = np.asarray(small)
    save_file(resized, ROOT / "resized.safetensors")
    processed()


main()
