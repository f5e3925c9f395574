# SPDX-License-Identifier: GPL-3.0-or-later
"""The lines of a benchmark run as a Markdown table, with ratios to the reference."""
import json, platform, statistics, sys

cpu = next((l.split(":")[1].strip() for l in open("/proc/cpuinfo") if l.startswith("model name")), platform.processor())
print(f"{cpu}, {platform.system()}; medians\n")
for shape in ["8x256", "1x512"]:
    rows = [json.loads(l) for side in ("ours", "theirs") for l in open(f"{sys.argv[1]}/{side}-{shape}")]
    base = next(r for r in rows if r["what"] == "transformers, output_hidden_states")
    print(f"| {shape.replace('x', ' × ')} tokens | seconds | tokens/s | to transformers with states | of the multiply-add limit |")
    print("|---|---:|---:|---:|---:|")
    for r in rows:
        share = f"{100 * r['gflops'] / r['limit_gflops']:.0f} % of {r['limit_gflops']:.0f} GFLOP/s" if "gflops" in r else ""
        print(f"| {r['what']} | {statistics.median(r['seconds']):.2f} | {r['tokens_per_second']:.0f} "
              f"| {r['tokens_per_second'] / base['tokens_per_second']:.2f} | {share} |")
    print()
