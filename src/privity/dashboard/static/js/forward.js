// What a provider sent is handed on at once; without a script, by its button.
document.querySelector("[data-forward]")?.requestSubmit();
