using System.Collections.Concurrent;
using HousingBank.Domain.Applications;
using HousingBank.Domain.CouncilMeetings;
using HousingBank.Domain.IntakeRounds;
using HousingBank.Domain.Letters;
using HousingBank.Domain.Municipalities;
using HousingBank.Domain.Programmes;
using HousingBank.Domain.Reviews;
using HousingBank.Domain.Vocabulary;
using HousingBank.Processes;
using HousingBank.Processes.Persons;
using HousingBank.Support;
using HousingBank.Web.Access;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace HousingBank.Browser.Tests;

/// <summary>The whole system with its demo history, served on loopback, and a browser to visit it with.</summary>
public sealed class RunningProgramme : IAsyncLifetime
{
    /// <summary>Somebody whom the sign-in provider knows, with a role here.</summary>
    public const string Evaluator = "evaluator";

    /// <summary>Somebody whom it knows, without one.</summary>
    public const string Outsider = "outsider";

    private const string Office = "region-ost";

    private const string ClientId = "programme";

    private static readonly string[] s_ofDemo = ["halden", "moss", "hamar", "lillehammer", "gjovik"];

    private readonly TestServer _server = new();
    private readonly ConcurrentDictionary<string, Lazy<Task<string>>> _signedIn = new();
    private RealProvider _provider = null!;
    private WebApplicationFactory<Viewer> _web = null!;
    private IPlaywright _playwright = null!;
    private IBrowser _browser = null!;

    public Uri Address => _web.ClientOptions.BaseAddress;

    public async ValueTask InitializeAsync()
    {
        _playwright = await Playwright.CreateAsync();
        _browser = await Chromium.LaunchAsync(_playwright);
        _provider = await RealProvider.StartAsync(
            [
                // A native client may come from any port of this machine.
                new
                {
                    client_id = ClientId,
                    application_type = "native",
                    token_endpoint_auth_method = "none",
                    redirect_uris = new[] { "http://127.0.0.1/logg-inn/svar" },
                    post_logout_redirect_uris = new[] { "http://127.0.0.1/logg-inn" },
                },
            ],
            new Dictionary<string, object>
            {
                [Evaluator] = new { role = "programme-evaluator", tenant = "region-ost" },
                [Outsider] = new { },
            });
        var database = await _server.CopyOfAsync("demo", DemoHistory.LoadAsync);
        _web = new WebApplicationFactory<Viewer>().WithWebHostBuilder(web =>
        {
            web.UseEnvironment("Development");
            // A port of its own: UseKestrel(0) takes 5000.
            web.UseUrls("http://127.0.0.1:0");
            web.UseSetting("ConnectionStrings:Programme", database);
            web.UseSetting("SignIn:OpenIdConnect:Authority", _provider.Issuer);
            web.UseSetting("SignIn:OpenIdConnect:ClientId", ClientId);
            web.UseSetting("SignIn:OpenIdConnect:Tenants", "region-ost");
            web.UseSetting("SignIn:OpenIdConnect:Roles:evaluator", "programme-evaluator");
            web.UseSetting("RateLimits:SignIn:Requests", "0");
            web.UseSetting("PersonalData:MasterKey", "test:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=");
            web.UseSetting("Logging:LogLevel:Default", "Warning");
        });
        _web.UseKestrel();
        _web.StartServer();
        await NameSomebodyAsync();
        await BeginApplicationAsync();
        await WriteLetterAsync();
        await JudgeAsync();
        await JoinAnotherProgrammeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.CloseAsync();
        _playwright?.Dispose();
        if (_web is not null)
            await _web.DisposeAsync();
        if (_provider is not null)
            await _provider.DisposeAsync();
        await _server.DisposeAsync();
    }

    /// <param name="person">Key of a demo person; null for somebody who is not signed in.</param>
    /// <param name="width">Of the window, in CSS pixels.</param>
    public async Task<Visitor> VisitAsync(string? person = null, int width = Visitor.Wide)
    {
        var state = person is null ? null : await _signedIn.GetOrAdd(person, key => new(() => SignInAsync(key))).Value;
        return await NewVisitorAsync(width, state);
    }

    /// <summary>A programme of its own, with its framework model, and municipalities that are registered where the demo history does not know them.</summary>
    /// <returns>Its id.</returns>
    public async Task<Guid> LaunchAsync(IEnumerable<string> municipalities)
    {
        var id = await LaunchAsync(new DateOnly(2009, 3, 1), Office);
        foreach (var key in municipalities.Where(key => !s_ofDemo.Contains(key)))
            await DoAsync(new RegisterMunicipality(new(key), key, MunicipalityKind.Municipality, "Fylke") { On = new DateOnly(2009, 1, 1) });
        return id.Value;
    }

    /// <summary>For eight years, with its framework model.</summary>
    private async Task<ProgrammeId> LaunchAsync(DateOnly on, string tenant)
    {
        var id = new ProgrammeId(Guid.CreateVersion7());
        await DoAsync(
            new LaunchProgramme(
                id, new LocalText("Spilt program"), "Kontoret", on, on.AddYears(8).AddDays(-1), 16, 5, new LocalText("Visjon"), [], [KnowledgeArea.PracticalWork])
            { On = on },
            tenant);
        await DoAsync(
            new AdoptFrameworkModel(id, 1, [.. Enum.GetValues<Phase>().Select(phase => new ModelPhase(phase, 6, null, null, GateCriteria.Leaving(phase)))]) { On = on },
            tenant);
        return id;
    }

