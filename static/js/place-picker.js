/* Picks a location's place in the CMS: the fields latitude and longitude hold it, the map shows and
   moves it. What an address leads to is drawn beside it and goes into the fields only when chosen.
   Leaflet is started through django-leaflet's L.Map.djangoMap; the outlines are our own
   files, so nobody outside learns of the place. Nothing shows while the location is confidential. */
(function () {
  "use strict";
  document.addEventListener("DOMContentLoaded", start);
  if (document.readyState !== "loading") start();

  function start() {
    var panel = document.querySelector("[data-place-picker]");
    var block = document.getElementById("place-ground");
    if (!panel || !block || !window.L || panel.dataset.ready) return;
    panel.dataset.ready = "yes";
    pick(panel, JSON.parse(block.textContent));
  }

  function pick(panel, ground) {
    var form = panel.closest("form");
    var lat = form.elements.latitude, lon = form.elements.longitude, secret = form.elements.confidential;
    var box = panel.querySelector(".place-map");
    var message = panel.querySelector("[data-place-message]");
    var choices = panel.querySelector("[data-place-choices]");
    var near = panel.querySelector("[data-place-near]"), back = panel.querySelector("[data-place-back]");
    var key = panel.querySelector("[data-place-key]");
    var words = panel.dataset, drawn = {}, names = [], rings = [], pin = null, later = 0, asked = 0;
    var saved = [lat.value, lon.value];

    box.hidden = false;
    var map = L.Map.djangoMap(box.id, {
      djoptions: { srid: null, extent: null, fitextent: false, center: null, zoom: null, minzoom: 3, maxzoom: 18,
                   layers: [], overlays: [], attributionprefix: "", scale: "imperial", minimap: false,
                   resetview: false, tilesextent: [] },
      globals: false, callback: null, zoomControl: false, worldCopyJump: true, scrollWheelZoom: false
    });
    L.control.zoom({ zoomInTitle: words.zoom, zoomOutTitle: words.out }).addTo(map);
    map.attributionControl.addAttribution(words.credit);
    map.fitBounds(L.latLng(ground.area[0], ground.area[1]).toBounds(2000 * ground.area[2]), { animate: false });
    map.on("moveend", function () { outline(); unclutter(); });
    map.on("click", function (event) { put(event.latlng); });
    new ResizeObserver(function () { map.invalidateSize({ pan: false }); }).observe(box);
    [lat, lon].forEach(function (field) { field.addEventListener("change", read); });
    if (secret) secret.addEventListener("change", hide);
    panel.querySelector("[data-place-find]").addEventListener("click", function (event) {
      event.preventDefault();
      find();
    });
    back.addEventListener("click", function () {
      fill(saved[0], saved[1]);
      read();
      panel.querySelector("[data-place-find]").focus();
    });
    read();
    hide();
    outline();

    function hide() {
      panel.hidden = Boolean(secret && secret.checked);
    }

    /* From the fields to the marker. */
    function read() {
      changed();
      var at = [parseFloat(lat.value), parseFloat(lon.value)];
      if (!(Math.abs(at[0]) <= 90 && Math.abs(at[1]) <= 180)) {
        if (pin) pin.remove();
        pin = null;
        return;
      }
      mark(L.latLng(at));
      map.setView(at, Math.max(map.getZoom(), 12), { animate: false });
    }

    /* From the marker to the fields. */
    function put(at) {
      var place = at.wrap();
      mark(place);
      fill(place.lat.toFixed(6), place.lng.toFixed(6));
      changed();
    }

    function fill(north, east) {
      lat.value = north;
      lon.value = east;
      [lat, lon].forEach(function (field) { field.dispatchEvent(new Event("input", { bubbles: true })); });
    }

    /* The saved point can be put back; what lies near the new one is told when it rests. */
    function changed() {
      back.hidden = lat.value === saved[0] && lon.value === saved[1];
      clearTimeout(later);
      later = setTimeout(function () {
        var mine = ++asked;
        ask(words.near).then(function (found) {
          if (mine === asked) near.textContent = found.near;
        }).catch(function () { near.textContent = ""; });
      }, 400);
    }

    function ask(address) {
      return fetch(address, {
        method: "POST", body: new FormData(form), headers: { "X-Requested-With": "XMLHttpRequest" }
      }).then(function (answer) {
        if (!answer.ok) throw new Error(answer.status);
        return answer.json();
      });
    }

    function mark(at) {
      if (pin) { pin.setLatLng(at); return; }
      pin = L.marker(at, {
        draggable: true, title: words.pin,
        icon: L.divIcon({ className: "place-pin", html: document.createElement("span"), iconSize: [44, 44] })
      }).addTo(map);
      pin.on("dragend", function () { put(pin.getLatLng()); });
      var element = pin.getElement();
      element.setAttribute("aria-label", words.pin);
      element.addEventListener("keydown", step);
    }

    /* Arrow keys move the marker by the width of itself over four. */
    function step(event) {
      var by = { ArrowUp: [0, -6], ArrowDown: [0, 6], ArrowLeft: [-6, 0], ArrowRight: [6, 0] }[event.key];
      if (!by) return;
      event.preventDefault();
      event.stopPropagation();
      put(map.containerPointToLatLng(map.latLngToContainerPoint(pin.getLatLng()).add(by)));
      map.panInside(pin.getLatLng(), { padding: [40, 40] });
    }

    function find() {
      ask(words.find).then(function (found) {
        say(found.message, found.places);
        compare(found.places);
      }).catch(function () { say(words.failed, []); compare([]); });
    }

    function say(text, places) {
      message.textContent = text;
      choices.replaceChildren.apply(choices, places.map(function (place) {
        var item = document.createElement("li"), button = document.createElement("button");
        var name = document.createElement("strong");
        name.textContent = place.label;
        button.type = "button";
        button.className = "button button-small";
        button.textContent = words.use;
        button.setAttribute("aria-label", words.use + ": " + place.label);
        button.addEventListener("click", function () { use(place); });
        item.append(name, " " + place.exact + " " + place.apart + " ", button);
        return item;
      }));
    }

    /* What was found as rings, in one view with the point that the form holds. */
    function compare(places) {
      rings.forEach(function (ring) { ring.remove(); });
      rings = places.map(function (place) {
        return L.circleMarker([place.lat, place.lon], { radius: 14, className: "place-found", interactive: false }).addTo(map);
      });
      key.hidden = !places.length;
      if (!places.length) return;
      var all = L.latLngBounds(places.map(function (place) { return [place.lat, place.lon]; }));
      if (pin) all.extend(pin.getLatLng());
      map.fitBounds(all, { padding: [48, 48], maxZoom: 13, animate: false });
    }

    function use(place) {
      put(L.latLng(place.lat, place.lon));
      say(place.label + ". " + words.used, []);
      compare([]);
      back.focus();
    }

    /* The ground: outlines and town names of the states in view. */
    function outline() {
      if (map.getZoom() < 6) { fetchOnce(ground.overview); return; }
      ground.outlines.forEach(function (state) {
        var inView = state.slice(1).some(function (b) { return map.getBounds().intersects([[b[1], b[0]], [b[3], b[2]]]); });
        if (inView) fetchOnce(state[0]);
      });
    }

    function fetchOnce(address) {
      if (drawn[address]) return;
      drawn[address] = true;
      fetch(address).then(function (answer) {
        if (!answer.ok) throw new Error(answer.status);
        return answer.json();
      }).then(draw).catch(function () { drawn[address] = false; });
    }

    function draw(found) {
      found.features.forEach(function (feature) {
        if (feature.geometry.type === "MultiPoint") { label(feature); return; }
        L.geoJSON(feature, { interactive: false, style: { className: "place-line" } }).addTo(map).bringToBack();
      });
      unclutter();
    }

    function label(feature) {
      feature.geometry.coordinates.forEach(function (at, n) {
        var name = document.createElement("span");
        name.textContent = feature.properties.names[n];
        var marker = L.marker([at[1], at[0]], {
          interactive: false, keyboard: false,
          icon: L.divIcon({ className: "place-name", html: name, iconSize: null })
        }).addTo(map);
        marker.getElement().setAttribute("aria-hidden", "true");
        names.push({ at: marker.getLatLng(), element: marker.getElement(), rank: n, wide: 8 * name.textContent.length });
      });
      names.sort(function (one, other) { return one.rank - other.rank; });
    }

    /* Of names that would overlap, the larger town's stays. */
    function unclutter() {
      var taken = [], view = map.getBounds();
      names.forEach(function (name) {
        var at = map.latLngToContainerPoint(name.at);
        var free = view.contains(name.at) && taken.every(function (other) {
          return Math.abs(at.y - other.at.y) > 16 || Math.abs(at.x - other.at.x) > (name.wide + other.wide) / 2;
        });
        name.element.hidden = !free;
        if (free) taken.push({ at: at, wide: name.wide });
      });
    }
  }
})();
