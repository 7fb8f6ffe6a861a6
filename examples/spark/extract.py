"""Extract a corpus with Spark: every partition goes through one `zhitu extract`.

usage: python extract.py INPUT.jsonl PARTS [PARTITIONS]

INPUT holds lines of {"id", "text", "date"}; any path or glob that Spark reads will do. PARTS becomes a folder of
text files, one a partition. Fold them to a graph with

    zhitu build --input-format extracted 'PARTS/part-*' -o graph

The graph is, byte for byte, that of `zhitu build INPUT.jsonl`: documents are put into order when they are folded.
ZHITU names the program where it is not on the path of the executors.
"""
import os
import subprocess
import sys
import threading

from pyspark.sql import SparkSession


def extracted(lines):
    """The lines of a partition as `zhitu extract --for-build` writes them."""
    command = [os.environ.get("ZHITU", "zhitu"), "extract", "--for-build", "--threads", "1"]
    command += ["--input-format", "jsonl", "-"]
    run = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def feed():
        with run.stdin as out:
            for line in lines:
                out.write(line.encode() + b"\n")

    # Lines go in while records come out: neither side holds the whole partition.
    feeder = threading.Thread(target=feed, daemon=True)
    feeder.start()
    for line in run.stdout:
        yield line.decode().rstrip("\n")
    feeder.join()
    # 1: some documents could not be read, which the log of the executor tells; the others are there.
    if run.wait() > 1:
        raise RuntimeError(f"zhitu extract ended with status {run.returncode}")


def main(source, parts, partitions=None):
    spark = SparkSession.builder.appName("zhitu extract").getOrCreate()
    lines = spark.sparkContext.textFile(source, int(partitions) if partitions else None)
    lines.mapPartitions(extracted).saveAsTextFile(parts)
    spark.stop()


if __name__ == "__main__":
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__)
    main(*sys.argv[1:])
