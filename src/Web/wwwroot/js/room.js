// Counts down the room that is left in a round while outcomes are chosen.

const left = document.querySelector("output[data-left]");
const form = document.querySelector("form.command-form");

function count() {
  left.textContent = Number(left.dataset.left) - form.querySelectorAll('input[type="radio"][value="admitted"]:checked').length;
}

if (left && form) {
  form.addEventListener("change", count);
  count();
}
