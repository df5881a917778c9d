using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using HousingBank.Web.Forms;

namespace HousingBank.Web.Tests;

/// <summary>Somebody who fills in forms as a browser would send them.</summary>
public sealed class FormFiller(HttpClient client)
{
    public HttpClient Client => client;

    /// <summary>Opens a form, fills it in and sends it.</summary>
    public async Task<HttpResponseMessage> SendAsync(string address, params (string Name, string Value)[] typed)
    {
        var page = await OpenAsync(address);
        return await SendAsync(address, page, typed);
    }

    public async Task<IDocument> OpenAsync(string address)
    {
        var answer = await client.GetAsync(address);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, address);
        return await answer.PageAsync();
    }

    /// <summary>Sends a form as it stands on a page, with what is typed now in place of what stood there.</summary>
    public Task<HttpResponseMessage> SendAsync(string address, IDocument page, params (string Name, string Value)[] typed)
    {
        var names = typed.Select(t => t.Name).ToHashSet();
        var form = page.QuerySelector("form.command-form").ShouldNotBeNull();
        typed.Select(t => t.Name).Except(Names(form)).ShouldBeEmpty("no such field");
        return client.PostAsync(address, new FormUrlEncodedContent(
            Standing(form).Where(f => !names.Contains(f.Name)).Concat(typed).Select(f => KeyValuePair.Create(f.Name, f.Value))));
    }

    /// <summary>Sends a form and sees that it led on.</summary>
    /// <returns>Where it led, without what it tells there.</returns>
    public async Task<string> DoneAsync(string address, params (string Name, string Value)[] typed)
    {
        var answer = await SendAsync(address, typed);
        if (answer.StatusCode != HttpStatusCode.Redirect)
            (await answer.PageAsync()).Problems().ShouldBeEmpty($"{address} was refused");
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect, address);
        return answer.Headers.Location!.PathAndQuery().Split('?')[0];
    }

    private static IEnumerable<string> Names(IElement form) => form.QuerySelectorAll("[name]").Select(e => e.GetAttribute("name")!);

    private static IEnumerable<(string Name, string Value)> Standing(IElement form) => form.QuerySelectorAll("[name]").SelectMany(field => field switch
    {
        IHtmlInputElement { Type: "radio" or "checkbox" } tick => tick.IsChecked ? [(tick.Name!, tick.Value)] : [],
        IHtmlInputElement input => [(input.Name!, input.Value)],
        IHtmlTextAreaElement area => [(area.Name!, area.Value)],
        IHtmlSelectElement select => [(select.Name!, select.Value ?? "")],
        _ => Array.Empty<(string, string)>(),
    });
}

public static class FormReading
{
    /// <summary>What the summary above the form says.</summary>
    public static IReadOnlyList<string> Problems(this IDocument page) =>
        [.. page.QuerySelectorAll(".ds-error-summary li").Select(l => l.TextContent.Trim())];

    public static string Typed(this IDocument page, string name) => page.QuerySelector($"form.command-form [name='{name}']") switch
    {
        IHtmlInputElement input => input.Value,
        IHtmlTextAreaElement area => area.Value,
        IHtmlSelectElement select => select.Value ?? "",
        _ => throw new ShouldAssertException($"There is no field {name}."),
    };

    public static string CommandId(this IDocument page) => page.Typed(FormEntry.CommandIdName);
}
