namespace HousingBank.Browser.Tests;

/// <summary>The parts of a walk by keyboard that run in the page.</summary>
internal static class KeyboardWalk
{
    /// <summary>Numbers what can be clicked, remembers how it looks, puts the focus before the first, and from then on notes where it comes: asking after each key takes as long as the key.</summary>
    public const string Prepare = """
        () => {
          const wanted = 'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]';
          const oneOfAGroup = radio => radio.type === 'radio' && radio !==
            (document.querySelector(`input[type=radio][name="${CSS.escape(radio.name)}"]:checked`)
              ?? document.querySelector(`input[type=radio][name="${CSS.escape(radio.name)}"]`));
          const look = element => {
            const style = getComputedStyle(element);
            return [style.outline, style.boxShadow, style.border, style.backgroundColor, style.textDecoration].join();
          };
          document.activeElement?.blur();
          window.walk = [...document.querySelectorAll(wanted)]
            .filter(element => element.checkVisibility({ visibilityProperty: true }) && !element.disabled && !oneOfAGroup(element))
            .map(element => ({ element, before: look(element) }));
          window.getSelection().removeAllRanges();
          window.reached = new Map();
          document.addEventListener('focusin', event => {
            const index = window.walk.findIndex(({ element }) => element === event.target);
            if (index >= 0 && !window.reached.has(index))
              window.reached.set(index, look(event.target) !== window.walk[index].before);
          });
          return window.walk.map(({ element }) => element.outerHTML.slice(0, 200));
        }
        """;

    /// <summary>Says where the focus has been.</summary>
    public const string Reached = "() => [...window.reached].map(([index, shows]) => ({ index, shows }))";

    public sealed record Focused
    {
        /// <summary>Of the numbered elements.</summary>
        public int Index { get; init; }

        /// <summary>It looked other than before.</summary>
        public bool Shows { get; init; }
    }
}
