using System.Net;
using System.Text;
using HousingBank.Domain.Applications;
using HousingBank.Domain.Vocabulary;
using HousingBank.Support;
using HousingBank.Web.Attachments;
using HousingBank.Web.Tests.Api;
using Npgsql;
using ApplicationId = HousingBank.Domain.Vocabulary.ApplicationId;

namespace HousingBank.Web.Tests.Attachments;

/// <summary>Files of an application: what is taken, what is refused, who fetches them, and how they are found out when they are changed.</summary>
public sealed class AttachmentTests(ApiSite api) : IClassFixture<ApiSite>
{
    private static int s_round = 10;

    [Fact]
    public async Task A_file_comes_back_as_it_was_sent_as_a_download_only()
    {
        var application = await SubmittedAsync();

        var added = await application.AddAsync(SomeFile.Pdf, "Vedtak i kommunestyret – åpent.pdf", type: "text/html");
        added.Status.ShouldBe(HttpStatusCode.OK, added.Text);
        using var fetched = await api.Secretariat.Http.GetAsync(added.Message.Headers.Location);

        fetched.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await fetched.Content.ReadAsByteArrayAsync()).ShouldBe(SomeFile.Pdf);
        fetched.Content.Headers.ContentType!.ToString().ShouldBe("application/pdf");
        fetched.Content.Headers.ContentDisposition!.DispositionType.ShouldBe("attachment");
        fetched.Content.Headers.ContentDisposition.FileNameStar.ShouldBe("Vedtak i kommunestyret – åpent.pdf");
        fetched.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        fetched.Headers.GetValues("Content-Security-Policy").Single().ShouldStartWith("sandbox; default-src 'none'");
        fetched.Headers.CacheControl!.NoStore.ShouldBeTrue();
        var listed = (await api.Secretariat.GetAsync(application.Address)).Value["attachments"]!.AsArray().ShouldHaveSingleItem()!;
        ((string?)listed["id"]).ShouldBe(added.Id);
        ((string?)listed["mediaType"]).ShouldBe("application/pdf");
        ((int?)listed["size"]).ShouldBe(SomeFile.Pdf.Length);
    }

    [Fact]
    public async Task Nothing_of_a_file_is_in_the_open_in_the_database()
    {
        var application = await SubmittedAsync();
        var content = Encoding.UTF8.GetBytes("%PDF-1.7 hemmelig innhold som ingen skal finne");
        (await application.AddAsync(content, "a.pdf")).Status.ShouldBe(HttpStatusCode.OK);

        (await CountAsync($"select count(*) from store.attachments where position('\\x{Convert.ToHexStringLower("hemmelig"u8)}'::bytea in content) > 0")).ShouldBe(0);
    }

    [Fact]
    public async Task Every_kind_that_is_taken_is_known_by_what_it_holds()
    {
        var application = await SubmittedAsync();
        foreach (var (content, name) in new[]
                 {
                     (SomeFile.Pdf, "a.PDF"), (SomeFile.Png, "a.png"), (SomeFile.Jpeg, "a.jpg"), (SomeFile.Jpeg, "b.jpeg"),
                     (SomeFile.Word(), "a.docx"), (SomeFile.Sheet(), "a.xlsx"), (SomeFile.OpenText(), "a.odt"),
                 })
        {
            var answer = await application.AddAsync(content, name);
            answer.Status.ShouldBe(HttpStatusCode.OK, $"{name} {answer.Text}");
        }

        (await api.Secretariat.GetAsync(application.Address)).Value["attachments"]!.AsArray().Count.ShouldBe(7);
    }

    public static TheoryData<string, string> Refused => new()
    {
        { "empty", "file-empty" }, { "html", "file-not-recognised" }, { "program", "file-not-recognised" }, { "folder", "file-not-recognised" },
        { "two kinds", "file-not-recognised" }, { "wrong ending", "file-name-disagrees" }, { "no ending", "file-name-disagrees" },
        { "macros", "file-has-macros" }, { "macros by type", "file-has-macros" }, { "open macros", "file-has-macros" }, { "encrypted", "file-encrypted" },
        { "open encrypted", "file-encrypted" }, { "bomb", "file-unpacks-too-large" }, { "long types", "file-unpacks-too-large" }, { "many", "file-unpacks-too-large" }, { "damaged", "file-damaged" },
        { "hidden", "file-name-not-allowed" }, { "nameless", "file-name-disagrees" }, { "twice", "file-damaged" },
        { "no text", "file-name-disagrees" }, { "macros in a folder of windows", "file-has-macros" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task What_should_not_be_is_refused_and_leaves_nothing(string what, string code)
    {
        var application = await SubmittedAsync();
        var (content, name) = what switch
        {
            "empty" => ([], "a.pdf"),
            "html" => ("<html><script>alert(1)</script>"u8.ToArray(), "a.pdf"),
            "program" => ("MZ\0\0"u8.ToArray(), "a.pdf"),
            "folder" => (SomeFile.Folder(("a.txt", "a")), "a.docx"),
            "two kinds" => (SomeFile.Word(("mimetype", "application/vnd.oasis.opendocument.text")), "a.docx"),
            "wrong ending" => (SomeFile.Pdf, "a.png"),
            "no ending" => (SomeFile.Pdf, "a"),
            "macros" => (SomeFile.Word(("word/VBAPROJECT.BIN", "x")), "a.docx"),
            "macros in a folder of windows" => (SomeFile.Word((@"word\vbaProject.bin", "x")), "a.docx"),
            "macros by type" => (SomeFile.Folder(("[Content_Types].xml", "application/vnd.ms-word.document.macroEnabled.main+xml")), "a.docx"),
            "open macros" => (SomeFile.OpenText(("Basic/Standard/Module1.xml", "x")), "a.odt"),
            "encrypted" => (SomeFile.EncryptedFolder(), "a.docx"),
            "open encrypted" => (SomeFile.OpenText(("META-INF/manifest.xml", "<manifest:encryption-data/>")), "a.odt"),
            "bomb" => (SomeFile.Bomb(), "a.docx"),
            "long types" => (SomeFile.OpenText(("META-INF/manifest.xml", new string(' ', 2_000_000))), "a.odt"),
            "many" => (SomeFile.Word([.. Enumerable.Range(0, 2_001).Select(i => ($"{i}", "x"))]), "a.docx"),
            "damaged" => (SomeFile.Word()[..100], "a.docx"),
            "hidden" => (SomeFile.Pdf, "a\u202Efdp.pdf"),
            "no text" => (SomeFile.Pdf, "a\uFFFE.pdf"),
            "twice" => (SomeFile.Word(("[Content_Types].xml", "x")), "a.docx"),
            _ => (SomeFile.Pdf, "/"),
        };
        var before = await api.StateAsync();

        var answer = await application.AddAsync(content, name);

        answer.ShouldBeProblem(HttpStatusCode.UnprocessableEntity, code);
        answer.Json["errors"]!.AsObject().ShouldHaveSingleItem().Key.ShouldStartWith("file");
        (await api.StateAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task What_is_too_large_or_no_form_with_one_file_is_refused()
    {
        var application = await SubmittedAsync();
        var before = await api.StateAsync();

        (await application.AddAsync(new byte[AttachmentRules.LargestFile + 1], "a.pdf")).ShouldBeProblem(HttpStatusCode.RequestEntityTooLarge, "too-large");
        (await application.AddAsync(new byte[SentFile.LargestRequest], "a.pdf")).ShouldBeProblem(HttpStatusCode.RequestEntityTooLarge, "too-large");
        (await application.SendAsync(new StringContent("{}", Encoding.UTF8, "application/json"))).ShouldBeProblem(HttpStatusCode.UnsupportedMediaType, "unsupported-media-type");
        (await application.SendAsync(new MultipartFormDataContent { { new StringContent("2009-05-02"), "effectiveOn" } })).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "field-missing");
        (await application.AddAsync(SomeFile.Pdf, "a.pdf", day: "2009-02-30")).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "field-unreadable");
        var two = SomeFile.Form(SomeFile.Pdf, "a.pdf");
        two.Add(new ByteArrayContent(SomeFile.Png), "file", "b.png");
        (await application.SendAsync(two)).Status.ShouldBe(HttpStatusCode.BadRequest);

        (await api.StateAsync()).ShouldBe(before);
        (await application.AddAsync([.. SomeFile.Pdf, .. new byte[AttachmentRules.LargestFile - SomeFile.Pdf.Length]], "a.pdf")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_same_file_twice_and_the_same_request_twice_is_one_attachment()
    {
        var application = await SubmittedAsync();

        var first = await application.AddAsync(SomeFile.Pdf, "a.pdf", key: "en");
        var again = await application.AddAsync(SomeFile.Pdf, "a.pdf", ifMatch: 1, key: "en");
        var another = await application.AddAsync(SomeFile.Pdf, "a.pdf", key: "to");

        again.Text.ShouldBe(first.Text);
        another.Message.Headers.Location.ShouldBe(first.Message.Headers.Location);
        (await api.Secretariat.GetAsync(application.Address)).Value["attachments"]!.AsArray().Count.ShouldBe(1);
        (await application.AddAsync(SomeFile.Png, "a.png", key: "en")).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "id-used-for-another");
    }

    [Fact]
    public async Task What_was_taken_out_is_fetched_by_nobody_any_more()
    {
        var application = await SubmittedAsync();
        var added = await application.AddAsync(SomeFile.Pdf, "a.pdf");

        await api.Secretariat.DecideAsync($"{added.Message.Headers.Location}/remove", application.Stream, new { reason = "Feil fil", effectiveOn = "2009-05-03" });

        (await api.Secretariat.GetAsync(added.Message.Headers.Location!.ToString())).ShouldBeProblem(HttpStatusCode.NotFound, "not-found");
        (await api.Secretariat.GetAsync(application.Address)).Value["attachments"]!.AsArray().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("municipality-hamar", HttpStatusCode.OK)]
    [InlineData("council-region-ost", HttpStatusCode.OK)]
    [InlineData("leadership-region-ost", HttpStatusCode.OK)]
    [InlineData("evaluator-region-ost", HttpStatusCode.Forbidden)]
    [InlineData("auditor-region-ost", HttpStatusCode.Forbidden)]
    [InlineData("leadership-simulert", HttpStatusCode.NotFound)]
    public async Task Who_may_fetch_it_does_and_nobody_else(string person, HttpStatusCode status)
    {
        var added = await (await SubmittedAsync()).AddAsync(SomeFile.Pdf, "a.pdf");

        (await (await api.AsAsync(person)).GetAsync(added.Message.Headers.Location!.ToString())).Status.ShouldBe(status);
    }

    [Fact]
    public async Task Another_municipalitys_file_is_not_there_and_none_is_added_for_it()
    {
        await api.Secretariat.MakeAsync("/api/v1/municipalities", new { key = "lillehammer", name = "Lillehammer", kind = "municipality", county = "Oppland", effectiveOn = "2009-01-01" });
        var others = await SubmittedAsync("lillehammer");
        var added = await others.AddAsync(SomeFile.Pdf, "a.pdf");
        added.Status.ShouldBe(HttpStatusCode.OK, added.Text);
        var hamar = await api.AsAsync("municipality-hamar");

        (await hamar.GetAsync(added.Message.Headers.Location!.ToString())).ShouldBeProblem(HttpStatusCode.NotFound, "not-found");
        (await others.SendAsync(SomeFile.Form(SomeFile.Png, "b.png"), sender: hamar)).ShouldBeProblem(HttpStatusCode.Forbidden, "not-allowed");
        (await (await SubmittedAsync()).SendAsync(SomeFile.Form(SomeFile.Png, "b.png"), sender: hamar)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_swapped_file_is_found_and_one_of_an_erased_case_is_gone()
    {
        var application = await SubmittedAsync();
        var (kept, swapped) = (await application.AddAsync(SomeFile.Pdf, "a.pdf"), await application.AddAsync(SomeFile.Png, "b.png"));
        await SealedAsync();
        await DemoHistory.RunCliAsync(api.ConnectionString, "verify");

        await ExecuteAsync("set session_replication_role = replica; alter table store.attachments drop constraint attachments_check; update store.attachments set content = '\\x00' where sha256 = " +
                           $"(select body #>> '{{file,ciphertextSha256}}' from store.events where body ->> 'attachment' = '{swapped.Id}')");
        (await api.Secretariat.GetAsync(swapped.Message.Headers.Location!.ToString())).ShouldBeProblem(HttpStatusCode.Gone, "attachment-damaged");
        await Should.ThrowAsync<Exception>(() => DemoHistory.RunCliAsync(api.ConnectionString, "verify"));

        var erased = await api.Leadership.PostAsync($"/api/v1/persons/{application.Id.Case.Value}/erase", new { reason = "requested", basis = new { kind = "case", reference = "10/55" }, effectiveOn = "2011-01-10" });
        erased.Status.ShouldBe(HttpStatusCode.Created, erased.Text);
        (await api.Secretariat.GetAsync(kept.Message.Headers.Location!.ToString())).ShouldBeProblem(HttpStatusCode.Gone, "attachment-erased");
        (await application.AddAsync(SomeFile.Jpeg, "c.jpg")).ShouldBeProblem(HttpStatusCode.Conflict, "person-erased-already");
    }

    private async Task<Submitted> SubmittedAsync(string municipality = ApiSite.Municipality)
    {
        var round = await api.OpenRoundAsync(Interlocked.Increment(ref s_round));
        await api.Secretariat.MakeAsync($"/api/v1/rounds/{round}/applications", new { municipality, effectiveOn = "2009-05-01" });
        var application = new Submitted(api, round, municipality);
        await api.Secretariat.DecideAsync($"{application.Address}/submit", application.Stream, new { content = Bodies.Application, signOff = new { by = "chiefExecutive" }, effectiveOn = "2009-05-01" });
        return application;
    }

    private async Task SealedAsync()
    {
        var events = await CountAsync("select count(*) from store.events");
        await Until.HoldsAsync("all is sealed", async () =>
            await api.Secretariat.GetAsync("/seals/head") is { Status: HttpStatusCode.OK } head && (long)head.Json["events"]! >= events);
    }

    private async Task<long> CountAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(api.ConnectionString);
        await using var command = source.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(api.ConnectionString + ";Pooling=false");
        await using var command = source.CreateCommand(sql);
        (await command.ExecuteNonQueryAsync()).ShouldBe(1);
    }

    private sealed record Submitted(ApiSite Api, string Round, string Municipality)
    {
        public ApplicationId Id => ApplicationId.Of(new(Guid.Parse(Round)), new(Municipality));

        public string Stream => $"application/{Id.Value}";

        public string Address => $"/api/v1/rounds/{Round}/applications/{Municipality}";

        public async Task<ApiAnswer> AddAsync(byte[] content, string name, string day = "2009-05-02", string type = "application/octet-stream", int? ifMatch = null, string? key = null) =>
            await SendAsync(SomeFile.Form(content, name, day, type), ifMatch, key);

        public Task<ApiAnswer> SendAsync(HttpContent content, int? ifMatch = null, string? key = null, ApiClient? sender = null) => SomeFile.SendAsync(
            sender ?? Api.Secretariat, $"{Address}/attachments", content, ifMatch is { } version ? $"\"{version}\"" : "*", key is null ? null : $"{Round}:{key}");
    }
}