    /// <summary>A municipality of the simulation is invited to another programme as well, to a round that bears the number of its first.</summary>
    private async Task JoinAnotherProgrammeAsync()
    {
        var (round, on) = (new RoundId(Guid.CreateVersion7()), new DateOnly(2024, 3, 1));
        var programme = await LaunchAsync(on, Viewer.SimulatedTenant);
        await DoAsync(new OpenRound(round, programme, 1, StatedDay.Exactly(new(2024, 12, 31)), 1, false, []) { On = on }, Viewer.SimulatedTenant);
        await DoAsync(new InviteMunicipality(round, Pages.OfTwoProgrammes) { On = on }, Viewer.SimulatedTenant);
    }

    /// <summary>In a round whose deadline is far ahead.</summary>
    private async Task BeginApplicationAsync()
    {
        var hamar = new MunicipalityId("hamar");
        var on = StatedDay.Exactly(new(2026, 1, 10));
        await DoAsync(new OpenRound(Pages.OpenRound, Pages.NamedIn, 9, StatedDay.Exactly(new(2031, 12, 31)), 1, false, []) { On = on });
        await DoAsync(new InviteMunicipality(Pages.OpenRound, hamar) { On = on });
        await DoAsync(new DraftApplication(Pages.OpenRound, hamar) { On = on });
        await DoAsync(new SaveApplicationDraft(Pages.OpenRound, hamar, ApplicationContent.Empty with { NeedsAssessment = "Unge mangler bolig.", FocusAreas = ["Bosetting"] }) { On = on });
        await DoAsync(new AskForLateAcceptance(Pages.OpenRound, hamar, "Kommunestyret møtes i januar.") { On = on });
    }

    /// <summary>Two applications that the council has judged, in a meeting that is still open; leadership has decided on neither.</summary>
    private async Task JudgeAsync()
    {
        var (round, on, meeting) = (Pages.JudgedRound, StatedDay.Exactly(new(2026, 1, 10)), StatedDay.Exactly(new(2026, 2, 2)));
        const string chair = "demo:council-region-ost";
        string[] members = [chair, "medlem"];
        var content = new ApplicationContent(new Resolution("kommunestyret", new DateOnly(2025, 12, 20), "25/7"), "Mangler egnede boliger.", ["Bosetting"], "Styringsgruppe.", "Servicekontoret");
        await DoAsync(new AppointCouncilMember(Pages.NamedIn, chair, "Husbanken", true) { On = on });
        await DoAsync(new OpenRound(
            round, Pages.NamedIn, 91, StatedDay.Exactly(new(2026, 1, 20)), 1, true, [new("need", new LocalText("Behov", "Behov", "Need"), 60), new("will", new LocalText("Vilje", "Vilje", "Will"), 40)])
        { On = on });
        foreach (var (municipality, score) in new[] { (new MunicipalityId("hamar"), 5), (new MunicipalityId("moss"), 3) })
        {
            await DoAsync(new DraftApplication(round, municipality) { On = on });
            await DoAsync(new SubmitApplication(round, municipality, content, new SignOff(Signatory.ChiefExecutive, null)) { On = on });
            await DoAsync(new DeclareApplicationComplete(round, municipality) { On = on });
            await DoAsync(new StartReview(round, municipality) { On = on });
            foreach (var member in members)
            {
                await DoAsync(new HandInReview(
                    round, municipality, Pages.NamedIn, member, [new("need", score, "Godt beskrevet."), new("will", score - (member == chair ? 1 : 2), "Forankret i kommunestyret.")])
                { On = on });
            }
        }

        await DoAsync(new CallCouncilMeeting(round, meeting) { On = on });
        await DoAsync(new OpenCouncilMeeting(round, Pages.NamedIn, chair, [.. members]) { On = meeting });
        await DoAsync(new GiveRecommendation(round, new("hamar"), Pages.NamedIn, [.. members], Advice.Admit, [new(chair, Vote.For, null), new("medlem", Vote.Against, "Planen er tynn.")], "Stort behov.") { On = meeting });
        await DoAsync(new GiveRecommendation(round, new("moss"), Pages.NamedIn, [.. members], Advice.Decline, [new(chair, Vote.For, null), new("medlem", Vote.For, null)], "Mindre behov.") { On = meeting });
        await DoAsync(new RankApplications(round, [new("hamar"), new("moss")]) { On = meeting });
        await DoAsync(new RecuseMember(round, new("moss"), Pages.NamedIn, "medlem", RecusalCause.Chair, "Ny stilling i kommunen.") { On = meeting });
    }

