// Light or dark: as the system has it, until the visitor chooses; the choice is remembered. A classic script in the
// head, so that the first paint already has the right colours.
(() => {
  const KEY = "stampede.theme";
  const root = document.documentElement;
  const system = matchMedia("(prefers-color-scheme: dark)");

  const remembered = () => {
    try {
      return localStorage.getItem(KEY);
    } catch {
      return null; // storage may be forbidden
    }
  };

  const remember = (theme) => {
    try {
      localStorage.setItem(KEY, theme);
    } catch {
      // then the choice lasts for this visit only
    }
  };

  const apply = () => {
    const theme = root.dataset.chosen ?? (system.matches ? "dark" : "light");
    root.dataset.theme = theme;
    document.getElementById("theme-toggle")?.setAttribute("aria-pressed", String(theme === "dark"));
    root.dispatchEvent(new CustomEvent("themechange"));
  };

  const choose = (theme) => {
    root.dataset.chosen = theme;
    remember(theme);
    apply();
  };

  const chosen = remembered();
  if (chosen === "light" || chosen === "dark") {
    root.dataset.chosen = chosen;
  }
  apply();
  system.addEventListener("change", apply);
  document.addEventListener("DOMContentLoaded", () => {
    apply();
    document.getElementById("theme-toggle")
      .addEventListener("click", () => choose(root.dataset.theme === "dark" ? "light" : "dark"));
  });
})();
