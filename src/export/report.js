(function () {
  "use strict";
  function each(list, run) { Array.prototype.forEach.call(list, run); }
  function clear(doc) { each(doc.querySelectorAll(".on"), function (e) { e.classList.remove("on"); }); }
  function has(mark, id) { return (" " + mark.getAttribute("data-f") + " ").indexOf(" " + id + " ") >= 0; }
  function showFact(doc, fact, scroll) {
    clear(doc);
    fact.classList.add("on");
    var first = null, id = fact.getAttribute("data-id");
    each(doc.querySelectorAll("mark"), function (m) {
      if (has(m, id)) { m.classList.add("on"); first = first || m; }
    });
    if (first && scroll) { first.scrollIntoView({ block: "center", behavior: "smooth" }); }
  }
  function showMark(doc, mark) {
    clear(doc);
    mark.classList.add("on");
    var first = null;
    each(doc.querySelectorAll(".fact"), function (f) {
      if (has(mark, f.getAttribute("data-id"))) { f.classList.add("on"); first = first || f; }
    });
    if (first) { first.scrollIntoView({ block: "nearest" }); }
  }
  document.addEventListener("click", function (event) {
    var doc = event.target.closest("details.doc");
    if (!doc) { return; }
    var fact = event.target.closest(".fact"), mark = event.target.closest("mark");
    if (fact) { showFact(doc, fact, true); } else if (mark) { showMark(doc, mark); }
  });
  document.addEventListener("keydown", function (event) {
    if (event.key === "Enter" && event.target.classList.contains("fact")) { event.target.click(); }
  });
  var box = document.getElementById("find");
  box.addEventListener("input", function () {
    var words = box.value.trim();
    each(document.querySelectorAll("details.doc, table.names tbody tr"), function (part) {
      part.hidden = words !== "" && part.textContent.indexOf(words) < 0;
    });
  });
})();
