namespace HousingBank.Browser.Tests;

/// <summary>The parts of a walk by keyboard that run in the page.</summary>
internal static class KeyboardWalk
{
    /// <summary>Numbers what can be clicked, remembers how it looks, and puts the focus before the first.</summary>
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
            .map(element => ({ element, look, before: look(element) }));
          window.getSelection().removeAllRanges();
          return window.walk.map(({ element }) => element.outerHTML.slice(0, 200));
        }
        """;

    /// <summary>Says where the focus is.</summary>
    public const string Look = """
        () => {
          const index = window.walk.findIndex(({ element }) => element === document.activeElement);
          const found = window.walk[index];
          return { index, shows: found !== undefined && found.look(found.element) !== found.before };
        }
        """;

    public sealed record Focused
    {
        /// <summary>Of the numbered elements; -1 when none of them has the focus.</summary>
        public int Index { get; init; }

        /// <summary>It looks other than before.</summary>
        public bool Shows { get; init; }
    }
}
