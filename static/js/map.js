/* The map of a results page: the list's own places as numbered, keyboard-reachable markers.
   Leaflet is started through django-leaflet's L.Map.djangoMap from a block of data: no inline script,
   no tiles, no third party. Zooming asks our own API for finer groups of the same search. */
(function () {
  "use strict";
  var box = document.getElementById("places-map");
  var block = document.getElementById("map-data");
  if (!box || !block || !window.L) return;

  var data = JSON.parse(block.textContent);
  var words = box.dataset;
  var drawn = {};
  var markers = [];
  var labels = [];
  var asked = 0;
  var NEARBY = [0, -10, 10, -20, 20, -30, 30].reduce(function (all, y) {
    return all.concat([0, -15, 15, -30, 30, -45, 45, -60, 60].map(function (x) { return [x, y]; }));
  }, []).sort(function (one, other) { return Math.hypot(one[0], one[1]) - Math.hypot(other[0], other[1]); });

  box.textContent = "";
  box.classList.add("map-ready");
  var map = L.Map.djangoMap(box.id, {
    djoptions: { srid: null, extent: null, fitextent: false, center: null, zoom: null, minzoom: 3, maxzoom: 16,
                 layers: [], overlays: [], attributionprefix: "", scale: "imperial", minimap: false,
                 resetview: false, tilesextent: [] },
    globals: false, callback: null, zoomControl: false, worldCopyJump: true, scrollWheelZoom: false
  });
  map.createPane("names").style.zIndex = 450;
  L.control.zoom({ zoomInTitle: words.zoom, zoomOutTitle: words.out }).addTo(map);
  map.attributionControl.addAttribution(words.credit);
  map.fitBounds(bounds(data), { padding: [24, 24], maxZoom: 13, animate: false });
  if (data.centre && !data.area) {
    L.circle(data.centre, { radius: data.radiusKm * 1000, className: "map-radius", interactive: false }).addTo(map).bringToBack();
  }

  ground();
  show(data.clusters);
  map.on("moveend", function () { ground(); unclutter(); offer(); });
  map.on("zoomend", regroup);
  box.addEventListener("keydown", function (event) { if (event.key === "Escape") map.closePopup(); });

  function bounds() {
    if (data.area) return [[data.area[1], data.area[0]], [data.area[3], data.area[2]]];
    if (!data.clusters.length) {
      return data.centre ? L.latLng(data.centre).toBounds(2000 * data.radiusKm) : [[24, -125], [50, -66]];
    }
    return data.clusters.reduce(function (all, c) {
      return all.extend([c[4], c[3]]).extend([c[6], c[5]]);
    }, L.latLngBounds([]));
  }

  /* Ground: outlines and town names of the states in view. */
  function ground() {
    var view = map.getBounds();
    box.dataset.depth = map.getZoom() < 7 ? "far" : map.getZoom() < 10 ? "middle" : "near";
    if (map.getZoom() < 6) { fetchOnce(data.overview); return; }
    data.outlines.forEach(function (state) {
      var inView = state.slice(1).some(function (b) {
        return view.intersects([[b[1], b[0]], [b[3], b[2]]]);
      });
      if (inView) fetchOnce(state[0]);
    });
  }

  function fetchOnce(address) {
    if (drawn[address]) return;
    drawn[address] = true;
    fetch(address).then(json).then(draw).catch(function () { drawn[address] = false; });
  }

  function json(answer) {
    if (!answer.ok) throw new Error(answer.status);
    return answer.json();
  }

  function draw(ground) {
    ground.features.forEach(function (feature) {
      if (feature.geometry.type === "MultiPoint") { label(feature); return; }
      L.geoJSON(feature, {
        interactive: false,
        style: { className: "map-" + feature.properties.kind, smoothFactor: 0.6 }
      }).addTo(map).bringToBack();
    });
  }

  function label(feature) {
    feature.geometry.coordinates.forEach(function (at, n) {
      var town = feature.properties.kind === "town";
      var size = !town ? "" : n < 6 ? " map-large" : n < 20 ? " map-medium" : "";
      var name = document.createElement("span");
      name.textContent = feature.properties.names[n];
      var marker = L.marker([at[1], at[0]], {
        interactive: false, keyboard: false, pane: "names",
        icon: L.divIcon({ className: "map-name map-" + feature.properties.kind + size, html: name, iconSize: null })
      }).addTo(map);
      marker.getElement().setAttribute("aria-hidden", "true");
      labels.push({ at: marker.getLatLng(), element: marker.getElement(), rank: town ? n : 1000, wide: 4 * name.textContent.length });
    });
    labels.sort(function (one, other) { return one.rank - other.rank; });
    unclutter();
  }

  /* Names give way to the places; of names that would overlap, the larger town's stays. */
  function unclutter() {
    var view = map.getBounds();
    var taken = [{ at: L.point(30, 52), wide: 30, high: 52, round: 1 }]; // the zoom buttons
    markers.forEach(function (marker) {
      var group = marker.getElement().classList.contains("map-group");
      taken.push({ at: map.latLngToContainerPoint(marker.getLatLng()), wide: 0, high: 0, round: group ? 22 : 14 });
    });
    labels.forEach(function (name) {
      var at = view.contains(name.at) && map.latLngToContainerPoint(name.at);
      var place = at && NEARBY.map(function (by) { return at.add(by); }).find(function (here) {
        return taken.every(function (other) { return apartBy(here, name.wide, other) >= other.round; });
      });
      name.element.hidden = !place;
      if (!place) return;
      name.element.style.marginLeft = place.x - at.x + "px";
      name.element.style.marginTop = place.y - at.y + "px";
      taken.push({ at: place, wide: name.wide + 2, high: 9, round: 1 });
    });
  }

  /* How far a name written here stays from what is there already. */
  function apartBy(here, wide, other) {
    return Math.hypot(
      Math.max(0, Math.abs(here.x - other.at.x) - wide - other.wide),
      Math.max(0, Math.abs(here.y - other.at.y) - 8 - other.high)
    );
  }

  /* Places: one marker a group, its number written on it. */
  function show(clusters) {
    var focused = markers.filter(function (marker) { return marker.getElement() === document.activeElement; })[0];
    markers.forEach(function (marker) { marker.remove(); });
    markers = apart(clusters).map(function (cluster) {
      var count = cluster[2];
      var name = count === 1 ? names([cluster[0], cluster[1]]) || words.one : words.many.replace("%s", count);
      var number = document.createElement("span");
      number.textContent = count > 1 ? count : "";
      var marker = L.marker([cluster[0], cluster[1]], {
        title: name, riseOnHover: true,
        icon: L.divIcon({ className: "map-place" + (count > 1 ? " map-group" : ""), html: number, iconSize: [44, 44] })
      }).addTo(map);
      marker.getElement().setAttribute("aria-label", name);
      marker.on("click", function () { open(marker, cluster); });
      marker.getElement().addEventListener("keydown", function (event) {
        if (event.key !== "Enter" && event.key !== " ") return;
        event.preventDefault();
        open(marker, cluster);
      });
      marker.on("popupclose", function () { marker.getElement().focus({ preventScroll: true }); });
      return marker;
    });
    unclutter();
    if (focused && markers.length) nearest(focused.getLatLng()).getElement().focus({ preventScroll: true });
  }

  function nearest(point) {
    return markers.reduce(function (best, marker) {
      return point.distanceTo(marker.getLatLng()) < point.distanceTo(best.getLatLng()) ? marker : best;
    });
  }

  /* Groups that would cover each other on this screen become one. */
  function apart(clusters) {
    return clusters.reduce(function (kept, cluster) {
      var at = map.latLngToContainerPoint([cluster[0], cluster[1]]);
      var near = kept.findIndex(function (other) {
        return map.latLngToContainerPoint([other[0], other[1]]).distanceTo(at) < 40;
      });
      if (near < 0) kept.push(cluster); else kept[near] = joined(kept[near], cluster);
      return kept;
    }, []);
  }

  function joined(a, b) {
    var count = a[2] + b[2];
    return [(a[0] * a[2] + b[0] * b[2]) / count, (a[1] * a[2] + b[1] * b[2]) / count, count,
      Math.min(a[3], b[3]), Math.min(a[4], b[4]), Math.max(a[5], b[5]), Math.max(a[6], b[6])];
  }

  /* The name in the list of a place at exactly this point, when the list shows it. */
  function names(point) {
    var card = cardAt(point);
    return card ? card.querySelector("h2").textContent.trim() : "";
  }

  function cardAt(point) {
    return Array.prototype.find.call(document.querySelectorAll("#list [data-lat]"), function (card) {
      return Math.abs(card.dataset.lat - point[0]) < 1e-6 && Math.abs(card.dataset.lon - point[1]) < 1e-6;
    });
  }

  function open(marker, cluster) {
    var area = [[cluster[4], cluster[3]], [cluster[6], cluster[5]]];
    var wide = cluster[6] - cluster[4] > 1e-5 || cluster[5] - cluster[3] > 1e-5;
    if (cluster[2] > 8 && wide && map.getZoom() < map.getMaxZoom()) {
      map.fitBounds(area, { padding: [32, 32], maxZoom: Math.min(map.getZoom() + 4, map.getMaxZoom()) });
      return;
    }
    var content = document.createElement("div");
    content.textContent = marker.options.title;
    marker.unbindPopup().bindPopup(content, { minWidth: 200, maxWidth: 280, maxHeight: 260 }).openPopup();
    ask({ bbox: grown(cluster), per_page: "8", page: "1" })
      .then(function (page) {
        fill(content, page);
        marker.getPopup().update();
        if (document.activeElement === marker.getElement()) content.querySelector("a").focus();
      })
      .catch(function () { content.textContent = words.failed; });
  }

  /* The rectangle of a group with a metre around it, so that its own points lie inside. */
  function grown(cluster) {
    var more = 0.00001;
    return [cluster[3] - more, cluster[4] - more, cluster[5] + more, cluster[6] + more].join(",");
  }

  function fill(content, page) {
    var list = document.createElement("ul");
    list.setAttribute("role", "list");
    page.hits.forEach(function (hit) {
      var item = document.createElement("li");
      var link = document.createElement("a");
      link.href = words.search + "services/" + encodeURIComponent(hit.service_id) + "/";
      link.textContent = hit.name;
      item.append(link);
      if (hit.distance_km !== null) {
        item.append(document.createElement("br"), miles(hit.distance_km));
      }
      list.append(item);
    });
    content.textContent = "";
    content.append(list);
    if (page.total > page.hits.length) {
      content.append(words.more.replace("%s", page.total - page.hits.length));
    }
  }

  function miles(km) {
    var far = km / 1.609344;
    return words.miles.replace("%s", far.toLocaleString(document.documentElement.lang, { maximumFractionDigits: far < 10 ? 1 : 0 }));
  }

  /* The same search, as the list asked it, of our own API. */
  function ask(more) {
    var body = {};
    new FormData(document.getElementById("again")).forEach(function (value, name) {
      if (name === "view") return;
      if (name === "radius_km") value = data.radiusKm || value;
      body[name] = body[name] ? [].concat(body[name], value) : value;
    });
    return fetch(words.api, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(Object.assign(body, more))
    }).then(json);
  }

  function regroup() {
    var mine = ++asked;
    ask({ bbox: rectangle(map.getBounds(), data.area), per_page: "1", page: "1" }).then(function (page) {
      if (mine !== asked) return;
      show(page.clusters.map(function (c) { return [c.lat, c.lon, c.count].concat(c.bbox); }));
    }).catch(function () { /* the groups that are there stay */ });
  }

  /* The view, kept inside `limits` (what the list covers, or the world). */
  function rectangle(view, limits) {
    var most = limits || [-180, -90, 180, 90];
    var within = function (degrees, least, greatest) { return Math.max(least, Math.min(greatest, degrees)).toFixed(5); };
    return [
      within(view.getWest(), most[0], most[2]), within(view.getSouth(), most[1], most[3]),
      within(view.getEast(), most[0], most[2]), within(view.getNorth(), most[1], most[3])
    ].join(",");
  }

  /* After the map was moved: the list can follow, by the same form. */
  function offer() {
    var button = document.getElementById("search-area");
    button.value = rectangle(map.getBounds());
    button.hidden = false;
  }
})();
