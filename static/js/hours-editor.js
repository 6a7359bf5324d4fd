/* The hours of a service in the CMS: shows of each row what its rhythm needs, and the coming week
   as people will read it, which the server writes. Without this script all boxes are there and the
   button opens the same preview. */
(function () {
  "use strict";
  var panel, form, words, waiting, asked = 0;

  document.addEventListener("DOMContentLoaded", start);
  if (document.readyState !== "loading") start();

  function start() {
    panel = document.querySelector("[data-hours-preview]");
    if (!panel || panel.dataset.ready) return;
    panel.dataset.ready = "yes";
    form = panel.closest("form");
    words = panel.querySelector("[data-hours-words]");
    form.addEventListener("input", changed);
    form.addEventListener("change", changed);
    form.addEventListener("click", function (event) {
      if (!event.target.closest("button[type=button]")) return;
      fit();
      setTimeout(changed, 50, event);
    });
    panel.querySelector("button").addEventListener("click", function (event) {
      event.preventDefault();
      ask();
    });
    fit();
  }

  function changed(event) {
    fit();
    var name = event.target.name || event.target.id || "";
    if (event.type !== "click" && !/^(schedule|availability|holidays|service_at_locations)/.test(name)) return;
    clearTimeout(waiting);
    waiting = setTimeout(ask, 400);
  }

  function ask() {
    var mine = ++asked;
    fetch(panel.dataset.address, {
      method: "POST", body: new FormData(form), headers: { "X-Requested-With": "XMLHttpRequest" }
    }).then(function (answer) {
      if (!answer.ok) throw new Error(answer.status);
      return answer.text();
    }).then(function (html) {
      if (mine === asked) words.innerHTML = html;
    }).catch(function () { /* what stood there stays; the button opens a page */ });
  }

  /* A row shows what its rhythm needs, and no times when it is open for 24 hours. */
  function fit() {
    form.querySelectorAll("[name^='schedules-'][name$='-rhythm']").forEach(function (rhythm) {
      var row = rhythm.name.slice(0, -"rhythm".length);
      var chosen = rhythm.value || "1";
      show(row + "nths", chosen === "month");
      show(row + "bymonthday", chosen === "month");
      show(row + "dtstart", Number(chosen) > 1 || (chosen === "kept" && filled(row + "dtstart")));
      show(row + "byday", chosen !== "kept");
      var allDay = form.elements[row + "all_day"];
      ["opens_at", "closes_at"].forEach(function (name) { show(row + name, !(allDay && allDay.checked)); });
    });
  }

  function filled(name) {
    return Boolean(form.elements[name] && form.elements[name].value);
  }

  function show(name, wanted) {
    var field = form.querySelector("[name='" + name + "']");
    var box = field && field.closest(".w-panel__wrapper");
    if (box) box.hidden = !wanted;
  }
})();
