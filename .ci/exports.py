"""Reads the exports of a build back with independent programs and compares them with the build.

usage: exports.py ZHITU BUILD OUT

ZHITU is the program, BUILD the folder of a build, OUT a folder for what is made on the way (pictures stay there).
"""
import csv
import io
import json
import pathlib
import shutil
import subprocess
import sys
from collections import Counter

import cassis
import networkx
import pyshacl
import rdflib
from rdflib.compare import to_isomorphic

ZHITU, BUILD, OUT = sys.argv[1], pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])
HERE = pathlib.Path(__file__).parent
ZH = rdflib.Namespace("https://zhitu.example/ontology#")


def zhitu(*arguments):
    """What a command writes."""
    return subprocess.run([ZHITU, *arguments, "--store", str(BUILD)], check=True, stdout=subprocess.PIPE).stdout


def export(form, *arguments):
    return zhitu("export", form, *arguments)


def rows(table):
    text = export("csv", "--table", table).decode("utf-8")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def same(what, one, other):
    if one != other:
        sys.exit(f"{what}: {str(one)[:2000]}\n  is not\n{str(other)[:2000]}")


def graph_files():
    """GraphML, GEXF and CSV hold the same nodes and edges, with types, labels, weights and dates."""
    nodes, edges = rows("nodes"), rows("edges")
    wanted = {row["Id"]: (row["Label"], row["type"], int(row["degree"]), float(row["pagerank"])) for row in nodes}
    links = Counter(
        (row["Source"], row["Target"], row["predicate"], row["Label"], float(row["Weight"]), row["first"], row["last"])
        for row in edges
    )
    for form, read in (("graphml", networkx.read_graphml), ("gexf", networkx.read_gexf)):
        path = OUT / f"graph.{form}"
        path.write_bytes(export(form))
        graph = read(path)
        found = {
            name: (data["label"], data["type"], data["degree"], data["pagerank"]) for name, data in graph.nodes(data=True)
        }
        same(f"nodes of {form}", found, wanted)
        found = Counter(
            (a, b, data["predicate"], data["label"], float(data["weight"]), start(data, "first", "start"), start(data, "last", "end"))
            for a, b, data in graph.edges(data=True)
        )
        same(f"edges of {form}", found, links)
    with_bom = export("csv", "--bom")
    same("byte order mark", with_bom[:3], b"\xef\xbb\xbf")
    same("table with the mark", with_bom[3:], export("csv"))
    print(f"networkx: {len(nodes)} nodes and {len(edges)} edges, the same in GraphML, GEXF and CSV")


def start(data, *names):
    return next((str(data[name]) for name in names if data.get(name)), "")


def rdf_files():
    """Every syntax of RDF, read by rdflib, gives the same graphs; returns the data set of the N-Quads."""
    def read(form, name):
        data = rdflib.Dataset()
        data.parse(data=export(form), format=name)
        graphs = {}
        for s, p, o, g in data.quads((None, None, None, None)):
            assert not isinstance(s, rdflib.BNode) and not isinstance(o, rdflib.BNode)
            graphs.setdefault(str(g) if g is not None else "", set()).add((s, p, exact(o)))
        return data, graphs

    data, quads = read("nquads", "nquads")
    count = sum(len(triples) for triples in quads.values())
    same("quads", count, len((BUILD / "graph.nq").read_text(encoding="utf-8").splitlines()))
    default = {"": quads.get("", quads.get("urn:x-rdflib:default"))}
    assert default[""], list(quads)[:3]
    for form, name in (("trig", "trig"), ("jsonld", "json-ld")):
        same(form, read(form, name)[1], quads)
    for form, name in (("turtle", "turtle"), ("ntriples", "nt"), ("rdfxml", "xml")):
        graph = rdflib.Graph()
        graph.parse(data=export(form), format=name)
        same(form, {(s, p, exact(o)) for s, p, o in graph}, default[""])
        isomorphic = rdflib.Graph()
        for triple in data.default_graph if hasattr(data, "default_graph") else data.default_context:
            isomorphic.add(triple)
        assert to_isomorphic(graph) == to_isomorphic(isomorphic), form
    ontology = rdflib.Graph().parse(BUILD / "ontology.ttl")
    for term in set(ontology.subjects(rdflib.RDF.type)):
        languages = {label.language for label in ontology.objects(term, rdflib.RDFS.label)}
        if str(term).startswith(str(ZH)):
            same(f"languages of {term}", languages, {"zh", "en"})
    print(f"rdflib: {count} quads, the same in N-Quads, TriG, JSON-LD; the default graph in Turtle, N-Triples, RDF/XML")
    return data, ontology


def exact(term):
    """Terms are compared by what is written, not by value."""
    return term.n3() if isinstance(term, rdflib.Literal) else term