    /// <summary>What is imported has no letters here: something is wanted to an application in another round.</summary>
    private async Task WriteLetterAsync()
    {
        var content = new ApplicationContent(
            new Resolution("bystyret", new DateOnly(2012, 1, 20), "12/7"), "Mangler egnede boliger.", ["Bosetting"], "Styringsgruppe.", "Rådmannens fagstab");
        await DoAsync(new OpenRound(Pages.RoundOfLetter, Pages.NamedIn, 90, new DateOnly(2012, 3, 1), 2, true, []) { On = new DateOnly(2012, 1, 10) });
        await DoAsync(new DraftApplication(Pages.RoundOfLetter, Pages.Receiver) { On = new DateOnly(2012, 2, 1) });
        await DoAsync(new SubmitApplication(Pages.RoundOfLetter, Pages.Receiver, content, new SignOff(Signatory.ChiefExecutive, null)) { On = new DateOnly(2012, 2, 10) });
        await DoAsync(new RequestSupplement(
            Pages.RoundOfLetter,
            Pages.Receiver,
            "Saksframlegget til bystyret, og en oversikt over hvor mange som venter på kommunal bolig, fordelt på aldersgrupper og på hvor lenge de har ventet.",
            new DateOnly(2012, 3, 15))
        { On = new DateOnly(2012, 2, 20) });
        await DoAsync(new AdoptLetterTemplate(
            Pages.NamedIn,
            LetterKind.Refusal,
            WrittenForm.Bokmal,
            "Svar på søknaden",
            ["Søknaden fra {municipality} er avslått. Vedtaket er fra {decidedOn}.", "Begrunnelse: {reason}", "Kommunen er velkommen til å søke igjen."],
            "Kortere og vennligere")
        { On = new DateOnly(2012, 1, 10) });
    }

    private async Task DoAsync(Command command, string tenant = Office) =>
        (await _web.Services.GetRequiredService<CommandDesk>().RunAsync(new($"demo:leadership-{tenant}", Role.Leadership, tenant), command, Guid.CreateVersion7(), null, CancellationToken.None))
            .ShouldBeOfType<Outcome.Done>();

    /// <summary>Seats a member of the council, and hands in what the members think of an application.</summary>
    /// <param name="round">Address of the round's page.</param>
    /// <returns>The member, by reference.</returns>
    public async Task<string> ReviewedAsync(string round, string municipality)
    {
        const string member = "demo:council-region-ost";
        var today = DateOnly.FromDateTime(DateTime.UtcNow);
        await DoAsync(new AppointCouncilMember(Pages.NamedIn, member, "Husbanken", true) { On = today });
        foreach (var reviewer in new[] { member, "medlem" })
            await DoAsync(new HandInReview(new(Guid.Parse(round.Split('/')[^1])), new(municipality), Pages.NamedIn, reviewer, []) { On = today });
        return member;
    }

    private async Task NameSomebodyAsync()
    {
        var caller = new Caller("demo:leadership-region-ost", Role.Leadership, Office);
        var safe = _web.Services.GetRequiredService<PersonSafe>();
        var sealing = safe.BeginSealing(caller.Tenant);
        var person = await sealing.SealAsync(new(Pages.Person), new("Navn Navnesen", "navn@eksempel.test", "00 00 00 01"), CancellationToken.None);
        var appoint = new AppointCouncilMember(Pages.NamedIn, "medlem", "En organisasjon", false, null, person) { On = new DateOnly(2010, 1, 10) };
        (await _web.Services.GetRequiredService<CommandDesk>().RunAsync(caller, appoint, Guid.CreateVersion7(), null, CancellationToken.None, beforeWriting: sealing.KeepKeysAsync))
            .ShouldBeOfType<Outcome.Done>();
        // Somebody has read it, whichever page is visited first.
        await safe.OpenAsync(caller.Tenant, [person!], new($"token:{Pages.Person}", caller.Actor, "leadership", "/api/v1/persons/"), CancellationToken.None);
    }

    /// <summary>Signs in as people do, by a click, once for each person. Whoever has no button is chosen from the list, in which municipalities of a test's own are missing.</summary>
    /// <returns>The cookies.</returns>
    private async Task<string> SignInAsync(string person)
    {
        await using var visitor = await NewVisitorAsync(Visitor.Wide, state: null);
        await visitor.OpenAsync("/logg-inn");
        var form = visitor.Page.Locator($"form:has(input[name=person][value='{person}'])");
        if (await form.CountAsync() == 0)
        {
            form = visitor.Page.Locator("form.demo-others").First;
            await form.Locator("select").EvaluateAsync("(select, person) => select.add(new Option(person, person))", person);
            await form.Locator("select").SelectOptionAsync(person);
        }

        await form.Locator("button").ClickAsync();
        await visitor.ArriveAsync(new Uri(Address, "/").ToString());
        return await visitor.Page.Context.StorageStateAsync();
    }

    private async Task<Visitor> NewVisitorAsync(int width, string? state)
    {
        var context = await _browser.NewContextAsync(new()
        {
            BaseURL = Address.ToString(),
            StorageState = state,
            ViewportSize = new() { Width = width, Height = 900 },
            ReducedMotion = ReducedMotion.Reduce,
        });
        await context.AddInitScriptAsync(Visitor.Axe);
        return new Visitor(await context.NewPageAsync());
    }
}
