using System.Globalization;

namespace HousingBank.Web.Tests.Closed;

/// <summary>Every route and method, asked by everybody there is.</summary>
public sealed class AccessMatrixTests(MatrixSite site) : IClassFixture<MatrixSite>
{
    private static readonly string[] Methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"];

    [Fact]
    public void Every_route_stands_in_the_matrix_and_nothing_else_does()
    {
        var routes = site.Routes.Select(r => $"{r.Method} {r.Address}").ToList();
        var lines = AccessMatrix.Lines.Select(l => $"{l.Method} {l.Address}").ToList();

        lines.ShouldBeUnique();
        routes.Except(lines).ShouldBeEmpty("in no line of the matrix");
        lines.Except(routes).ShouldBeEmpty("in the matrix only");
    }

    [Fact]
    public async Task Everybody_gets_at_every_address_what_the_matrix_says()
    {
        var wrong = new List<string>();
        foreach (var line in AccessMatrix.Lines)
        {
            var got = new List<string>();
            foreach (var asker in AccessMatrix.Askers)
            {
                using var answer = await site.AskAsync(asker, line.Method, line.Address);
                got.Add(((int)answer.StatusCode).ToString(CultureInfo.InvariantCulture));
            }

            if (!got.SequenceEqual(line.Answers))
                wrong.Add($"says {line}\n got {line.Written(got)}");
        }

        wrong.ShouldBeEmpty();
    }
    [Fact]
    public async Task Whatever_can_be_fetched_can_be_asked_about_without_its_body()
    {
        foreach (var line in AccessMatrix.Lines.Where(l => l.Method == "GET"))
        {
            foreach (var asker in new[] { "nobody", "lead" })
            {
                using var answer = await site.AskAsync(asker, "HEAD", line.Address);
                ((int)answer.StatusCode).ShouldBe(int.Parse(line.Answer(asker), CultureInfo.InvariantCulture), line.ToString());
                (await answer.Content.ReadAsByteArrayAsync()).ShouldBeEmpty(line.Address);
            }
        }
    }

    [Fact]
    public async Task Every_other_method_is_refused_at_every_address()
    {
        foreach (var address in AccessMatrix.Lines.GroupBy(l => l.Address))
        {
            foreach (var method in Methods.Except(address.Select(l => l.Method)).Where(m => m != "HEAD"))
            {
                foreach (var asker in new[] { "nobody", "lead", "write" })
                {
                    using var answer = await site.AskAsync(asker, method, address.Key);
                    ((int)answer.StatusCode).ShouldBeOneOf(method == "GET" || MatrixSite.WithoutRoute.Contains(address.Key) ? [404, 405] : [405], $"{method} {address.Key}");
                }
            }
        }
    }

    /// <summary>Whatever has no address of its own is not told under another one either.</summary>
    [Theory]
    [InlineData("alien")]
    [InlineData("own")]
    public async Task What_belongs_to_another_office_or_municipality_leaves_no_trace_anywhere(string asker)
    {
        var hidden = asker == "alien" ? site.OfTheOffice : site.OfOtherMunicipalities;
        hidden.Count.ShouldBeGreaterThan(10);
        foreach (var line in AccessMatrix.Lines.Where(l => l.Method == "GET"))
        {
            foreach (var format in line.Address.StartsWith("/api/", StringComparison.Ordinal) ? new[] { "json", "csv" } : [""])
            {
                using var answer = await site.AskAsync(asker, "GET", line.Address, format);
                var asked = site.Filled(line.Address, MatrixSite.Own);
                var text = await answer.Content.ReadAsStringAsync();
                hidden.Where(id => !asked.Contains(id) && text.Contains(id)).ShouldBeEmpty($"{line.Address} {format}");
            }
        }
    }
}