def annotated():
    """Turtle of RDF 1.2, read by N3.js: the default graph, and on each fact its statements."""
    modules = HERE.parent / "target/exports-npm/node_modules"
    if not shutil.which("node") or not (modules / "n3").is_dir():
        print("RDF 1.2 not checked: Node.js or N3.js is not there")
        return
    turtle = export("annotated")
    read = subprocess.run(["node", HERE / "rdf12.mjs", modules], input=turtle, check=True, stdout=subprocess.PIPE).stdout
    found = Counter(read.decode("utf-8").splitlines())
    rdf, statements, plain = str(rdflib.RDF), {}, set()
    data = rdflib.Dataset()
    data.parse(BUILD / "graph.nq", format="nquads")
    for s, p, o, g in data.quads((None, None, None, None)):
        s, p, o, g = str(s), str(p), term(o), "" if g is None or "rdflib:default" in str(g) else str(g)
        if "/fact/" in s and "conflictsWith" not in p:
            statements.setdefault(s, [g, {}])[1].setdefault(p, []).append(o)
        elif not g:
            plain.add(json.dumps([s, p, o], ensure_ascii=False))
    wanted = Counter(plain)
    for node, (graph, pairs) in statements.items():
        triple = [pairs.pop(rdf + name)[0] for name in ("subject", "predicate", "object")]
        if json.dumps(triple, ensure_ascii=False) in plain:
            lines = [[node, rdf + "reifies", triple], [node, str(rdflib.PROV.wasDerivedFrom), graph]]
            lines += [[node, p, o] for p, objects in pairs.items() for o in objects]
            wanted.update(json.dumps(line, ensure_ascii=False) for line in lines)
    found = Counter(json.dumps(json.loads(line), ensure_ascii=False) for line in found.elements())
    same("only in the export", sorted((found - wanted).elements())[:3], [])
    same("not in the export", sorted((wanted - found).elements())[:3], [])
    print(f"N3.js: {len(wanted)} triples of RDF 1.2, {sum('#reifies' in line for line in wanted)} of them statements on facts")


def term(o):
    if isinstance(o, rdflib.Literal):
        kind = o.datatype or (rdflib.RDF.langString if o.language else rdflib.XSD.string)
        return {"text": str(o), "language": o.language or "", "type": str(kind)}
    return str(o)


def queries(data, ontology):
    """Each query of .ci/queries.rq gives the same rows here and there."""
    prefixes = zhitu("query", "--prefixes").decode("utf-8")
    named = data.graph(rdflib.URIRef("https://zhitu.example/ontology"))
    for triple in ontology:
        named.add(triple)
    blocks = (HERE / "queries.rq").read_text(encoding="utf-8").split("\n\n")
    queries = ["\n".join(line for line in block.splitlines() if not line.startswith("#")) for block in blocks]
    queries = [query for query in queries if query.strip()]
    total = 0
    for query in queries:
        ours = json.loads(zhitu("query", query, "--format", "json"))
        theirs = json.loads(data.query(prefixes + query).serialize(format="json"))
        if "boolean" in ours:
            same(query, ours["boolean"], theirs["boolean"])
            continue
        same(query, bag(ours), bag(theirs))
        assert ours["results"]["bindings"], f"no rows: {query}"
        total += len(ours["results"]["bindings"])
    print(f"rdflib: {len(queries)} queries with {total} rows, the same answers")


NUMBERS = {str(rdflib.XSD[name]) for name in ("integer", "decimal", "double", "float")}


def bag(answer):
    def term(cell):
        kind = cell.get("datatype", "")
        value = round(float(cell["value"]), 9) if kind in NUMBERS else cell["value"]
        return (cell["type"].replace("typed-", ""), value, cell.get("xml:lang", ""), kind if kind not in NUMBERS else "number")

    return Counter(tuple(sorted((name, term(cell)) for name, cell in row.items())) for row in answer["results"]["bindings"])


def shapes(build):
    """The build meets its shapes, and a broken one does not."""
    data = rdflib.Dataset(default_union=True)
    data.parse(build / "graph.nq", format="nquads")
    graph = rdflib.Graph()
    for s, p, o, _ in data.quads((None, None, None, None)):
        graph.add((s, p, o))
    shapes = rdflib.Graph().parse("rules/rdf/shapes.ttl")
    ontology = rdflib.Graph().parse(build / "ontology.ttl")
    fits, _, text = pyshacl.validate(graph, shacl_graph=shapes, ont_graph=ontology)
    if not fits:
        sys.exit(text[:3000])
    statement = next(graph.subjects(rdflib.RDF.predicate, None))
    graph.remove((statement, ZH.rule, None))
    assert not pyshacl.validate(graph, shacl_graph=shapes, ont_graph=ontology)[0]
    print(f"pyshacl: {len(graph)} triples of the {build.name} meet {len(set(shapes.subjects(rdflib.RDF.type, rdflib.SH.NodeShape)))} shapes")


