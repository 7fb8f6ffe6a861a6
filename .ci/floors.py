"""Compare scores with the floors in tests/floors.toml; fails when one is below its floor.

usage: floors.py FLOORS.toml GOLD.json CASES.json            check
       floors.py FLOORS.toml GOLD.json CASES.json --raise    write the scores as the new floors where they are higher

GOLD.json is the last line of `gold/score.py --json`, CASES.json that of `cases/score_cases.py --json`. Floors
are cut, not rounded, to three digits, so that a score stands at or above the floor made of it.
"""
import json
import pathlib
import sys
import tomllib


# Rows of fewer items tell of single texts and not of rules: they have no floor.
LEAST = {"mention": 10, "fact": 20, "case": 50}


def scores(gold, cases):
    """Sections of named scores, in the form of the floors."""
    mentions = {name: cells for name, cells in gold["mentions"].items() if cells["gold"] >= LEAST["mention"]}
    facts = {name: cells for name, cells in gold["facts"].items() if cells["gold"] >= LEAST["fact"]}
    cases = {name: cells for name, cells in cases.items() if cells["of"] >= LEAST["case"]}
    sections = {
        "mention": {name: cells["f1"] for name, cells in mentions.items()},
        "norm": {name: mentions[name]["norm_f1"] for name in ("date", "figure") if "norm_f1" in mentions.get(name, {})},
        "fact": {name: cells["f1"] for name, cells in facts.items()},
        "case": {name: cells["share"] for name, cells in cases.items()},
    }
    return {section: rows for section, rows in sections.items() if rows}


def main(arguments):
    path = pathlib.Path(arguments[0])
    found = scores(*(json.loads(pathlib.Path(name).read_text(encoding="utf-8")) for name in arguments[1:3]))
    floors = tomllib.loads(path.read_text(encoding="utf-8"))
    if "--raise" in arguments:
        lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("#")]
        for section in ("mention", "norm", "fact", "case"):
            old, new = floors.get(section, {}), found.get(section, {})
            lines += ["", f"[{section}]"]
            for name in sorted({*old, *new}):
                floor = max(old.get(name, 0), int(new.get(name, 0) * 1000) / 1000)
                lines.append(f'"{name}" = {floor:.3f}')
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return 0
    low = 0
    for section, rows in floors.items():
        for name, floor in rows.items():
            score = found.get(section, {}).get(name)
            if score is None and section not in found:
                continue
            if (score or 0) < floor:
                print(f"below its floor: {section} {name}: {score or 0:.4f} < {floor:.3f}")
                low += 1
    print(f"{low} scores below their floor" if low else "all scores at or above their floors")
    return 1 if low else 0


if __name__ == "__main__":
    if len(sys.argv) < 4:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1:]))
