"""Measure everything that the documents quote, ours beside others, and write the tables.

    python benchmarks/peers.py                      everything, about twenty minutes
    python benchmarks/peers.py latency builds       only these parts
    python benchmarks/peers.py --print latency      print, and leave the documents as they are
    python benchmarks/peers.py --quick              try everything once; the figures say nothing

The figures go into results.json and from there into README.md, each part with the day, the machine
and the versions. Run it on a machine that does nothing else. The first run makes an environment for
Panel and marimo in .cache/peers-venv, from requirements-peers.txt. Nothing reaches beyond this
computer while something is measured, and every part ends by itself.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import asdict

import builds
import environment
import first_chart
import latency
import memory
import results
import timeline_scale
import weight

PARTS: dict[str, Callable[[bool], results.Table]] = {
    "latency": latency.measure,
    "first-chart": first_chart.measure,
    "weight": weight.measure,
    "builds": builds.measure,
    "memory": memory.measure,
    "scale": timeline_scale.measure,
    "clone": weight.measure_clone,
}


def main() -> None:
    """Do what the command line says."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("part", nargs="*", help=f"by default all: {', '.join(PARTS)}")
    parser.add_argument("--print", action="store_true", help="change no file")
    parser.add_argument("--quick", action="store_true", help="try each part once, shortened")
    given = parser.parse_args()
    if unknown := set(given.part) - set(PARTS):
        parser.error(f"no part is called {', '.join(unknown)}; there are {', '.join(PARTS)}")
    if "latency" in (given.part or PARTS):
        environment.python()  # what is installed first is not in the figures
    for name in given.part or PARTS:
        peers = environment.versions() if name == "latency" else None
        around = results.circumstances(peers, quick=given.quick)
        table = PARTS[name](given.quick)
        said = results.described(around)
        print(f"\n{name}. {said}\n\n{results.render(asdict(table))}", flush=True)
        if not given.print:
            results.store(name, table, around)


if __name__ == "__main__":
    main()