def drawings():
    if not shutil.which("dot"):
        print("drawings not checked: GraphViz is not installed")
        return
    for nodes in (20, 500):
        for name, more in (("plain", []), ("types", ["--cluster", "type"])):
            path = OUT / f"graph-{nodes}-{name}.dot"
            path.write_bytes(export("dot", "--nodes", str(nodes), *more))
            picture = path.with_suffix(".png")
            subprocess.run(["dot", "-Tpng", "-Gdpi=80", path, "-o", picture], check=True, timeout=300)
            assert picture.stat().st_size > 20_000
            plain = subprocess.run(["dot", "-Tplain", path], check=True, stdout=subprocess.PIPE, timeout=300).stdout
            drawn = [line.split(" ") for line in plain.decode("utf-8").splitlines() if line.startswith("node n")]
            assert 10 < len(drawn) <= nodes, (nodes, len(drawn))
            overlapping = overlaps([tuple(map(float, cells[2:6])) for cells in drawn])
            assert overlapping * 50 <= len(drawn), f"{overlapping} of {len(drawn)} boxes overlap in {path}"
            print(f"GraphViz: {picture.name}, {len(drawn)} entities, {overlapping} overlaps")


def overlaps(boxes):
    """How many pairs of boxes (middle and size) cover one another by more than a tenth."""
    count = 0
    for at, (x, y, w, h) in enumerate(boxes):
        for ox, oy, ow, oh in boxes[:at]:
            across = (w + ow) / 2 - abs(x - ox)
            down = (h + oh) / 2 - abs(y - oy)
            count += across > 0.1 * min(w, ow) and down > 0.1 * min(h, oh)
    return count


def report():
    """The HTML report asks for nothing over the network and shows every fact in its text."""
    browser = next((shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome") if shutil.which(name)), None)
    page = OUT / "report.html"
    page.write_bytes(export("html"))
    if not browser:
        print("the report was not opened: no Chromium is installed")
        return
    log = OUT / "network.json"
    common = [
        browser, "--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--disable-background-networking",
        "--disable-component-update", "--disable-sync", "--no-first-run", "--disable-default-apps",
        "--host-resolver-rules=MAP * ~NOTFOUND", f"--user-data-dir={OUT / 'profile'}", "--virtual-time-budget=5000",
    ]
    address = page.resolve().as_uri()
    subprocess.run(
        [*common, "--window-size=1400,1000", f"--log-net-log={log}", f"--screenshot={OUT / 'report.png'}", address],
        check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=180,
    )
    assert (OUT / "report.png").stat().st_size > 20_000
    asked = requests(log)
    # The browser itself asks its maker for updates; the page asks nobody.
    foreign = [url for url in asked if not any(part in url for part in ("google.com/", "googleapis.com/", "gvt1.com/"))]
    same("addresses asked for", [url for url in foreign if url.startswith(("http", "ws"))], [])
    dom = subprocess.run([*common, "--dump-dom", address], check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=180)
    dom = dom.stdout.decode("utf-8")
    facts = sum(len(json.loads(line)["facts"]) for line in (BUILD / "records.jsonl").open(encoding="utf-8"))
    # Facts are numbered in each text anew.
    texts = [
        {name for part in text.split('data-f="')[1:] for name in part.split('"', 1)[0].split(" ")}
        for text in dom.split("<details")[1:]
    ]
    marked = sum(map(len, texts))
    assert marked >= facts * 0.9, (marked, facts)
    assert "http://" not in dom.replace("http://www.w3.org/", "") and "https://" not in dom.replace("https://zhitu.example/", "")
    print(f"Chromium: the report opens without a network and marks {marked} facts in their texts")


def requests(log):
    """The addresses of a net log, which ends in the middle where the browser was stopped."""
    text = log.read_text(encoding="utf-8", errors="replace")
    return {part.split('"', 1)[0] for part in text.split('"url":"')[1:]}


def annotations():
    """brat and UIMA CAS: marks stand at their words, and come back as gold with the corrections made there."""
    records = [json.loads(line) for line in (BUILD / "records.jsonl").open(encoding="utf-8")]
    count = 0
    for record in records[:5]:
        document = record["doc"]
        xmi = export("xmi", "--document", document)
        system = cassis.load_typesystem((HERE.parent / "src/export/typesystem.xml").open("rb"))
        cas = cassis.load_cas_from_xmi(io.BytesIO(xmi), typesystem=system)
        wanted = [m for m in record["mentions"] if not m.get("inner")]
        marks = cas.select("custom.Span")
        found = sorted((m.begin, m.end, m.get_covered_text(), m.label.removesuffix("_title")) for m in marks)
        wanted = sorted((m["start"], m["end"], m["text"], m["type"]) for m in wanted)
        same(f"marks of {document}", found, wanted)
        for fact in cas.select("custom.Relation"):
            assert fact.Governor.begin < fact.Governor.end and fact.Dependent.label and fact.label
        count += len(marks)
    print(f"dkpro-cassis: {count} marks of {min(5, len(records))} texts stand at their words")


if __name__ == "__main__":
    graph_files()
    data, ontology = rdf_files()
    queries(data, ontology)
    annotated()
    shapes(BUILD)
    shapes(OUT / "full")
    annotations()
    drawings()
    report()
