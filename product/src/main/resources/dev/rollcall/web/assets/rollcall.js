// What pages do beside htmx: they are live only while somebody looks, and stay as they are when
// nothing has changed.
(function () {
  "use strict";

  const last = new WeakMap();

  function live(element) {
    return element instanceof Element && element.hasAttribute("data-live");
  }

  function selecting(element) {
    const selection = window.getSelection();
    return selection !== null && !selection.isCollapsed && element.contains(selection.anchorNode);
  }

  document.addEventListener("htmx:beforeRequest", function (event) {
    if (live(event.target) && (document.hidden || selecting(event.target))) {
      event.preventDefault();
    }
  });

  document.addEventListener("visibilitychange", function () {
    if (!document.hidden) {
      document.querySelectorAll("[data-live]").forEach(function (element) {
        window.htmx.trigger(element, "wake");
      });
    }
  });

  // Swapping what is the same would close what is open and stir whoever listens to the page.
  document.addEventListener("htmx:beforeSwap", function (event) {
    const element = event.detail.elt;
    if (!live(element) || element.getAttribute("hx-swap") !== "innerHTML") {
      return;
    }
    const answer = event.detail.serverResponse;
    if (last.get(element) === answer) {
      event.detail.shouldSwap = false;
      return;
    }
    last.set(element, answer);
    element.openBefore = Array.from(element.querySelectorAll("details[open][id]"), function (one) {
      return one.id;
    });
  });

  document.addEventListener("htmx:afterSwap", function (event) {
    (event.detail.elt.openBefore || []).forEach(function (id) {
      const again = document.getElementById(id);
      if (again !== null) {
        again.open = true;
      }
    });
    const list = document.getElementById("event-list");
    if (list !== null && list.querySelector("tbody tr") !== null) {
      list.classList.remove("none-yet");
      const empty = document.getElementById("no-events");
      if (empty !== null) {
        empty.remove();
      }
    }
  });

  // On a phone the pages stand in a row that is wider than the screen.
  document.addEventListener("DOMContentLoaded", function () {
    const row = document.querySelector(".nav");
    const here = row === null ? null : row.querySelector("[aria-current]");
    if (here !== null) {
      row.scrollLeft += here.getBoundingClientRect().left - row.getBoundingClientRect().left
        - (row.clientWidth - here.clientWidth) / 2;
    }
  });

  function answers(yes) {
    document.documentElement.classList.toggle("not-live", !yes);
  }

  document.addEventListener("htmx:afterRequest", function (event) {
    if (live(event.target) || live(event.detail.elt)) {
      answers(event.detail.successful === true);
    }
  });
})();
