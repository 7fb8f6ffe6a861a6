#!/usr/bin/env bash
# Extracts corpus/ in one run and by Spark in three partitions, folds the parts, and compares the graphs.
# Wants Java 17 and `pip install pyspark`; PYTHON names the Python that has it, ZHITU the program.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
export ZHITU=${ZHITU:-$root/target/release/zhitu} PYSPARK_PYTHON=${PYTHON:-python3}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

"$PYSPARK_PYTHON" - "$root/corpus" "$work/corpus.jsonl" <<'EOF'
import json, pathlib, sys
with open(sys.argv[2], "w", encoding="utf-8") as out:
    for path in sorted(pathlib.Path(sys.argv[1]).glob("*.txt")):
        line = {"id": path.stem, "text": path.read_text(encoding="utf-8"), "date": path.stem[:10]}
        print(json.dumps(line, ensure_ascii=False), file=out)
EOF

"$ZHITU" build --quiet --input-format jsonl "$work/corpus.jsonl" -o "$work/single"
"$PYSPARK_PYTHON" "$here/extract.py" "$work/corpus.jsonl" "$work/parts" 3
"$ZHITU" build --quiet --input-format extracted "$work/parts/part-*" -o "$work/folded"
for file in records.jsonl graph.nq ontology.ttl graph.dot summary.md; do
  cmp "$work/single/$file" "$work/folded/$file"
done
echo "$(ls "$work"/parts/part-* | wc -l) partitions, the same graph: $(wc -l <"$work/folded/graph.nq") statements"
