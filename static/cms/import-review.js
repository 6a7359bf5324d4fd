// Counts the ticks of this page as they change. Without it the number is that of the last visit to the server.
const total = document.getElementById("chosen");
const boxes = [...document.querySelectorAll('input[name="row"][form="rows"]')];
if (total && boxes.length) {
  const saved = (box) => Number(box.dataset.chosen);
  const now = (box) => {
    if (box.checked) return Number(box.dataset.rows);
    return box.defaultChecked ? 0 : saved(box);
  };
  const sum = (count) => boxes.reduce((found, box) => found + count(box), 0);
  const elsewhere = Number(total.value) - sum(saved);
  const tell = () => { total.value = String(elsewhere + sum(now)); };
  for (const box of boxes) box.addEventListener("change", tell);
  window.addEventListener("pageshow", tell); // a browser puts back the ticks of a page that it had left
  tell();
}
