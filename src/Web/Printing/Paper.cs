using System.Reflection;
using HousingBank.Web.Languages;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace HousingBank.Web.Printing;

/// <summary>Writes a component as a document of its own: everything is in it, nothing is fetched, no script runs.</summary>
public sealed class Paper(HtmlRenderer renderer)
{
    /// <summary>How paper looks; pages that show a document use the same file.</summary>
    public static string Style { get; } = Read("Printing/paper.css");

    /// <typeparam name="TSheet">What stands on the paper.</typeparam>
    /// <param name="language">That of the document.</param>
    /// <param name="parameters">Of the component, by name.</param>
    public Task<string> WriteAsync<TSheet>(string title, Language language, params (string Name, object? Value)[] parameters)
        where TSheet : IComponent =>
        renderer.Dispatcher.InvokeAsync(async () => "<!DOCTYPE html>\n" + (await renderer.RenderComponentAsync<PaperDocument>(ParameterView.FromDictionary(new Dictionary<string, object?>
        {
            [nameof(PaperDocument.Title)] = title,
            [nameof(PaperDocument.Language)] = language,
            [nameof(PaperDocument.Sheet)] = typeof(TSheet),
            [nameof(PaperDocument.Parameters)] = parameters.ToDictionary(p => p.Name, p => p.Value),
        }))).ToHtmlString());

    private static string Read(string name)
    {
        using var file = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"{name} is not part of the program."));
        return file.ReadToEnd();
    }
}
